/**
 * A server that lies in each field of each text, one at a time. What it hands over is always well-formed and would be
 * signed if the browser didn't compare. The same lies in a real browser: test/browser/lying-server.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources } from '../../.ci/layout.ts';
import { compareWithdrawal, type PledgeShown } from '../../src/client/office/withdrawal.ts';
import { type Compared, comparePrompt, type Device, type Kind } from '../../src/client/passkey/signable.ts';
import { isSignedBy, keyDigest } from '../../src/client/sign/own-key.ts';
import { compareStatement, type Screen, toldOf } from '../../src/client/sign/statement.ts';
import { base64, base64url } from '../../src/lib/base64.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { formatDigest, sha256, sha256Text } from '../../src/lib/sha256.ts';
import { formatPrompt, type Prompt, type Purpose } from '../../src/passkey/prompt.ts';
import type { Algorithm } from '../../src/passkey/strict.ts';
import { formatCode } from '../../src/statement/code.ts';
import { formatStatement, parseStatement, type Statement } from '../../src/statement/statement.ts';
import { formatWithdrawal, type Withdrawal } from '../../src/withdrawal/withdrawal.ts';
import { Authenticator } from '../authenticator.ts';

const genuine = readFileSync(join(import.meta.dirname, '../vectors/es256/pernyataan.txt'), 'utf8');
const honest = parseStatement(genuine);
const DAY = 86_400_000;
const device: Device = {
  origin: `https://${honest.catatan.origin.split('/')[0]}`,
  now: Date.parse(honest.terbit) + 5_000,
};
const later = (at: string, by: number): string =>
  `${new Date(Date.parse(at) + by).toISOString().slice(0, 19)}Z`;
const screenOf = (said: Statement): Screen => {
  const told = toldOf(said);
  return { value: (name) => told[name] ?? null, pledge: said.isi };
};
const other = formatDigest(new Uint8Array(32));
const refusedFor = (compared: Compared<Kind, unknown>): string =>
  compared.ok ? 'nothing' : `${compared.code} ${compared.what}`;

describe('a pledge', () => {
  const compare = (said: Statement, screen = screenOf(honest), kunci = honest.kunci, at = device) =>
    compareStatement(formatStatement(said), screen, kunci, at);

  test('that is what the phone shows is signed', async () => {
    expect(await compare(honest)).toMatchObject({ ok: true, text: genuine });
  });

  /** One lie, or several, in each field; and what the phone then names. The code and the random line can't be compared. */
  const lies: Record<keyof Statement, [lie: Partial<Statement>, named: string][]> = {
    kode: [],
    nomor: [[{ nomor: `${honest.nomor}1` }, 'nomor']],
    penyelenggara: [
      [{ penyelenggara: { ...honest.penyelenggara, wilayah: '62.02' } }, 'penyelenggara'],
      [{ penyelenggara: { ...honest.penyelenggara, nama: 'Panitia Lain' } }, 'penyelenggara'],
    ],
    kegiatan: [[{ kegiatan: 'Deklarasi Dukungan' }, 'kegiatan']],
    tempat: [[{ tempat: 'Kantor Partai' }, 'tempat']],
    tanggal: [[{ tanggal: '2020-01-01' }, 'tanggal']],
    nama: [[{ nama: 'Orang Lain' }, 'nama']],
    unsur: [[{ unsur: 'TNI' }, 'unsur']],
    jabatan: [[{ jabatan: 'Camat' }, 'jabatan']],
    wilayah: [
      [{ wilayah: { ...honest.wilayah, kode: '62.01.01.2009' } }, 'wilayah'],
      [{ wilayah: { ...honest.wilayah, nama: 'Desa Lain' } }, 'wilayah'],
    ],
    identitas: [[{ identitas: 'undangan pribadi, diperiksa petugas' }, 'identitas']],
    naskah: [
      [{ naskah: { ...honest.naskah, id: 'asn-pemilu' } }, 'naskah'],
      [{ naskah: { ...honest.naskah, versi: honest.naskah.versi + 1 } }, 'naskah'],
      [{ naskah: { ...honest.naskah, sha256: other } }, 'sidik-naskah'],
    ],
    daftar: [[{ daftar: other }, 'daftar']],
    kunci: [[{ kunci: other }, 'kunci']],
    catatan: [[{ catatan: { ...honest.catatan, origin: 'lain.example/catatan' } }, 'catatan']],
    terbit: [
      [{ terbit: later(honest.terbit, -DAY - 10_000) }, 'terbit'],
      [{ terbit: later(honest.terbit, DAY + 10_000) }, 'terbit'],
    ],
    acak: [],
    isi: [
      [{ isi: `${honest.isi}Saya mendukung pasangan calon nomor 2.\n` }, 'isi'],
      [{ isi: honest.isi.replace('Tidak', 'Akan').replace('tidak', 'akan') }, 'isi'],
    ],
  };

  test.for(Object.values(lies).flat())('is refused with %o', async ([lie, named]) => {
    const said = { ...honest, ...lie };
    const code = named === 'terbit' ? 'clock-wrong' : 'text-differs';
    expect(refusedFor(await compare(said))).toBe(`${code} ${named}`);
  });

  test.for(Object.values(lies).flat())(
    'on a screen that says so too, is refused for other reasons alone: %o',
    async ([lie, named]) => {
      const said = { ...honest, ...lie };
      const unseen: Record<string, string> = {
        'sidik-naskah': 'words',
        isi: 'words',
        kunci: 'kunci',
        catatan: 'ledger',
      };
      const reason =
        named === 'terbit'
          ? 'clock-wrong terbit'
          : named in unseen
            ? `text-differs ${unseen[named]}`
            : 'nothing';
      expect(refusedFor(await compare(said, screenOf(said)))).toBe(reason);
    },
  );

  test('is refused if the digest fits neither the words shown nor those signed', async () => {
    const isi = 'IKRAR LAIN\n';
    const said = {
      ...honest,
      isi,
      naskah: { ...honest.naskah, sha256: formatDigest(await sha256Text(isi)) },
    };
    expect(refusedFor(await compare(said))).toBe('text-differs sidik-naskah');
    expect(refusedFor(await compare(said, screenOf(said)))).toBe('nothing');
  });

  test('is refused on a screen that says nothing of a field, or two things', async () => {
    for (const name of Object.keys(toldOf(honest))) {
      const screen = {
        ...screenOf(honest),
        value: (asked: string) => (asked === name ? null : toldOf(honest)[asked]!),
      };
      expect(refusedFor(await compare(honest, screen))).toBe(`text-differs ${name}`);
    }
  });

  test('in another spelling is refused, whatever it says', async () => {
    const root = honest.catatan.root;
    for (const bent of [
      `${genuine}\u200b`,
      genuine.replace('\nkode ', '\nkode  '),
      genuine.replace(formatCode(honest.kode), formatCode(honest.kode).toLowerCase()),
      genuine.replace(/kode .*/, 'kode 7K3F-9QXM-2DA8'),
      genuine.replace(/acak .*/, `acak ${base64url(randomBytes(31))}`),
      genuine.replace(root, base64(randomBytes(31))),
      genuine.replace(root, root.replace(/=$/, '')),
      genuine.replace(` ${honest.catatan.size} `, ` 0${honest.catatan.size} `),
      genuine.replace(` ${honest.catatan.size} `, ' -1 '),
      genuine.replace('\n', '\r\n'),
      formatWithdrawal(asked),
      formatPrompt('masuk', { situs: device.origin, terbit: honest.terbit, acak: honest.acak }),
    ]) {
      expect(bent).not.toBe(genuine);
      expect(refusedFor(await compareStatement(bent, screenOf(honest), honest.kunci, device))).toBe(
        'text-differs text',
      );
    }
  });

  test('at a day’s distance is signed, beyond it is not, both ways', async () => {
    const at = (by: number) =>
      compare(honest, screenOf(honest), honest.kunci, { ...device, now: Date.parse(honest.terbit) + by });
    for (const by of [-DAY, DAY]) expect(refusedFor(await at(by))).toBe('nothing');
    for (const by of [-DAY - 1, DAY + 1]) expect(refusedFor(await at(by))).toBe('clock-wrong terbit');
  });

  test('is refused on a look-alike site', async () => {
    for (const origin of ['https://ikrar.example.jahat.example', 'https://ikrar.example:444']) {
      expect(refusedFor(await compare(honest, screenOf(honest), honest.kunci, { ...device, origin }))).toBe(
        'text-differs ledger',
      );
    }
  });
});

