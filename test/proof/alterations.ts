/**
 * The tamper matrix: each way to change a proof, and the step and code that must catch it first. Web standards only, and
 * what it starts from is text: the same table runs in every runtime.
 */

import { formatNote, generateSigner, parseNote } from '../../src/ledger/note.ts';
import { formatProof, parseProof, type TlogProof } from '../../src/ledger/tlog-proof.ts';
import { base64, base64url } from '../../src/lib/base64.ts';
import { type Bytes, concat, utf8, utf8Text } from '../../src/lib/bytes.ts';
import { formatDigest, sha256Text } from '../../src/lib/sha256.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import type { CheckCode, CheckStep, GivenFiles, Report, Trust } from '../../src/proof/check-proof.ts';
import { formatProofFile, type ProofFile } from '../../src/proof/proof-file.ts';
import { formatStatement, parseStatement, type Statement } from '../../src/statement/statement.ts';
import { twin } from '../authenticator.ts';
import { checkpointText, type Forged, forge } from './forge.ts';

/** Three genuine proofs of one ledger, with ES256 keys, the ledger's key, and a paper with its seal. */
export interface World {
  siti: ProofFile;
  /** Another signer at the same event. */
  budi: ProofFile;
  /** Siti at another event, with the same passkey or another. */
  elsewhere: ProofFile;
  verifier: string;
  /** Siti's. */
  pdf: Bytes;
  /** Certificate of its seal. */
  seal: Bytes;
  /** A paper with a timestamp in its seal, and one that was stamped later. */
  stamped: Bytes;
  later: Bytes;
}

export interface Alteration {
  name: string;
  /** What is brought, and what is trusted if it is not the world's key. */
  /** `unread`: a file that can't be opened. */
  make(world: World): Promise<(Partial<GivenFiles> & { trust?: Partial<Trust> }) | 'unread'>;
  step: CheckStep;
  code: CheckCode | 'unread';
  /** `tidak cocok` unless told. */
  verdict?: Report['verdict'];
}

type Change = (world: World) => Partial<ProofFile> | Promise<Partial<ProofFile>>;

/** Siti's proof with other values in some of its fields. */
const field = (name: string, change: Change, step: CheckStep, code: CheckCode): Alteration => ({
  name,
  make: async (world) => ({ proof: { ...world.siti, ...(await change(world)) } }),
  step,
  code,
});

/** Siti's statement, changed and printed again as a right one: only who compares digests can tell. */
const said = (name: string, change: (statement: Statement, world: World) => Partial<Statement>): Alteration =>
  field(
    name,
    (world) => {
      const statement = parseStatement(world.siti.statement);
      return { statement: formatStatement({ ...statement, ...change(statement, world) }) };
    },
    'tantangan',
    'client-data-challenge',
  );

const replace = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`alterations: nothing to replace: ${from}`);
  return changed;
};
const written = (name: string, from: string | RegExp, to: string, code: CheckCode): Alteration =>
  field(name, ({ siti }) => ({ statement: replace(siti.statement, from, to) }), 'pernyataan', code);

const flipped = (bytes: Uint8Array, at: number, bits = 1): Bytes => {
  const out = Uint8Array.from(bytes);
  out[at]! ^= bits;
  return out;
};
const device = (name: string, change: (data: Bytes) => Bytes, step: CheckStep, code: CheckCode): Alteration =>
  field(name, ({ siti }) => ({ authenticatorData: change(siti.authenticatorData) }), step, code);
const flags = (name: string, set: number, clear: number, step: CheckStep, code: CheckCode): Alteration =>
  device(name, (data) => data.with(32, (data[32]! | set) & ~clear) as Bytes, step, code);

const client = (
  name: string,
  from: string | RegExp,
  to: string,
  step: CheckStep,
  code: CheckCode,
): Alteration =>
  field(
    name,
    ({ siti }) => ({ clientDataJson: utf8(replace(utf8Text(siti.clientDataJson), from, to)) }),
    step,
    code,
  );

