/**
 * Signed notes (https://c2sp.org/signed-note): text that carries its signatures. Shown by test/ledger/note.test.ts.
 *
 *     ikrar.example/catatan
 *     1042
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — ikrar.example/catatan Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
 *
 * The text ends with a newline; an empty line; then one line a signature: em dash (U+2014), space, name of the key,
 * space, base64 of the key's id (4 bytes) and the signature. What is signed is the text with its last newline,
 * without the empty line.
 *
 * The key that verifies is written `name+id+key`: the id in 8 hexadecimal digits, the key in base64 after the byte of
 * its type. Ids are SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4]. Of the types we know two, both over Ed25519: notes
 * (0x01), here, and countersignatures of witnesses (0x04), in cosignature.ts. Lines of others, such as ML-DSA-44 (0x06, a
 * signature of 2,420 bytes after its time), have other ids: they are carried along and ignored.
 */
import { base64, fromBase64, fromBase64url } from '../lib/base64.ts';
import { type Bytes, concat, equal, fromHex, hex, utf8 } from '../lib/bytes.ts';
import { verifyEd25519 } from '../lib/ed25519.ts';
import { Failure } from '../lib/failure.ts';
import { sha256 } from '../lib/sha256.ts';

/**
 * `note-malformed`: not what `formatNote` prints. `note-unsigned`: no signature by the asked key.
 * `note-signature`: a signature that claims to be by the asked key, and isn't.
 * `note-verifier`: not what a verifier key looks like.
 */
export type NoteCode = 'note-malformed' | 'note-unsigned' | 'note-signature' | 'note-verifier';

export interface NoteSignature {
  /** Name of the key. */
  name: string;
  /** Id of the key: 4 bytes. */
  id: Bytes;
  /** The signature itself: 64 bytes for Ed25519; other algorithms' are carried along. */
  signature: Bytes;
}

export interface Note {
  /** What is signed; ends with a newline. */
  text: string;
  /** At least one, in the order of the file. */
  signatures: NoteSignature[];
}

export interface NoteVerifier {
  name: string;
  id: Bytes;
  /** 32 bytes. */
  publicKey: Bytes;
}

export interface NoteSigner {
  name: string;
  /** The key that verifies: `name+id+key`. */
  verifier: string;
  /** The whole signed note. `text` must end with a newline. */
  sign(text: string): Promise<string>;
}

/** A signer whose private key may leave: only one that was made just now. */
export interface NewSigner extends NoteSigner {
  privateKey: CryptoKey;
}

const ED25519 = 0x01;
const DASH = '\u2014';

/** More signatures than this are refused, so that a long note costs little. */
const MOST_SIGNATURES = 100;

/** A name of a key: not empty, no space of any kind, no plus. */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Z}\p{C}]+$/u.test(name);

/** Text of a note: lines of UTF-8 without control characters, the last one ended. */
const isText = (text: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]/.test(text) && text.isWellFormed();