describe('the key', () => {
  test.for<Algorithm>(['ES256', 'EdDSA', 'RS256'])('that signed is the one named, %s', async (algorithm) => {
    const phone = new Authenticator({ algorithm });
    const options = {
      rp: { id: 'ikrar.example', name: '' },
      user: { id: 'AA', name: '', displayName: '' },
      challenge: 'AA',
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ alg, type: 'public-key' as const })),
    };
    await phone.create(options, 'https://ikrar.example');
    const response = await phone.get({ challenge: 'AA', rpId: 'ikrar.example' }, 'https://ikrar.example');
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', phone.credentials[0]!.keys.publicKey));
    const kunci = formatDigest(await sha256(spki));
    expect(await keyDigest(spki)).toBe(kunci);
    expect(await isSignedBy(kunci, base64url(spki), response)).toBe(true);

    const stranger = new Authenticator({ algorithm });
    await stranger.create(options, 'https://ikrar.example');
    const theirs = new Uint8Array(
      await crypto.subtle.exportKey('spki', stranger.credentials[0]!.keys.publicKey),
    );
    const theirKunci = formatDigest(await sha256(theirs));
    expect(await isSignedBy(kunci, base64url(theirs), response)).toBe(false);
    expect(await isSignedBy(theirKunci, base64url(spki), response)).toBe(false);
    // What a server would say that keeps a key of its own for the signer.
    expect(await isSignedBy(theirKunci, base64url(theirs), response)).toBe(false);
    expect(await isSignedBy(kunci, 'x', response)).toBe(false);
  });

  test('in another spelling, or none, is not known', async () => {
    expect(await keyDigest(null)).toBe(null);
    expect(await keyDigest(new Uint8Array(91))).toBe(null);
  });
});

