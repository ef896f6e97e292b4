/**
 * Is a statement in the public ledger? Uses nothing of Ikrar: Node's own crypto and the formats of C2SP
 * (tlog-checkpoint, tlog-tiles, signed-note). Shown by test/check-ledger.test.ts.
 *
 *     node docs/check-ledger.mjs https://ikrar.example/catatan pernyataan.txt [verifier key]
 *
 * Prints the entry and its number and ends with 0; with 1 if something is wrong, with 2 if something can't be read, and
 * says what. Keep the verifier key you saw first and give it again later: without one, the key is what the ledger itself
 * says. Nothing that the ledger says is printed before it is known to be plain letters.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const stop = (code, sentence) => {
  console.error(sentence);
  process.exit(code);
};
const must = (held, sentence, code = 1) => held || stop(code, sentence);
const shown = (text) => text.replace(/[^ -~]/g, '?').slice(0, 200);

const [address, file, known] = process.argv.slice(2);
must(
  address && file && URL.canParse(address) && /^https?:/.test(address),
  `Beri alamat catatan dan berkas pernyataan, dan kalau ada kunci catatan yang Anda simpan:
  node check-ledger.mjs https://ikrar.example/catatan pernyataan.txt [kunci]`,
  2,
);
const ledger = address.replace(/\/+$/, '');
let statement;
try {
  statement = readFileSync(file);
} catch {
  stop(2, `Berkas ${shown(file)} tidak terbaca. Simpan dulu pernyataan.txt dari lampiran PDF.`);
}

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const get = async (path) => {
  let answer;
  try {
    answer = await fetch(`${ledger}/${path}`, { signal: AbortSignal.timeout(30_000) });
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  } catch {
    stop(2, `${shown(ledger)}/${path} tidak menjawab.`);
  }
  return stop(2, `${shown(ledger)}/${path} menjawab ${answer.status}: di alamat itu tidak ada catatan.`);
};

// 1. The checkpoint is signed by the ledger's key: Ed25519 over its text, up to the empty line.
const key = known ?? (await get('kunci')).toString().trim();
const [, name, id, encoded] = /^([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(key) ?? [];
must(name, 'Itu bukan kunci catatan (nama+id+base64, seperti di /catatan/kunci).', 2);
const spki = Buffer.concat([
  Buffer.from('302a300506032b6570032100', 'hex'),
  Buffer.from(encoded, 'base64').subarray(1),
]);
const note = (await get('checkpoint')).toString();
const text = note.slice(0, note.indexOf('\n\n') + 1);
const signatures = note
  .slice(text.length + 1)
  .split('\n')
  .map((line) => line.split(' '))
  .filter(([dash, by]) => dash === '—' && by === name)
  .map(([, , signature]) => Buffer.from(signature ?? '', 'base64'))
  .filter((signature) => signature.length === 68 && signature.subarray(0, 4).toString('hex') === id);
const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
must(
  signatures.some((signature) => verify(null, Buffer.from(text), publicKey, signature.subarray(4))),
  'Checkpoint tidak ditandatangani dengan kunci ini.',
);
const [origin, size, root] = text.split('\n');
must(origin === name, `Checkpoint milik catatan lain: ${shown(origin)}.`);
must(/^(0|[1-9][0-9]{0,11})$/.test(size), 'Checkpoint tidak terbaca.', 2);

// 2. All entries, in bundles of 256, each with its length before it.
const entries = [];
while (entries.length < Number(size)) {
  const width = Math.min(256, Number(size) - entries.length);
  const digits = String(entries.length / 256);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g);
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  let rest = await get(`tile/entries/${path}${width < 256 ? `.p/${width}` : ''}`);
  for (let n = 0; n < width; n++) {
    const end = rest.length < 2 ? Number.POSITIVE_INFINITY : 2 + rest.readUInt16BE(0);
    must(rest.length >= end, `Catatan tidak lengkap, mulai nomor ${entries.length}.`);
    entries.push(rest.subarray(2, end));
    rest = rest.subarray(end);
  }
}

// 3. They make the root that was signed (RFC 6962, section 2.1).
const tree = (part) => {
  if (part.length === 0) return sha256();
  if (part.length === 1) return sha256(Buffer.of(0), part[0]);
  const left = 2 ** Math.ceil(Math.log2(part.length) - 1);
  return sha256(Buffer.of(1), tree(part.slice(0, left)), tree(part.slice(left)));
};
must(tree(entries).toString('base64') === root, 'Isi catatan bukan isi yang ditandatangani dalam checkpoint.');

// 4. Time never goes back from one to the next, and none is yet to come (this clock may be five minutes behind).
const last = new Date(Date.now() + 300_000).toISOString();
let before = '';
for (const [index, entry] of entries.entries()) {
  const [, waktu] = /\nwaktu (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n$/.exec(entry.toString('latin1')) ?? [];
  must(waktu && !/[^\n -~]/.test(entry.toString('latin1')), `Entri nomor ${index} tidak terbaca.`);
  must(waktu >= before, `Waktu mundur: nomor ${index} lebih awal daripada nomor ${index - 1}.`);
  must(waktu <= last, `Waktu nomor ${index} di masa depan.`);
  before = waktu;
}

// 5. One of them names the statement.
const line = `\njenis tanda-tangan\npernyataan sha256:${sha256(statement).toString('hex')}\n`;
const found = entries.findIndex((entry) => entry.includes(line));
must(found >= 0, 'Tidak ada entri untuk pernyataan ini.');
const ended = line.replace('tanda-tangan', 'pencabutan');
const withdrawn = entries.findIndex((entry) => entry.includes(ended));
if (withdrawn >= 0) console.log(`Ikrar ini sudah dicabut: entri nomor ${withdrawn}.`);
console.log(`Entri nomor ${found} dari ${size} dalam catatan ${origin}:\n${entries[found]}`);