/** Prints a note. Throws a `TypeError` if a part can't stand in one. */
export function formatNote({ text, signatures }: Note): string {
  if (!isText(text)) throw new TypeError('note: not a text');
  if (signatures.length === 0 || signatures.length > MOST_SIGNATURES)
    throw new TypeError('note: no or too many signatures');
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/** Prints the line of a signature, ended. Throws a `TypeError` if a part can't stand in one. */
export function formatSignature({ name, id, signature }: NoteSignature): string {
  if (!isKeyName(name) || id.length !== 4 || signature.length === 0)
    throw new TypeError('note: not a signature');
  return `${DASH} ${name} ${base64(concat(id, signature))}\n`;
}

/** Reads what `formatNote` prints. Throws `note-malformed` on anything else. Nothing is verified yet. */
export function parseNote(note: string): Note {
  const malformed = (detail: string) => new Failure<NoteCode>('note-malformed', detail);
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw malformed('no empty line');
  const text = note.slice(0, split + 1);
  const rest = note.slice(split + 2);
  if (!isText(text)) throw malformed('text');
  if (!rest.endsWith('\n')) throw malformed('last line has no end');
  const lines = rest.slice(0, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw malformed('too many signatures');
  return { text, signatures: lines.map((line) => parseSignature(`${line}\n`)) };
}

/** Reads what `formatSignature` prints. Throws `note-malformed` on anything else. */
export function parseSignature(line: string): NoteSignature {
  const malformed = (detail: string, cause?: unknown) =>
    new Failure<NoteCode>('note-malformed', detail, { cause });
  const [dash, name, encoded, ...more] = line.slice(0, -1).split(' ');
  if (
    !line.endsWith('\n') ||
    dash !== DASH ||
    name === undefined ||
    !isKeyName(name) ||
    encoded === undefined ||
    more.length > 0
  ) {
    throw malformed('signature line');
  }
  let bytes: Bytes;
  try {
    bytes = fromBase64(encoded);
  } catch (cause) {
    throw malformed('base64', cause);
  }
  if (bytes.length < 5) throw malformed('short signature');
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/**
 * The text of `note`, if the asked key has signed it. Signatures by other keys are ignored, as the specification
 * wants it: they may be witnesses of whom we know nothing.
 */
export async function checkNote(note: string, verifier: NoteVerifier): Promise<string> {
  const { text, signatures } = parseNote(note);
  const ours = signatures.filter(({ name, id }) => name === verifier.name && equal(id, verifier.id));
  if (ours.length === 0) throw new Failure<NoteCode>('note-unsigned', verifier.name);
  for (const { signature } of ours) {
    if (!(await verifyEd25519(verifier.publicKey, signature, utf8(text)))) {
      throw new Failure<NoteCode>('note-signature', verifier.name);
    }
  }
  return text;
}

const keyId = async (name: string, publicKey: Bytes, type: number): Promise<Bytes> =>
  (await sha256(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);

/** The verifier of a public key of 32 bytes. Of another type it has another id, so neither stands in for the other. */
export async function verifierOf(name: string, publicKey: Bytes, type = ED25519): Promise<NoteVerifier> {
  if (!isKeyName(name) || publicKey.length !== 32) throw new TypeError('note: not a name or not a key');
  return { name, id: await keyId(name, publicKey, type), publicKey };
}

/** `ikrar.example/catatan+0a1b2c3d+AQ…`: what stands at `/catatan/kunci`. */
export const formatVerifier = ({ name, id, publicKey }: NoteVerifier, type = ED25519): string =>
  `${name}+${hex(id)}+${base64(concat(Uint8Array.of(type), publicKey))}`;

/** Reads what `formatVerifier` prints; throws `note-verifier` on anything else, and if the id is not the key's. */
export async function parseVerifier(text: string, type = ED25519): Promise<NoteVerifier> {
  const refused = (cause?: unknown) => new Failure<NoteCode>('note-verifier', text.slice(0, 200), { cause });
  // The key is base64 and may hold a plus itself; name and id can't.
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (!match || !isKeyName(match[1]!)) throw refused();
  let key: Bytes;
  try {
    key = fromBase64(match[3]!);
  } catch (cause) {
    throw refused(cause);
  }
  if (key.length !== 33 || key[0] !== type) throw refused();
  const verifier = await verifierOf(match[1]!, key.slice(1), type);
  if (!equal(verifier.id, fromHex(match[2]!))) throw refused();
  return verifier;
}

async function signerOf(name: string, privateKey: CryptoKey, publicKey: Bytes): Promise<NoteSigner> {
  const verifier = await verifierOf(name, publicKey);
  return {
    name,
    verifier: formatVerifier(verifier),
    sign: async (text) => {
      const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, utf8(text)));
      return formatNote({ text, signatures: [{ name, id: verifier.id, signature }] });
    },
  };
}

/** A new key under `name`. */
export async function generateSigner(name: string): Promise<NewSigner> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer);
  return { ...(await signerOf(name, pair.privateKey, publicKey)), privateKey: pair.privateKey };
}

/** The private key as PKCS #8 (RFC 8410), to be kept. */
export const exportSigner = async ({ privateKey }: NewSigner): Promise<Bytes> =>
  new Uint8Array((await crypto.subtle.exportKey('pkcs8', privateKey)) as ArrayBuffer);

/** The signer of a kept key. Throws a `DOMException` if the bytes are not an Ed25519 key in PKCS #8. */
export async function importSigner(name: string, pkcs8: Bytes): Promise<NoteSigner> {
  const readable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  // WebCrypto has no way from a private key to its public one but the JWK, which holds both.
  const { x } = (await crypto.subtle.exportKey('jwk', readable)) as JsonWebKey;
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return signerOf(name, privateKey, fromBase64url(x!));
}