const logged = (
  name: string,
  change: (proof: TlogProof, world: World) => Partial<TlogProof> | Promise<Partial<TlogProof>>,
  step: CheckStep,
  code: CheckCode,
): Alteration =>
  field(
    name,
    async (world) => {
      const proof = parseProof(world.siti.tlogProof);
      return { tlogProof: formatProof({ ...proof, ...(await change(proof, world)) }) };
    },
    step,
    code,
  );

/** What the checkpoint in a proof says, changed under the signature that it has. */
function withCheckpoint(proof: ProofFile, change: (lines: string[]) => string[]): ProofFile {
  const log = parseProof(proof.tlogProof);
  const { text, signatures } = parseNote(log.checkpoint);
  const lines = change(text.split('\n').slice(0, -1));
  const checkpoint = formatNote({ text: `${lines.join('\n')}\n`, signatures });
  return { ...proof, tlogProof: formatProof({ ...log, checkpoint }) };
}
const published = (
  name: string,
  change: (lines: string[]) => string[],
  step: CheckStep,
  code: CheckCode,
): Alteration => field(name, ({ siti }) => withCheckpoint(siti, change), step, code);

/** In a ledger of known shape: whether the path to the entry is another depends on it. */
const resized = (
  name: string,
  shape: { before: number; after: number },
  by: number,
  step: CheckStep,
  code: CheckCode,
): Alteration => ({
  name,
  make: async ({ siti }) => {
    const { proof, signer } = await forge(siti, shape);
    const resized = withCheckpoint(proof, ([origin, size, root]) => [origin!, `${Number(size) + by}`, root!]);
    // In version 1 no other step looks at the size.
    return { proof: { ...resized, consistency: null }, trust: { verifier: signer.verifier } };
  },
  step,
  code,
});

const file = (name: string, change: (text: string) => string | Uint8Array, code: CheckCode): Alteration => ({
  name,
  make: async ({ siti }) => ({ proof: change(formatProofFile(siti)) }),
  step: 'pernyataan',
  code,
  verdict: 'tidak terbaca',
});

/** What an insider with a key of their own can make: everything but what they don't hold. `trusted`: they hold the ledger's. */
const forged = (
  name: string,
  made: (world: World) => Promise<Partial<ProofFile> & { by: Forged }>,
  step: CheckStep,
  code: CheckCode,
  trusted = false,
  verdict?: Report['verdict'],
): Alteration => ({
  name,
  ...(verdict && { verdict }),
  make: async (world) => {
    const { by, ...instead } = await made(world);
    return {
      proof: { ...by.proof, ...instead },
      ...(trusted && { trust: { verifier: by.signer.verifier } }),
    };
  },
  step,
  code,
});

const otherName = (statement: Statement): Partial<Statement> => ({
  ...statement,
  nama: 'Orang Lain, S.H.',
});

