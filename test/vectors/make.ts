/**
 * Makes the vectors beside it: a small ledger with three pledges, one for each kind of signature, and all that a program in
 * another language needs to check it is right. `node test/vectors/make.ts`, by hand, once: papers of today must be
 * readable for good, so a new version of a format gets vectors of its own beside these.
 *
 *     keys.json         the private keys, of nobody
 *     ledger/           kunci (verifier key), entri-<n>.txt, checkpoint-2 and checkpoint-5 (signed notes),
 *                       konsistensi-2-5, daftar.txt (a roster version; its names are invented)
 *     es256/ eddsa/ rs256/
 *       pernyataan.txt  the statement          bukti.txt       the evidence text
 *       clientDataJSON                         catatan.txt     the entry
 *       bukti.tlog-proof                       bukti.json      all of it in one file, as version 0.1 made it
 *       bukti-v2.json   the same today         values.json     all other values, bytes in hexadecimal
 *
 * All is the same at each run but the ECDSA signature and what follows from it, since that is random: while the
 * statement is as before, the one in es256/values.json is kept.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatConsistency } from '../../src/ledger/consistency.ts';
import { formatLeaf, type Jenis } from '../../src/ledger/leaf.ts';
import { leafHash, nodeHash, proveConsistency, proveInclusion, rootOf } from '../../src/ledger/merkle.ts';
import { exportSigner, generateSigner, importSigner } from '../../src/ledger/note.ts';
import { formatProof } from '../../src/ledger/tlog-proof.ts';
import { base32 } from '../../src/lib/base32.ts';
import { base64, base64url, fromBase64, fromBase64url } from '../../src/lib/base64.ts';
import { type Bytes, fromHex, hex, utf8 } from '../../src/lib/bytes.ts';
import { checkSymbol } from '../../src/lib/check-symbol.ts';
import { formatDigest, sha256Text } from '../../src/lib/sha256.ts';
import { beginAssertion } from '../../src/passkey/ceremony.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { parseCoseKey, spkiOf } from '../../src/passkey/cose.ts';
import type { Algorithm } from '../../src/passkey/strict.ts';
import { formatProofFile } from '../../src/proof/proof-file.ts';
import { formatVersion } from '../../src/roster/version.ts';
import { evidenceHash, formatEvidence } from '../../src/signature/evidence.ts';
import { compose } from '../../src/statement/compose.ts';
import { formatStatement, hashSymbols, statementHash } from '../../src/statement/statement.ts';
import { Authenticator, coseKey } from '../authenticator.ts';

const ORIGIN = 'https://ikrar.example';
const RP_ID = 'ikrar.example';
const LEDGER = 'ikrar.example/catatan';
const here = import.meta.dirname;

const write = (path: string, content: string | Uint8Array): void => {
  const file = join(here, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
};
const writeJson = (path: string, value: unknown): void => write(path, `${JSON.stringify(value, null, 2)}\n`);
const readJson = <T>(path: string): T | null =>
  existsSync(join(here, path)) ? (JSON.parse(readFileSync(join(here, path), 'utf8')) as T) : null;

/** 32 bytes that look random and are the same each time. */
const bytesOf = (label: string): Promise<Bytes> => sha256Text(`ikrar/contoh ${label}`);

const PARAMS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  EdDSA: { name: 'Ed25519' },
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  },
} as const;

interface Keys {
  /** PKCS #8, base64. */
  ledger: string;
  /** The signers' keys as JWK. */
  signers: Record<Algorithm, JsonWebKey>;
}

async function makeKeys(): Promise<Keys> {
  const make = async (algorithm: Algorithm): Promise<JsonWebKey> => {
    const pair = await crypto.subtle.generateKey(PARAMS[algorithm], true, ['sign', 'verify']);
    return crypto.subtle.exportKey('jwk', (pair as CryptoKeyPair).privateKey);
  };
  const keys = {
    ledger: base64(await exportSigner(await generateSigner(LEDGER))),
    signers: { ES256: await make('ES256'), EdDSA: await make('EdDSA'), RS256: await make('RS256') },
  };
  writeJson('keys.json', keys);
  return keys;
}

const keys = readJson<Keys>('keys.json') ?? (await makeKeys());
const signer = await importSigner(LEDGER, fromBase64(keys.ledger));