const asked: Withdrawal = {
  kode: honest.kode,
  pernyataan: formatDigest(await sha256Text(genuine)),
  penyelenggara: honest.penyelenggara,
  alasan: 'Undangan dibuka di HP orang lain.',
  terbit: later(honest.terbit, 3 * DAY),
  acak: base64url(randomBytes(32)),
};

describe('a withdrawal', () => {
  const page: PledgeShown = {
    statement: genuine,
    nama: honest.nama,
    kode: formatCode(honest.kode),
    penyelenggara: `${honest.penyelenggara.wilayah} ${honest.penyelenggara.nama}`,
  };
  const at: Device = { ...device, now: Date.parse(asked.terbit) };
  const compare = (
    said: Withdrawal,
    given = { alasan: ` ${asked.alasan}  `, asked: false },
    shown = page,
    when = at,
  ) => compareWithdrawal(formatWithdrawal(said), shown, given, when);
  const confirming = { alasan: asked.alasan, asked: true };

  test('of this pledge, for this reason, is signed', async () => {
    expect(await compare(asked)).toMatchObject({ ok: true, text: formatWithdrawal(asked) });
    expect(await compare(asked, confirming)).toMatchObject({ ok: true });
  });

  const lies: Record<keyof Withdrawal, [lie: Partial<Withdrawal>, named: string][]> = {
    kode: [[{ kode: '000000000000' }, 'text-differs kode']],
    pernyataan: [[{ pernyataan: other }, 'text-differs pernyataan']],
    penyelenggara: [
      [{ penyelenggara: { ...asked.penyelenggara, wilayah: '62.02' } }, 'text-differs penyelenggara'],
      [{ penyelenggara: { ...asked.penyelenggara, nama: 'Panitia Lain' } }, 'text-differs penyelenggara'],
    ],
    alasan: [[{ alasan: 'Mengundurkan diri.' }, 'text-differs alasan']],
    terbit: [
      [{ terbit: later(asked.terbit, DAY + 1000) }, 'clock-wrong terbit'],
      [{ terbit: later(honest.terbit, -1000) }, 'text-differs order'],
    ],
    acak: [],
  };

  test.for(Object.values(lies).flat())('is refused with %o', async ([lie, named]) => {
    expect(refusedFor(await compare({ ...asked, ...lie }))).toBe(named);
    expect(refusedFor(await compare({ ...asked, ...lie }, confirming))).toBe(named);
  });

  test('that waited for days is confirmed, but not asked for', async () => {
    const weekLater = { ...at, now: at.now + 7 * DAY };
    expect(refusedFor(await compare(asked, confirming, page, weekLater))).toBe('nothing');
    expect(refusedFor(await compare(asked, { ...confirming, asked: false }, page, weekLater))).toBe(
      'clock-wrong terbit',
    );
  });

  test.for<[string, Partial<PledgeShown>]>([
    ['nama', { nama: 'Orang Lain' }],
    ['nama', { nama: null }],
    ['kode', { kode: '0000-0000-0000' }],
    ['penyelenggara', { penyelenggara: null }],
  ])('on a page that says another %s is refused', async ([named, lie]) => {
    expect(refusedFor(await compare(asked, confirming, { ...page, ...lie }))).toBe(`text-differs ${named}`);
  });

  test('on a page with the statement of another pledge is refused', async () => {
    const statement = formatStatement({ ...honest, nama: 'Orang Lain' });
    expect(refusedFor(await compare(asked, confirming, { ...page, statement }))).toBe('text-differs nama');
    expect(refusedFor(await compare(asked, confirming, { ...page, statement, nama: 'Orang Lain' }))).toBe(
      'text-differs pernyataan',
    );
  });

  test('in place of which anything else is handed over is refused', async () => {
    const prompt = { situs: device.origin, terbit: asked.terbit, acak: asked.acak };
    for (const text of [genuine, formatPrompt('masuk', prompt), `${formatWithdrawal(asked)}\n`, 'x', '']) {
      expect(refusedFor(await compareWithdrawal(text, page, confirming, at))).toBe('text-differs text');
    }
  });
});

