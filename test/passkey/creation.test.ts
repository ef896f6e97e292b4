import { describe, expect, test } from 'vitest';
import { base64url, fromBase64url } from '../../src/lib/base64.ts';
import { concat, utf8 } from '../../src/lib/bytes.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { creationOf, isMadeFor, ownerIn, userHandleOf } from '../../src/passkey/creation.ts';
import { formatPrompt, type Making } from '../../src/passkey/prompt.ts';

const acak = base64url(new Uint8Array(32));
const textOf = (purpose: Making, nama = 'H. Contoh Nama, S.Sos.', terbit = '2026-11-23T02:09:00Z') =>
  formatPrompt(purpose, { situs: 'https://ikrar.example', nama, terbit, acak });

test('all that is asked for follows from the text', async () => {
  const text = textOf('kunci-penanda-tangan');
  const held = [{ id: 'AQID', transports: ['internal'] }, { id: 'BAUG' }];
  const userHandle = base64url(await userHandleOf('kunci-penanda-tangan', text));
  expect(await creationOf('kunci-penanda-tangan', text, 'ikrar.example', held)).toEqual({
    rp: { id: 'ikrar.example', name: 'Ikrar' },
    user: { id: userHandle, name: 'Ikrar: H. Contoh Nama, S.Sos.', displayName: 'H. Contoh Nama, S.Sos.' },
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ alg, type: 'public-key' })),
    timeout: 120_000,
    attestation: 'none',
    excludeCredentials: [
      { id: 'AQID', type: 'public-key', transports: ['internal'] },
      { id: 'BAUG', type: 'public-key' },
    ],
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });
  const officers = await creationOf('kunci-petugas', textOf('kunci-petugas', 'Rina'), 'ikrar.example', []);
  expect(officers).toMatchObject({
    user: { name: 'Kantor Ikrar: Rina', displayName: 'Kantor Ikrar: Rina' },
    authenticatorSelection: {
      residentKey: 'required',
      // For what knows Level 1 alone.
      requireResidentKey: true,
      userVerification: 'required',
    },
  });
  await expect(creationOf('kunci-petugas', text, 'ikrar.example', [])).rejects.toThrow('prompt-malformed');
});

describe('the handle', () => {
  const half = async (text: string) => (await sha256(utf8(text))).subarray(0, 16);

  test('says what for, whose and which', async () => {
    const text = textOf('kunci-penanda-tangan');
    const line = 'ikrar/pegangan@v1\nikrar/kunci-penanda-tangan@v1\n';
    expect(await userHandleOf('kunci-penanda-tangan', text)).toEqual(
      concat(await half(line), await half(`${line}H. Contoh Nama, S.Sos.\n`), await sha256(utf8(text))),
    );
  });

  test('is known again for the same purpose and name alone, also of another text', async () => {
    const handle = await userHandleOf('kunci-penanda-tangan', textOf('kunci-penanda-tangan'));
    expect(await isMadeFor('kunci-penanda-tangan', handle, 'H. Contoh Nama, S.Sos.')).toBe(true);
    expect(await isMadeFor('kunci-penanda-tangan', handle)).toBe(true);
    expect(await isMadeFor('kunci-penanda-tangan', handle, 'Orang Lain')).toBe(false);
    expect(await isMadeFor('kunci-petugas', handle, 'H. Contoh Nama, S.Sos.')).toBe(false);
    expect(await isMadeFor('kunci-penanda-tangan', fromBase64url(acak))).toBe(false);
    expect(await isMadeFor('kunci-penanda-tangan', concat(handle, Uint8Array.of(0)))).toBe(false);
    expect(await isMadeFor('kunci-penanda-tangan', handle.slice(0, 32))).toBe(false);
    const later = textOf('kunci-penanda-tangan', undefined, '2026-11-24T02:09:00Z');
    const again = await userHandleOf('kunci-penanda-tangan', later);
    expect(again).not.toEqual(handle);
    expect(ownerIn(again)).toEqual(handle.slice(0, 32));
    expect(await isMadeFor('kunci-penanda-tangan', again, 'H. Contoh Nama, S.Sos.')).toBe(true);
  });
});