const WORDING = `PERNYATAAN NETRALITAS KEPALA DESA

Saya, dengan ini menyatakan:

1. Tidak memihak kepada pasangan calon mana pun.
2. Tidak memakai jabatan, anggaran, dan fasilitas desa untuk kampanye.
3. Menolak politik uang.

Demikian pernyataan ini saya buat dengan penuh kesadaran dan tanpa paksaan.
`;
const naskah = { id: 'kades-pilkada', versi: 3, isi: WORDING, sha256: await sha256Text(WORDING) };

const PEOPLE = [
  { algorithm: 'ES256', kode: '7K3F9QXM2DA', desa: '2008', gelar: 'H.', nama: 'Contoh Nama' },
  { algorithm: 'EdDSA', kode: '', desa: '2004', gelar: '', nama: 'Ma‘ruf Āḥmad Contoh' },
  { algorithm: 'RS256', kode: '', desa: '2006', gelar: 'Hj.', nama: 'Siti "Contoh" O’Neill' },
] as const;
const AREAS = { '2008': 'Sungai Kapitan', '2004': 'Keraya', '2006': 'Sungai Bakau' };

const daftar = formatVersion({
  kegiatanId: '7h2kq0v9xa',
  versi: 1,
  acak: await bytesOf('daftar'),
  entries: PEOPLE.map(({ desa, gelar, nama }) => ({
    unsur: 'kepala desa',
    wilayah: `62.01.01.${desa}`,
    nip: '',
    gelarDepan: gelar,
    nama,
    gelarBelakang: '',
    jabatan: 'Kepala Desa',
    pangkat: '',
    unitKerja: '',
  })),
});
write('ledger/daftar.txt', daftar);

// The ledger, entry by entry.
const entries: string[] = [];
const hashes: Bytes[] = [];
async function append(jenis: Jenis, fields: [string, string][], waktu: string): Promise<number> {
  const entry = formatLeaf({ jenis, fields, waktu: new Date(waktu) });
  write(`ledger/entri-${entries.length}.txt`, entry);
  entries.push(entry);
  hashes.push(await leafHash(utf8(entry)));
  return entries.length - 1;
}
async function nodeAt(level: number, index: number): Promise<Bytes> {
  if (level === 0) return hashes[index]!;
  return nodeHash(await nodeAt(level - 1, 2 * index), await nodeAt(level - 1, 2 * index + 1));
}
const read = (nodes: { level: number; index: number }[]) =>
  Promise.all(nodes.map(({ level, index }) => nodeAt(level, index)));
const checkpointAt = async (size: number): Promise<string> => {
  const note = await signer.sign(formatCheckpoint({ origin: LEDGER, size, root: await rootOf(size, read) }));
  write(`ledger/checkpoint-${size}`, note);
  return note;
};

write('ledger/kunci', `${signer.verifier}\n`);
await append(
  'naskah',
  [['naskah', `kades-pilkada/3 ${formatDigest(naskah.sha256)}`]],
  '2026-11-20T01:00:00Z',
);
await append('daftar', [['daftar', formatDigest(await sha256Text(daftar))]], '2026-11-21T03:30:00Z');
await checkpointAt(2);
const before = { origin: LEDGER, size: 2, root: await rootOf(2, read) };

