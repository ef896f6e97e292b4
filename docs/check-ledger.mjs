/**
 * Is a statement in the public ledger? Uses nothing of Ikrar: Node's own crypto and the formats of C2SP
 * (tlog-checkpoint, tlog-tiles, signed-note). Shown by test/check-ledger.test.ts.
 *
 *     node docs/check-ledger.mjs https://ikrar.example/catatan pernyataan.txt [verifier key]
 *
 * Prints the entry and its number, or says what is wrong. Keep the verifier key you saw first and give it again later:
 * without one, the key is what the ledger itself says.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [ledger, file, known] = process.argv.slice(2);
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const get = async (path) => {
  const answer = await fetch(`${ledger}/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
};
const must = (held, what) => {
  if (!held) throw new Error(what);
};

// 1. The checkpoint is signed by the ledger's key: Ed25519 over its text, up to the empty line.
const key = known ?? (await get('kunci')).toString().trim();
const raw = Buffer.from(key.split('+').slice(2).join('+'), 'base64').subarray(1);
const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
const [text, signatures] = (await get('checkpoint')).toString().split(/(?<=\n)\n/);
const signature = Buffer.from(signatures.split('\n')[0].split(' ')[2], 'base64').subarray(4);
must(
  verify(null, Buffer.from(text), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature),
  'the checkpoint is not signed by this key',
);

// 2. All entries, in bundles of 256, each with its length before it.
const [origin, size, root] = text.split('\n');
const entries = [];
while (entries.length < Number(size)) {
  const width = Math.min(256, Number(size) - entries.length);
  const digits = String(entries.length / 256);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g);
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  let rest = await get(`tile/entries/${path}${width < 256 ? `.p/${width}` : ''}`);
  for (let n = 0; n < width; n++) {
    const end = 2 + rest.readUInt16BE(0);
    entries.push(rest.subarray(2, end));
    rest = rest.subarray(end);
  }
}

// 3. They make the root that was signed (RFC 6962, section 2.1).
const tree = (part) => {
  if (part.length === 1) return sha256(Buffer.of(0), part[0]);
  const left = 2 ** Math.ceil(Math.log2(part.length) - 1);
  return sha256(Buffer.of(1), tree(part.slice(0, left)), tree(part.slice(left)));
};
must(tree(entries).toString('base64') === root, 'the entries are not those of the checkpoint');

// 4. One of them names the statement.
const line = `pernyataan sha256:${sha256(readFileSync(file)).toString('hex')}\n`;
const index = entries.findIndex((entry) => entry.includes(line));
must(index >= 0, 'no entry names this statement');
console.log(`entry ${index} of ${size} in ${origin}\n${entries[index]}`);
