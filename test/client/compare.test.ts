/**
 * A server that lies in each field of each text, one at a time. What it hands over is always well-formed and would be
 * signed if the browser didn't compare. The same lies in a real browser: test/browser/lying-server.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources } from '../../.ci/layout.ts';
import { compareChange } from '../../src/client/office/compare-change.ts';
import { compareWithdrawal } from '../../src/client/office/compare-withdrawal.ts';
import { isSignedBy, spkiDigest } from '../../src/client/passkey/own-key.ts';
import {
  type Compared,
  comparePrompt,
  type Device,
  type SignableKind,
} from '../../src/client/passkey/signable.ts';
import { compareStatement, readShown, type Shown } from '../../src/client/sign/compare-statement.ts';
import { base64, base64url } from '../../src/lib/base64.ts';
import { randomBytes } from '../../src/lib/bytes.ts';
import { formatDigest, sha256, sha256Text } from '../../src/lib/sha256.ts';
import { type ChangeText, formatChange, parseChange, type RoleText } from '../../src/office/change.ts';
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
/** As an invitation brings it, and the page shows it. */
const shownOf = async (said: Statement): Promise<Shown> => {
  const read = await readShown(JSON.parse(JSON.stringify(said)), device);
  if (!read.ok) throw new Error(`${read.code} ${read.what}`);
  return read.shown;
};
const reading = async (given: unknown): Promise<string> => {
  const read = await readShown(given, device);
  return read.ok ? 'nothing' : `${read.code} ${read.code === 'illegible' ? read.what : ''}`.trim();
};
/** With the digest that fits the words. */
const saying = async (isi: string): Promise<Statement> => ({
  ...honest,
  isi,
  naskah: { ...honest.naskah, sha256: formatDigest(await sha256Text(isi)) },
});
const other = formatDigest(new Uint8Array(32));
const refusedFor = (compared: Compared<SignableKind, unknown>): string =>
  compared.ok ? 'nothing' : `${compared.code} ${compared.what}`;