const made = [];
for (const [at, { algorithm, kode, desa, gelar, nama }] of PEOPLE.entries()) {
  const jwk = keys.signers[algorithm];
  const { kty, crv, x, y, n, e, alg } = jwk;
  const publicJwk = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e, alg })) as JsonWebKey;
  const privateKey = await crypto.subtle.importKey('jwk', jwk, PARAMS[algorithm], true, ['sign']);
  const publicKey = await crypto.subtle.importKey('jwk', publicJwk, PARAMS[algorithm], true, ['verify']);
  const cose = await coseKey(publicKey);
  const spki = await spkiOf(await parseCoseKey(cose));
  const symbols = kode || base32(await bytesOf(`kode ${algorithm}`)).slice(0, 11);
  const code = symbols + checkSymbol(symbols);
  const statement = formatStatement(
    compose({
      fresh: {
        kode: code,
        terbit: `2026-11-23T02:1${at}:05Z`,
        acak: base64url(await bytesOf(`acak ${algorithm}`)),
      },
      person: {
        nomor: `800/${at + 1}/IKRAR/BKBP/XI/2026`,
        unsur: 'kepala desa',
        jabatan: 'Kepala Desa',
        gelarDepan: gelar,
        nama,
        gelarBelakang: at === 0 ? 'S.Sos., M.AP.' : '',
      },
      wilayah: {
        kode: `62.01.01.${desa}`,
        nama: `${AREAS[desa]}, Kumai, Kotawaringin Barat, Kalimantan Tengah`,
      },
      kegiatan: {
        judul: 'Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat',
        tempat: 'Hotel Contoh, Pangkalan Bun',
        tanggal: '2026-11-23',
      },
      organizer: {
        wilayah: '62.01',
        nama: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
      },
      naskah,
      daftar: await sha256Text(daftar),
      kunci: new Uint8Array(await crypto.subtle.digest('SHA-256', spki)),
      catatan: before,
    }),
  );

  const folder = algorithm.toLowerCase();
  const challenge = await challengeOf(statement);
  const credentialId = await bytesOf(`kunci ${algorithm}`);
  const phone = new Authenticator({ algorithm });
  phone.credentials.push({
    id: credentialId,
    rpId: RP_ID,
    userHandle: await bytesOf(`pemilik ${algorithm}`),
    keys: { privateKey, publicKey },
  });
  const asked = await beginAssertion({
    rpId: RP_ID,
    challenge,
    allow: [{ id: credentialId, transports: ['internal'] }],
  });
  const kept = readJson<Record<string, string>>(`${folder}/values.json`);
  const { response } = await phone.get(asked, ORIGIN, {
    // Older phones leave `crossOrigin` out, and Android adds a key: both are honest.
    ...(algorithm === 'EdDSA' && { clientData: ({ crossOrigin: _, ...data }) => data }),
    ...(algorithm === 'RS256' && {
      clientData: (data) => ({ ...data, androidPackageName: 'com.android.chrome' }),
    }),
    ...(kept?.challenge === hex(challenge) && { signature: () => fromHex(kept.signature!) }),
  });
  const hash = await statementHash(statement);
  const evidence = {
    statementHash: hash,
    authenticatorData: fromBase64url(response.authenticatorData),
    clientDataJson: fromBase64url(response.clientDataJSON),
    signature: fromBase64url(response.signature),
    spki,
  };
  const index = await append(
    'tanda-tangan',
    [
      ['pernyataan', formatDigest(hash)],
      ['bukti', formatDigest(await evidenceHash(evidence))],
    ],
    `2026-11-23T02:1${at}:21Z`,
  );
  write(`${folder}/pernyataan.txt`, statement);
  write(`${folder}/bukti.txt`, formatEvidence(evidence));
  write(`${folder}/clientDataJSON`, evidence.clientDataJson);
  write(`${folder}/catatan.txt`, entries[index]!);
  made.push({
    folder,
    index,
    proof: { ...evidence, statement, rpId: RP_ID, origin: ORIGIN, entry: entries[index]! },
    values: {
      algorithm,
      rpId: RP_ID,
      origin: ORIGIN,
      code,
      statementHash: hex(hash),
      hashSymbols: hashSymbols(hash),
      qr: `${ORIGIN.toUpperCase()}/P/${hashSymbols(hash)}`,
      challenge: hex(challenge),
      credentialId: hex(credentialId),
      userHandle: hex(await bytesOf(`pemilik ${algorithm}`)),
      authenticatorData: hex(evidence.authenticatorData),
      clientDataJSON: hex(evidence.clientDataJson),
      signature: hex(evidence.signature),
      publicKey: hex(spki),
      publicKeyCose: hex(cose),
      evidenceHash: hex(await evidenceHash(evidence)),
      index,
      leafHash: hex(hashes[index]!),
    },
  });
}

const checkpoint = await checkpointAt(entries.length);
const consistency = formatConsistency({
  older: 2,
  size: entries.length,
  hashes: await proveConsistency(2, entries.length, read),
});
write(`ledger/konsistensi-2-${entries.length}`, consistency);
for (const { folder, index, proof, values } of made) {
  const tlogProof = formatProof({
    index,
    hashes: await proveInclusion(entries.length, index, read),
    checkpoint,
  });
  write(`${folder}/bukti.tlog-proof`, tlogProof);
  write(`${folder}/bukti.json`, formatProofFile({ ...proof, tlogProof, consistency: null }));
  write(`${folder}/bukti-v2.json`, formatProofFile({ ...proof, tlogProof, consistency }));
  writeJson(`${folder}/values.json`, {
    ...values,
    size: entries.length,
    root: hex(await rootOf(entries.length, read)),
  });
}