export const ALTERATIONS: Alteration[] = [
  // The statement, its form kept.
  said('another name', () => ({ nama: 'Hj. Siti Conto, S.Sos., M.AP.' })),
  said('another date', () => ({ tanggal: '2026-11-24' })),
  said('another place', () => ({ tempat: 'Aula Lain' })),
  said('another area', ({ wilayah }) => ({ wilayah: { ...wilayah, kode: '62.01.01.2009' } })),
  said('another office', () => ({ jabatan: 'Camat' })),
  said('another number', () => ({ nomor: '800/2/IKRAR/BKBP/XI/2026' })),
  said('the code of another pledge', (_, { budi }) => ({ kode: parseStatement(budi.statement).kode })),
  said('another nonce', () => ({ acak: base64url(new Uint8Array(32)) })),
  said('the key of another', (_, { budi }) => ({ kunci: parseStatement(budi.statement).kunci })),
  said('issued an hour earlier', ({ terbit }) => ({
    terbit: `${new Date(Date.parse(terbit) - 3_600_000).toISOString().slice(0, 19)}Z`,
  })),
  said('an older tree', ({ catatan }) => ({ catatan: { ...catatan, size: 0 } })),
  said('desk-checked when it was not', () => ({ identitas: 'undangan pribadi, diperiksa petugas' })),
  field(
    'another wording, with its digest',
    async ({ siti }) => {
      const statement = parseStatement(siti.statement);
      const isi = replace(statement.isi, 'Netral.', 'Tidak netral.');
      const naskah = { ...statement.naskah, sha256: formatDigest(await sha256Text(isi)) };
      return { statement: formatStatement({ ...statement, isi, naskah }) };
    },
    'tantangan',
    'client-data-challenge',
  ),
  field(
    'the statement of another event',
    ({ elsewhere }) => ({ statement: elsewhere.statement }),
    'tantangan',
    'client-data-challenge',
  ),
  // The statement, its form broken.
  written('another wording', 'Netral.', 'Tidak netral.', 'wording-digest'),
  written('a word after the wording', /$/, 'Kecuali bila perlu.\n', 'wording-digest'),
  written('an hour that no clock has', /terbit (.{11})../, 'terbit $129', 'statement-value'),
  written('a day that no calendar has', 'tanggal 2026-11-23', 'tanggal 2026-11-31', 'statement-value'),
  written('a code with a symbol more', /kode (.)/, 'kode 0$1', 'statement-value'),
  written('a zero-width space in the name', 'nama Hj.', 'nama Hj\u200b.', 'statement-character'),
  written('a name written from right to left', 'nama Hj.', 'nama \u202eHj.', 'statement-character'),
  written('CR LF', /\n/g, '\r\n', 'statement-character'),
  written('a line left out', /nomor .*\n/, '', 'statement-header'),
  written('a line twice', /(nama .*\n)/, '$1$1', 'statement-header'),
  written('a space more', 'unsur kepala desa', 'unsur kepala  desa', 'statement-value'),
  written('letters in pieces', 'Contoh', 'Conto\u0301h', 'statement-encoding'),

  // What came beside it.
  {
    name: 'another pernyataan.txt beside the proof',
    make: async ({ siti }) => ({
      proof: siti,
      statement: utf8(replace(siti.statement, 'Siti', 'Sita')),
    }),
    step: 'teks',
    code: 'text-attachment',
  },
  {
    name: 'pernyataan.txt with a line end more',
    make: async ({ siti }) => ({ proof: siti, statement: utf8(`${siti.statement}\n`) }),
    step: 'teks',
    code: 'text-attachment',
  },

  // Site and origin.
  field('another site', () => ({ rpId: 'ikrar.test' }), 'data-passkey', 'origin-site'),
  field('a site above ours', () => ({ rpId: 'example' }), 'data-passkey', 'other-site'),
  field('another origin', () => ({ origin: 'https://ikrar.test' }), 'data-passkey', 'origin-site'),
  field(
    'an origin below ours',
    () => ({ origin: 'https://a.ikrar.example' }),
    'data-passkey',
    'client-data-origin',
  ),
  field(
    'another port',
    () => ({ origin: 'https://ikrar.example:8443' }),
    'data-passkey',
    'client-data-origin',
  ),
  field(
    'an origin without encryption',
    () => ({ origin: 'http://ikrar.example' }),
    'data-passkey',
    'origin-malformed',
  ),
  field(
    'an origin with a path',
    () => ({ origin: 'https://ikrar.example/' }),
    'data-passkey',
    'origin-malformed',
  ),
  field(
    'another site and origin',
    () => ({ rpId: 'ikrar.test', origin: 'https://ikrar.test' }),
    'data-passkey',
    'client-data-origin',
  ),

  // What the browser said.
  field(
    'another challenge',
    async ({ siti, budi }) => ({
      clientDataJson: utf8(
        replace(
          utf8Text(siti.clientDataJson),
          base64url(await challengeOf(siti.statement)),
          base64url(await challengeOf(budi.statement)),
        ),
      ),
    }),
    'tantangan',
    'client-data-challenge',
  ),
  client('a challenge with padding', /("challenge":"[^"]*)/, '$1=', 'tantangan', 'client-data-challenge'),
  client('a registration', 'webauthn.get', 'webauthn.create', 'data-passkey', 'client-data-type'),
  client(
    'another origin in it',
    'https://ikrar.example',
    'https://ikrar.test',
    'data-passkey',
    'client-data-origin',
  ),
  client('in a frame', '"crossOrigin":false', '"crossOrigin":true', 'data-passkey', 'client-data-framed'),
  client(
    'below another page',
    /\}$/,
    ',"topOrigin":"https://ikrar.test"}',
    'data-passkey',
    'client-data-framed',
  ),
  client('a key twice', '{', '{"type":"webauthn.get",', 'data-passkey', 'client-data-key-twice'),
  client('no JSON', /\}$/, '', 'data-passkey', 'client-data-json'),
  client('very long', /\}$/, `,"x":"${'x'.repeat(2048)}"}`, 'data-passkey', 'client-data-size'),
  client('a BOM', /^/, '\uFEFF', 'data-passkey', 'client-data-encoding'),
  client('a space more in it', '{', '{ ', 'tanda-tangan', 'signature-wrong'),
  client('a key more', /\}$/, ',"x":1}', 'tanda-tangan', 'signature-wrong'),

  // What the device said.
  device('the hash of another site', (data) => flipped(data, 0), 'data-passkey', 'other-site'),
  flags('nobody there', 0, 1, 'data-passkey', 'user-not-present'),
  flags('nobody checked', 0, 4, 'data-passkey', 'user-not-verified'),
  flags('a flag that is reserved', 2, 0, 'data-passkey', 'authenticator-data-flags'),
  flags('more data announced', 128, 0, 'data-passkey', 'authenticator-data-flags'),
  flags('backed up though it can not be', 16, 8, 'data-passkey', 'authenticator-data-backup'),
  flags('never backed up', 0, 24, 'tanda-tangan', 'signature-wrong'),
  device('a counter that has counted', (data) => flipped(data, 36), 'tanda-tangan', 'signature-wrong'),
  device('a counter far on', (data) => flipped(data, 33, 0x80), 'tanda-tangan', 'signature-wrong'),
  device('a byte more', (data) => concat(data, Uint8Array.of(0)), 'data-passkey', 'authenticator-data-size'),
  device('a byte less', (data) => data.slice(0, -1), 'data-passkey', 'authenticator-data-size'),

  // The signature and its key.
  field(
    'a bit of r',
    ({ siti }) => ({ signature: flipped(siti.signature, 10) }),
    'tanda-tangan',
    'signature-wrong',
  ),
  field(
    'a bit of s',
    ({ siti }) => ({ signature: flipped(siti.signature, siti.signature.length - 1) }),
    'tanda-tangan',
    'signature-wrong',
  ),
  // The same signature, which anyone could write so; but not the bytes that were recorded.
  field(
    'the twin of the signature',
    ({ siti }) => ({ signature: twin(siti.signature) }),
    'entri',
    'entry-evidence',
  ),
  field(
    'a byte after the signature',
    ({ siti }) => ({ signature: concat(siti.signature, Uint8Array.of(0)) }),
    'tanda-tangan',
    'signature-shape',
  ),
  field('no signature', () => ({ signature: new Uint8Array(0) }), 'tanda-tangan', 'signature-shape'),
  field(
    'the signature of another',
    ({ budi }) => ({ signature: budi.signature }),
    'tanda-tangan',
    'signature-wrong',
  ),
  field('the key of another', ({ budi }) => ({ spki: budi.spki }), 'tanda-tangan', 'signature-wrong'),
  field(
    'a byte after the key',
    ({ siti }) => ({ spki: concat(siti.spki, Uint8Array.of(0)) }),
    'tanda-tangan',
    'passkey-key',
  ),
  field(
    'a point off the curve',
    ({ siti }) => ({ spki: flipped(siti.spki, 90) }),
    'tanda-tangan',
    'passkey-key',
  ),
  field(
    'the evidence of another signer',
    ({ budi: { authenticatorData, clientDataJson, signature, spki } }) => ({
      authenticatorData,
      clientDataJson,
      signature,
      spki,
    }),
    'tantangan',
    'client-data-challenge',
  ),
  field(
    'another name, and the challenge to it',
    async ({ siti }) => {
      const statement = replace(siti.statement, 'Siti', 'Sita');
      const challenge = base64url(await challengeOf(statement));
      const data = replace(utf8Text(siti.clientDataJson), /(?<="challenge":")[^"]+/, challenge);
      return { statement, clientDataJson: utf8(data) };
    },
    'tanda-tangan',
    'signature-wrong',
  ),

  // The entry.
  field('the entry of another', ({ budi }) => ({ entry: budi.entry }), 'entri', 'entry-statement'),
  field(
    'the entry and place of another',
    ({ budi }) => ({ entry: budi.entry, tlogProof: budi.tlogProof }),
    'entri',
    'entry-statement',
  ),
  field(
    'an entry of another kind',
    ({ siti }) => ({ entry: replace(siti.entry, 'tanda-tangan', 'pencabutan') }),
    'entri',
    'entry-kind',
  ),
  field(
    'a line more in the entry',
    ({ siti }) => ({ entry: replace(siti.entry, 'waktu', 'x 1\nwaktu') }),
    'entri',
    'entry-kind',
  ),
  field(
    'an entry that calls the statement otherwise',
    ({ siti }) => ({ entry: replace(siti.entry, '\npernyataan', '\nteks') }),
    'entri',
    'entry-kind',
  ),
  field(
    'an entry that calls the evidence otherwise',
    ({ siti }) => ({ entry: replace(siti.entry, '\nbukti', '\nbukti-lain') }),
    'entri',
    'entry-kind',
  ),
  field('an entry cut off', ({ siti }) => ({ entry: siti.entry.slice(0, -1) }), 'entri', 'leaf-malformed'),
  field(
    'another digest of evidence',
    ({ siti }) => ({
      entry: replace(siti.entry, /(?<=bukti sha256:)./, siti.entry.includes('bukti sha256:0') ? '1' : '0'),
    }),
    'entri',
    'entry-evidence',
  ),
  field(
    'an earlier time',
    ({ siti }) => ({ entry: replace(siti.entry, /waktu ..../, 'waktu 2001') }),
    'catatan',
    'inclusion-wrong',
  ),

  // The proof of inclusion.
  logged('the next index', ({ index }) => ({ index: index + 1 }), 'catatan', 'inclusion-wrong'),
  logged('the index before', ({ index }) => ({ index: index - 1 }), 'catatan', 'inclusion-wrong'),
  logged('an index beyond the tree', () => ({ index: 2 ** 40 }), 'catatan', 'inclusion-wrong'),
  logged(
    'a sibling with another bit',
    ({ hashes: [first, ...rest] }) => ({ hashes: [flipped(first!, 31), ...rest] }),
    'catatan',
    'inclusion-wrong',
  ),
  logged('a sibling left out', ({ hashes }) => ({ hashes: hashes.slice(1) }), 'catatan', 'inclusion-wrong'),
  logged(
    'a sibling more',
    ({ hashes }) => ({ hashes: [...hashes, new Uint8Array(32)] }),
    'catatan',
    'inclusion-wrong',
  ),
  logged(
    'siblings in another order',
    ({ hashes }) => ({ hashes: hashes.toReversed() }),
    'catatan',
    'inclusion-wrong',
  ),
  field('the place of another', ({ budi }) => ({ tlogProof: budi.tlogProof }), 'catatan', 'inclusion-wrong'),
  field(
    'the proof cut off',
    ({ siti }) => ({ tlogProof: siti.tlogProof.slice(0, 60) }),
    'catatan',
    'tlog-proof-malformed',
  ),

  // The checkpoint.
  resized('one entry less', { before: 10, after: 0 }, -1, 'catatan', 'inclusion-wrong'),
  resized('one entry more', { before: 10, after: 0 }, 1, 'catatan', 'inclusion-wrong'),
  resized('one entry less, on the same path', { before: 0, after: 3 }, -1, 'checkpoint', 'note-signature'),
  resized('one entry more, on the same path', { before: 0, after: 2 }, 1, 'checkpoint', 'note-signature'),
  {
    name: 'one entry less, and the proof that it continues is of the old size',
    make: async ({ siti }) => {
      const { proof, signer } = await forge(siti, { before: 0, after: 3 });
      const resized = withCheckpoint(proof, ([origin, size, root]) => [
        origin!,
        `${Number(size) - 1}`,
        root!,
      ]);
      return { proof: resized, trust: { verifier: signer.verifier } };
    },
    step: 'catatan',
    code: 'consistency-other',
  },
  forged(
    'a ledger that does not continue the tree in the statement',
    async ({ siti }) => ({
      by: await forge(siti, {
        before: 5,
        after: 3,
        change: ({ catatan }) => ({ catatan: { ...catatan, root: base64(new Uint8Array(32).fill(7)) } }),
      }),
    }),
    'catatan',
    'consistency-wrong',
    true,
  ),
  field(
    'a proof of continuing that is none',
    ({ siti }) => ({ consistency: `${siti.consistency}x` }),
    'catatan',
    'consistency-malformed',
  ),
  field(
    'a proof of continuing for other sizes',
    () => ({ consistency: 'ikrar/konsistensi@v1\ndari 1\nsampai 1\n' }),
    'catatan',
    'consistency-other',
  ),

  field(
    'a proof of continuing nothing',
    ({ siti }) => ({ consistency: replace(siti.consistency!, /dari .*(\nsampai .*\n)[\s\S]*/, 'dari 0$1') }),
    'catatan',
    'consistency-other',
  ),

  // Time.
  forged(
    'recorded before it was issued',
    async ({ siti }) => ({ by: await forge(siti, { seconds: -1 }) }),
    'waktu',
    'time-before',
    true,
  ),
  forged(
    'recorded a day after it was issued',
    async ({ siti }) => ({ by: await forge(siti, { seconds: 86_400 }) }),
    'waktu',
    'time-late',
    true,
  ),
  forged(
    'recorded in the future',
    async ({ siti }) => ({
      by: await forge(siti, { change: () => ({ terbit: '2099-01-01T00:00:00Z' }) }),
    }),
    'waktu',
    'time-ahead',
    true,
    'tidak terbaca',
  ),
  {
    name: 'read by a clock that stands in 1970',
    make: async ({ siti }) => ({ proof: siti, trust: { now: new Date(0) } }),
    step: 'waktu',
    code: 'clock-wrong',
    verdict: 'tidak terbaca',
  },
  published(
    'another root',
    ([origin, size]) => [origin!, size!, base64(new Uint8Array(32))],
    'catatan',
    'inclusion-wrong',
  ),
  published(
    'another origin',
    ([, size, root]) => ['ikrar.test/catatan', size!, root!],
    'catatan',
    'ledger-other',
  ),
  // As an extension line a checkpoint may have it; nobody has signed it.
  published('a line more', (lines) => [...lines, 'x'], 'checkpoint', 'note-signature'),
  published(
    'a size with a zero before',
    ([origin, size, root]) => [origin!, `0${size}`, root!],
    'catatan',
    'checkpoint-malformed',
  ),
  logged(
    "another ledger's checkpoint",
    async ({ checkpoint }) => {
      const text = replace(parseNote(checkpoint).text, /.*/, 'ikrar.test/catatan');
      return { checkpoint: await (await generateSigner('ikrar.test/catatan')).sign(text) };
    },
    'catatan',
    'ledger-other',
  ),
  logged(
    'an unknown key alone',
    async ({ checkpoint }) => {
      const { text } = parseNote(checkpoint);
      return { checkpoint: await (await generateSigner('ikrar.example/catatan')).sign(text) };
    },
    'checkpoint',
    'note-unsigned',
  ),
  logged(
    'a bad signature of the known key, beside a good one of an unknown',
    async ({ checkpoint }) => {
      const {
        text,
        signatures: [known],
      } = parseNote(checkpoint);
      const unknown = parseNote(await (await generateSigner('ikrar.example/catatan')).sign(text)).signatures;
      return {
        checkpoint: formatNote({
          text,
          signatures: [...unknown, { ...known!, signature: flipped(known!.signature, 5) }],
        }),
      };
    },
    'checkpoint',
    'note-signature',
  ),
  logged(
    'a bad signature of the known key, after its good one',
    ({ checkpoint }) => {
      const {
        text,
        signatures: [known],
      } = parseNote(checkpoint);
      return {
        checkpoint: formatNote({
          text,
          signatures: [known!, { ...known!, signature: flipped(known!.signature, 5) }],
        }),
      };
    },
    'checkpoint',
    'note-signature',
  ),
  logged(
    'the signature of the known key, under another id',
    ({ checkpoint }) => {
      const {
        text,
        signatures: [known],
      } = parseNote(checkpoint);
      return { checkpoint: formatNote({ text, signatures: [{ ...known!, id: flipped(known!.id, 0) }] }) };
    },
    'checkpoint',
    'note-unsigned',
  ),
  logged(
    'no signature at all',
    ({ checkpoint }) => ({ checkpoint: `${parseNote(checkpoint).text}\n` }),
    'catatan',
    'note-malformed',
  ),

  // Who has keys of their own, and how far each comes.
  forged(
    'a pledge by a key of the forger, with a genuine entry',
    async ({ siti }) => {
      const by = await forge(siti, { change: otherName });
      return { by, entry: siti.entry, tlogProof: siti.tlogProof };
    },
    'entri',
    'entry-statement',
  ),
  forged(
    'with an entry of the forger, at a genuine place',
    async ({ siti }) => {
      const by = await forge(siti, { change: otherName });
      return { by, tlogProof: siti.tlogProof };
    },
    'catatan',
    'inclusion-wrong',
  ),
  forged(
    'with a ledger of the forger, under our name',
    async ({ siti }) => ({ by: await forge(siti, { change: otherName }) }),
    'checkpoint',
    'note-unsigned',
  ),
  forged(
    'with a site and a ledger of the forger',
    async ({ siti }) => ({ by: await forge(siti, { origin: 'https://ikrar.test' }) }),
    'checkpoint',
    'ledger-key-other',
    false,
    'layanan lain',
  ),
  forged(
    'with a site of the forger, and our ledger',
    async ({ siti }) => ({
      by: await forge(siti, { origin: 'https://ikrar.test', ledger: 'ikrar.example/catatan' }),
    }),
    'catatan',
    'ledger-other',
  ),
  forged(
    'an operator who enters a signature by a key that is not named',
    async ({ siti }) => ({ by: await forge(siti, { named: await sha256Text('another') }) }),
    'kunci',
    'key-other',
    true,
  ),
  forged(
    'an operator whose statement names another ledger',
    async ({ siti }) => ({
      by: await forge(siti, {
        change: ({ catatan }) => ({ catatan: { ...catatan, origin: 'ikrar.test/catatan' } }),
      }),
    }),
    'catatan',
    'ledger-statement',
    true,
  ),
  forged(
    'an operator who enters a pledge before the tree that it names',
    async ({ siti }) => ({
      by: await forge(siti, {
        change: ({ catatan }) => ({ catatan: { ...catatan, size: catatan.size + 1000 } }),
      }),
    }),
    'catatan',
    'entry-before-statement',
    true,
  ),
  {
    name: 'an operator who shows two ledgers of one size',
    make: async ({ siti }) => {
      const { proof, signer } = await forge(siti, {});
      const [origin, size] = checkpointText(proof).split('\n');
      const other = await signer.sign(`${origin}\n${size}\n${base64(new Uint8Array(32))}\n`);
      return { proof, trust: { verifier: signer.verifier, checkpoint: other } };
    },
    step: 'simpanan',
    code: 'checkpoint-forked',
  },

  // The file.
  file('cut off', (text) => text.slice(0, -100), 'proof-json'),
  file('without its last line end', (text) => text.slice(0, -1), 'proof-format'),
  file('bytes after', (text) => `${text}{}`, 'proof-json'),
  file(
    'a key twice: the first is ours',
    (text) => replace(text, /\n\}\n$/, ',\n  "rpId": "ikrar.test"\n}\n'),
    'proof-key-twice',
  ),
  file(
    'a key twice: the last is ours',
    (text) => replace(text, '{', '{\n  "pernyataan": "x",'),
    'proof-key-twice',
  ),
  file('a key that nobody knows', (text) => replace(text, '{', '{\n  "catatan-kaki": "x",'), 'proof-format'),
  file('written in one line', (text) => `${JSON.stringify(JSON.parse(text))}\n`, 'proof-format'),
  file('another format', (text) => replace(text, 'berkas@v2', 'berkas@v3'), 'proof-format'),
  file('said to be of version 1', (text) => replace(text, 'berkas@v2', 'berkas@v1'), 'proof-format'),
  file('not UTF-8', (text) => utf8(text).with(40, 0xff), 'proof-encoding'),
  file('far too long', (text) => text + ' '.repeat(70_000), 'proof-size'),
];