describe('a pledge', () => {
  const compare = async (said: Statement, shown?: Shown, kunci = honest.kunci, at = device) =>
    compareStatement(formatStatement(said), shown ?? (await shownOf(honest)), kunci, at);

  test('that is what the phone shows is signed', async () => {
    expect(await compare(honest)).toMatchObject({ ok: true, text: genuine });
  });

  /** One lie, or several, in each field; and what the phone then names. The code and the random line can't be compared. */
  const lies: Record<keyof Statement, [lie: Partial<Statement>, named: string][]> = {
    kode: [],
    nomor: [[{ nomor: `${honest.nomor}1` }, 'nomor']],
    penyelenggara: [
      [{ penyelenggara: { ...honest.penyelenggara, wilayah: '62.02' } }, 'wilayah-penyelenggara'],
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
    catatan: [
      [{ catatan: { ...honest.catatan, origin: 'lain.example/catatan' } }, 'catatan'],
      [{ catatan: { ...honest.catatan, size: 2 ** 48 } }, 'tree'],
    ],
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

  test('with each lie that the page showed too, is what the page showed', async () => {
    for (const [lie, named] of Object.values(lies).flat()) {
      const said = { ...honest, ...lie };
      // What the page doesn't take from the server, or what contradicts itself.
      if (['kunci', 'catatan', 'tree', 'terbit', 'isi', 'sidik-naskah'].includes(named)) continue;
      expect(refusedFor(await compare(said, await shownOf(said)))).toBe('nothing');
    }
  });

  test('with words that the page showed too, is what the page showed, if their digest fits', async () => {
    const said = await saying('IKRAR LAIN\n\nIsi lain.\n');
    expect(refusedFor(await compare(said))).toBe('text-differs sidik-naskah');
    expect(refusedFor(await compare(said, await shownOf(said)))).toBe('nothing');
    const bent = { ...honest, isi: said.isi };
    expect(await reading(bent)).toBe('malformed');
    expect(refusedFor(await compare(bent, { ...(await shownOf(honest)), isi: said.isi }))).toBe(
      'text-differs words',
    );
  });

  test('is refused on a page that says nothing of a field', async () => {
    const shown = await shownOf(honest);
    for (const name of Object.keys(shown.told)) {
      const { [name]: _, ...told } = shown.told;
      expect(refusedFor(await compare(honest, { ...shown, told }))).toBe(`text-differs ${name}`);
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
      expect(refusedFor(await compareStatement(bent, await shownOf(honest), honest.kunci, device))).toBe(
        'text-differs text',
      );
    }
  });

  test('at a day’s distance is signed, beyond it is not, both ways', async () => {
    const at = (by: number) =>
      compare(honest, undefined, honest.kunci, { ...device, now: Date.parse(honest.terbit) + by });
    for (const by of [-DAY, DAY]) expect(refusedFor(await at(by))).toBe('nothing');
    for (const by of [-DAY - 1, DAY + 1]) expect(refusedFor(await at(by))).toBe('clock-wrong terbit');
  });

  test('is refused on a look-alike site', async () => {
    for (const origin of ['https://ikrar.example.jahat.example', 'https://ikrar.example:444']) {
      expect(
        refusedFor(await compare(honest, await shownOf(honest), honest.kunci, { ...device, origin })),
      ).toBe('text-differs ledger');
    }
  });
});

describe('what an invitation brings', () => {
  test('is read, and nothing else of it is taken', async () => {
    const { told, isi } = await shownOf({ ...honest, lebih: '<b>' } as Statement);
    expect(isi).toBe(honest.isi);
    expect(told.nama).toBe(honest.nama);
    expect(told.catatan).toBe(honest.catatan.origin);
    expect(Object.keys(told)).toHaveLength(15);
    for (const value of Object.values(told)) expect(typeof value).toBe('string');
  });

  test('in another shape is not shown', async () => {
    for (const given of [
      null,
      'x',
      [],
      {},
      { ...honest, nama: undefined },
      { ...honest, nama: { a: 1 } },
      { ...honest, nama: ['Siti'] },
      { ...honest, nama: '' },
      { ...honest, nama: 'Dua  Spasi' },
      { ...honest, nama: 'Dua\nBaris' },
      { ...honest, nama: 'Rene\u0301' },
      { ...honest, nama: 'Re\u200bn' },
      { ...honest, nama: 'Re\u202en' },
      { ...honest, nama: 'Re\u3164n' },
      { ...honest, naskah: null },
      { ...honest, tanggal: '2026-02-30' },
      { ...honest, isi: 7 },
    ])
      expect(await reading(given)).toBe('malformed');
  });

  test('with what looks like something else is not shown', async () => {
    for (const nama of [
      honest.nama.replace('a', '\u0430'),
      `${honest.nama}\u2800`,
      honest.nama.replace(' ', '\u00a0'),
      honest.nama.replace(' ', '\u3000'),
      [...'Siti'].join('\u0336'),
      'Siti 🙂',
    ])
      expect(await reading({ ...honest, nama })).toMatch(/^(?:illegible nama|malformed)$/);
    expect(await reading({ ...honest, nomor: '\u0661\u0662' })).toBe('illegible nomor');
    expect(await reading({ ...honest, wilayah: { ...honest.wilayah, nama: 'Desa\u2800Lain' } })).toBe(
      'illegible wilayah',
    );
    expect(await reading(await saying(honest.isi))).toBe('nothing');
    for (const isi of [
      honest.isi.replace('. ', `.${' '.repeat(300)}Memihak. `),
      honest.isi.replace('1. ', '1.\u00a0'),
      honest.isi.replace('1. ', '1.\u3000\u2003'),
      honest.isi.replace('1. ', '1. \u2800'),
      honest.isi.replace('1. ', '   1. '),
      `${honest.isi}${'\n'.repeat(50)}x\n`,
      `${honest.isi}Saya Pro\u0421o.\n`,
      honest.isi.trimEnd(),
    ]) {
      expect(isi).not.toBe(honest.isi);
      expect(await reading(await saying(isi))).toBe('illegible isi');
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
    expect(await spkiDigest(spki)).toBe(kunci);
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
    expect(await spkiDigest(null)).toBe(null);
    expect(await spkiDigest(new Uint8Array(91))).toBe(null);
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
  const at: Device = { ...device, now: Date.parse(asked.terbit) };
  /** Null: by the one who confirms. */
  const compare = (
    said: Withdrawal,
    alasan: string | null = ` ${asked.alasan}  `,
    statement = genuine,
    when = at,
  ) => compareWithdrawal(formatWithdrawal(said), statement, alasan, when);

  test('of this pledge, for this reason, is signed', async () => {
    expect(await compare(asked)).toMatchObject({ ok: true, text: formatWithdrawal(asked) });
    expect(await compare(asked, null)).toMatchObject({
      ok: true,
      said: { withdrawal: asked, pledge: honest },
    });
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
    // The reason of another is not compared but shown.
    const confirmed = named === 'text-differs alasan' ? 'nothing' : named;
    expect(refusedFor(await compare({ ...asked, ...lie }, null))).toBe(confirmed);
  });

  test('for a reason that the office would not take is refused', async () => {
    for (const alasan of ['Salah\u2800sekali.', 'NIK 6201010101010001', 'Sal\u0430h.', '...'])
      for (const typed of [alasan, null])
        expect(refusedFor(await compare({ ...asked, alasan }, typed))).toBe('text-differs reason');
  });

  test('that waited for days is confirmed, but not asked for', async () => {
    const weekLater = { ...at, now: at.now + 7 * DAY };
    expect(refusedFor(await compare(asked, null, genuine, weekLater))).toBe('nothing');
    expect(refusedFor(await compare(asked, asked.alasan, genuine, weekLater))).toBe('clock-wrong terbit');
  });

  test('beside the statement of another pledge is refused', async () => {
    const statement = formatStatement({ ...honest, nama: 'Orang Lain' });
    expect(refusedFor(await compare(asked, null, statement))).toBe('text-differs pernyataan');
  });

  test('in place of which anything else is handed over is refused', async () => {
    const prompt = { situs: device.origin, terbit: asked.terbit, acak: asked.acak };
    for (const text of [genuine, formatPrompt('masuk', prompt), `${formatWithdrawal(asked)}\n`, 'x', '']) {
      expect(refusedFor(await compareWithdrawal(text, genuine, null, at))).toBe('text-differs text');
    }
  });
});

describe('a change of officers', () => {
  const change: ChangeText = {
    situs: device.origin,
    oleh: 'Rina Contoh',
    tindakan: 'akhiri-kunci',
    petugas: 'Budi Contoh',
    id: '3f0c1d5e-8f0a-4c53-9b57-0d6b0f5a3c11',
    kunci: [formatDigest(new Uint8Array(32))],
    peran: null,
    terbit: honest.terbit,
    acak: honest.acak,
  };
  const { oleh, tindakan, petugas, id, kunci, peran } = change;
  const expected = { oleh, tindakan, petugas, id, kunci, peran };
  const compare = (lie: Partial<ChangeText>) =>
    refusedFor(compareChange(formatChange({ ...change, ...lie }), expected, device));

  test('is signed as the page says it, and refused with a lie in each field', () => {
    expect(compare({})).toBe('nothing');
    expect(compare({ situs: 'https://jahat.example' })).toBe('text-differs situs');
    expect(compare({ oleh: 'Orang Lain' })).toBe('text-differs oleh');
    expect(compare({ petugas: 'Orang Lain' })).toBe('text-differs petugas');
    expect(compare({ id: '00000000-8f0a-4c53-9b57-0d6b0f5a3c11' })).toBe('text-differs id');
    expect(compare({ kunci: [formatDigest(new Uint8Array(32).fill(1))] })).toBe('text-differs kunci');
    expect(compare({ tindakan: 'tambah-kunci' })).toBe('text-differs tindakan');
    expect(compare({ tindakan: 'keluarkan', kunci: [] })).toBe('text-differs tindakan');
    expect(compare({ terbit: later(honest.terbit, DAY + 10_000) })).toBe('clock-wrong terbit');
    expect(refusedFor(compareChange(genuine, expected, device))).toBe('text-differs text');
  });

  test.each(['@v2', '@v1'])('of %s is not signed any more', (version) => {
    const before = formatChange(change).replace('@v3', version);
    expect(parseChange(before)).toEqual(change);
    expect(refusedFor(compareChange(before, expected, device))).toBe('text-differs first line');
  });

  test('names no key that the page doesn’t show, and leaves none out', () => {
    const keys = [0, 1].map((fill) => formatDigest(new Uint8Array(32).fill(fill)));
    const jamin = { ...change, tindakan: 'jamin', kunci: keys } as const;
    const said = (shown: typeof keys) =>
      refusedFor(
        compareChange(formatChange(jamin), { ...expected, tindakan: 'jamin', kunci: shown }, device),
      );
    expect(said(keys)).toBe('nothing');
    for (const shown of [[], keys.slice(0, 1), keys.slice(1)]) expect(said(shown)).toBe('text-differs kunci');
  });

  test('of a role is signed as it was filled in, and refused with a lie in each part', () => {
    const role = {
      peran: 'petugas',
      kegiatan: { id: '7k3f9qxm2d', judul: 'Deklarasi' },
      lembaga: 'Kesbangpol',
      jabatan: 'Analis',
      mulai: '2026-11-30T17:00:00Z',
      sampai: '2026-12-31T16:59:59Z',
    } as const;
    const given = { ...change, tindakan: 'beri-peran', kunci: [], peran: role } as const;
    const said = (lie: Partial<RoleText>) =>
      refusedFor(
        compareChange(
          formatChange({ ...given, peran: { ...role, ...lie } }),
          { ...expected, tindakan: 'beri-peran', kunci: [], peran: role },
          device,
        ),
      );
    expect(said({})).toBe('nothing');
    const lies: Partial<RoleText>[] = [
      { peran: 'penyelenggara' },
      { kegiatan: null },
      { kegiatan: { id: '7k3f9qxm2e', judul: 'Deklarasi' } },
      { kegiatan: { id: '7k3f9qxm2d', judul: 'Apel' } },
      { lembaga: '' },
      { jabatan: 'Ketua' },
      { mulai: null },
      { mulai: '2026-11-29T17:00:00Z' },
      { sampai: null },
      { sampai: '2027-12-31T16:59:59Z' },
    ];
    for (const lie of lies) expect([lie, said(lie)]).toEqual([lie, 'text-differs peran']);
  });

  test('about which the page says nothing, or two things, is refused', () => {
    const text = formatChange(change);
    expect(refusedFor(compareChange(text, { ...expected, oleh: null }, device))).toBe('text-differs oleh');
    expect(refusedFor(compareChange(text, { ...expected, petugas: null }, device))).toBe(
      'text-differs petugas',
    );
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