describe('a prompt', () => {
  const plain = { situs: device.origin, terbit: honest.terbit, acak: honest.acak };
  const cases: { [P in Purpose]: { prompt: Prompt<P>; nama: string | null } } = {
    masuk: { prompt: plain, nama: null },
    pengenalan: { prompt: plain, nama: null },
    'kunci-penanda-tangan': { prompt: { ...plain, nama: honest.nama }, nama: honest.nama },
    'kunci-petugas': { prompt: { ...plain, nama: 'Rina Contoh' }, nama: 'Rina Contoh' },
  };
  const purposes = Object.keys(cases) as Purpose[];

  test.for(purposes)('%s is answered, and refused with a lie in each field', (purpose) => {
    const { prompt, nama } = cases[purpose];
    const compare = (lie: object, shown = nama, at = device) =>
      refusedFor(comparePrompt(purpose, formatPrompt(purpose, { ...prompt, ...lie }), shown, at));
    expect(compare({})).toBe('nothing');
    for (const situs of ['https://jahat.example', 'http://ikrar.example', `${device.origin}:8443`]) {
      expect(compare({ situs })).toBe('text-differs situs');
    }
    for (const by of [-DAY - 1000, DAY + 10_000]) {
      expect(compare({ terbit: later(honest.terbit, by) })).toBe('clock-wrong terbit');
    }
    if (nama !== null) expect(compare({ nama: 'Orang Lain' })).toBe('text-differs nama');
    expect(compare({}, nama === null ? 'Rina Contoh' : null)).toBe('text-differs nama');
  });

  test('of one purpose is none for another', () => {
    for (const mine of purposes) {
      const text = formatPrompt(mine, cases[mine].prompt);
      for (const door of purposes.filter((one) => one !== mine)) {
        expect(refusedFor(comparePrompt(door, text, cases[mine].nama, device))).toBe('text-differs text');
      }
    }
    for (const door of purposes) {
      for (const text of [genuine, formatWithdrawal(asked)]) {
        expect(refusedFor(comparePrompt(door, text, cases[door].nama, device))).toBe('text-differs text');
      }
    }
  });
});

test('only one file asks the browser for passkeys, and one function says what may be signed', () => {
  const client = [...readSources('.')].filter(([path]) => path.startsWith('src/client/'));
  const holding = (part: RegExp) => client.filter(([, code]) => part.test(code)).map(([path]) => path);
  expect(holding(/credentials\s*[.[]\s*(?:create|get)\s*\]?\(/)).toEqual(['src/client/passkey/webauthn.ts']);
  expect(holding(/as Signable/)).toEqual(['src/client/passkey/signable.ts']);
  expect(holding(/\bchallenge\b.*fromBase64|\.challenge\b/)).toEqual([]);
});
