/** What an installation can set: a record of strings becomes settings, or one error that names all that is wrong. */
import { serversOf } from './lib/database-url.ts';

export interface Config {
  /** Public address without a path: `https://ikrar.example`. Passkeys are bound to it. */
  origin: string;
  /** Its host name: the relying party of every passkey. */
  rpId: string;
  /** Name of the ledger: public host and `/catatan`. */
  ledgerOrigin: string;
  /** Whether a receipt waits for the line of a witness too, and not for the copy outside alone. */
  cosignedReceipts: boolean;
}

/** What follows from the address, and is so unless told otherwise. Throws a `TypeError` if it isn't one, or has a path. */
export function configOf(origin: string): Config {
  const url = new URL(origin);
  if (url.origin !== origin) throw new TypeError(`config: not an origin: ${origin}`);
  return { origin, rpId: url.hostname, ledgerOrigin: `${url.host}/catatan`, cosignedReceipts: false };
}

/** What the Node service takes from its environment. */
export interface Settings {
  /** HOST: the address of this machine at which it listens. 127.0.0.1: whoever is on this machine, as a reverse proxy is. */
  host: string;
  /** PORT: where it listens. 8080. */
  port: number;
  /** IKRAR_DATA: folder of keys, of the embedded PostgreSQL and of the outside copy of the checkpoint. `data`. */
  data: string;
  /** DATABASE_URL: another PostgreSQL, of one server or several; null: the embedded one. */
  databaseUrl: string | null;
  /** DATABASE_OWNER_URL: the same database for the owner of its tables, who migrates and for whom tools act; null: DATABASE_URL is. */
  databaseOwnerUrl: string | null;
  /** IKRAR_SEAL_KEY, IKRAR_SEAL_CERT: PEM files of the organiser's own key and certificates; null: made at the first start. */
  seal: { key: string; certificate: string } | null;
  /** IKRAR_TSA: addresses of time-stamping authorities, asked in turn; none unless told. */
  timeAuthorities: string[];
  /** From IKRAR_ORIGIN, `http://localhost:<PORT>`; and IKRAR_COSIGNED_RECEIPTS, `ya` or `tidak`. */
  config: Config;
}

/** Several wrong values are one error: a sentence each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: string[];

  constructor(problems: string[]) {
    super(['Pengaturan berikut salah:', ...problems.map((problem) => `- ${problem}`)].join('\n'));
    this.problems = problems;
  }
}

/**
 * An empty value counts as none. `refuseData`: why a folder can't hold the data, or null. `more`: what is wrong with
 * settings that are read elsewhere. Throws a `SettingsError`.
 */
export function parseSettings(
  environment: Record<string, string | undefined>,
  refuseData: (folder: string) => string | null = () => null,
  more: string[] = [],
): Settings {
  const problems: string[] = [];
  const given = (name: string): string | null => environment[name]?.trim() || null;

  const typedPort = given('PORT') ?? '8080';
  const port = /^\d{1,5}$/.test(typedPort) ? Number(typedPort) : 0;
  if (port < 1 || port > 65535) problems.push(`PORT "${typedPort}" bukan angka dari 1 sampai 65535.`);

  const host = given('HOST') ?? '127.0.0.1';
  const isAddress = /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})$/.test(host) || URL.canParse(`http://[${host}]`);
  if (!isAddress) {
    problems.push(`HOST "${host}" bukan alamat IP. Contoh: 127.0.0.1, 0.0.0.0, ::.`);
  }

  const data = given('IKRAR_DATA') ?? 'data';
  const refusedData = refuseData(data);
  if (refusedData) problems.push(`IKRAR_DATA "${data}" ${refusedData}`);

  const addressIn = (name: string): string | null => {
    const url = given(name);
    if (url !== null && serversOf(url) === null)
      problems.push(
        `${name} "${withoutPassword(url)}" bukan alamat postgres://pengguna:sandi@alamat:port/nama.`,
      );
    return url;
  };
  const databaseUrl = addressIn('DATABASE_URL');
  const databaseOwnerUrl = addressIn('DATABASE_OWNER_URL');
  if (databaseOwnerUrl !== null && databaseUrl === null)
    problems.push('DATABASE_OWNER_URL memerlukan DATABASE_URL, alamat untuk layanan sendiri.');

  const key = given('IKRAR_SEAL_KEY');
  const certificate = given('IKRAR_SEAL_CERT');
  if ((key === null) !== (certificate === null)) {
    problems.push('IKRAR_SEAL_KEY dan IKRAR_SEAL_CERT harus diisi keduanya, atau dikosongkan keduanya.');
  }
  const seal = key !== null && certificate !== null ? { key, certificate } : null;

  const authorities = parseTimeAuthorities(given('IKRAR_TSA') ?? '');
  problems.push(...authorities.problems);

  const cosigned = given('IKRAR_COSIGNED_RECEIPTS') ?? '';
  const refusedCosigned = refuseCosigned(cosigned, given('IKRAR_WITNESSES') ?? '');
  if (refusedCosigned) problems.push(refusedCosigned);

  const typedOrigin = given('IKRAR_ORIGIN');
  const origin = typedOrigin === null ? `http://localhost:${port || 8080}` : typedOrigin.replace(/\/$/, '');
  const refused = refuseOrigin(origin);
  if (refused) problems.push(`IKRAR_ORIGIN "${typedOrigin}" ${refused}`);

  problems.push(...more);
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    host,
    port,
    data,
    databaseUrl,
    databaseOwnerUrl,
    seal,
    timeAuthorities: authorities.addresses,
    config: { ...configOf(origin), cosignedReceipts: cosigned === 'ya' },
  };
}

/** More would keep a paper waiting for long when none of them answers. */
const MOST_AUTHORITIES = 4;

/** Addresses, parted by spaces or commas. Most authorities speak http: what they say is signed. */
export function parseTimeAuthorities(text: string): { addresses: string[]; problems: string[] } {
  const addresses = text.split(/[\s,]+/).filter((one) => one !== '');
  const problems = addresses
    .filter((one) => !URL.canParse(one) || !/^https?:$/.test(new URL(one).protocol))
    .map(
      (one) =>
        `IKRAR_TSA "${withoutPassword(one)}" bukan alamat http:// atau https:// lembaga penanda waktu.`,
    );
  if (addresses.length > MOST_AUTHORITIES) {
    problems.push(`IKRAR_TSA memuat lebih dari ${MOST_AUTHORITIES} alamat.`);
  }
  return { addresses, problems };
}

/** Why receipts can't wait for a witness, as a sentence; null if they can, or needn't. */
export function refuseCosigned(typed: string, witnesses: string): string | null {
  if (!['', 'ya', 'tidak'].includes(typed)) return `IKRAR_COSIGNED_RECEIPTS "${typed}" harus ya atau tidak.`;
  return typed === 'ya' && witnesses.trim() === ''
    ? 'IKRAR_COSIGNED_RECEIPTS ya memerlukan saksi: isi IKRAR_WITNESSES.'
    : null;
}

/** Why passkeys or our links can't live at this address; null if they can. */
export function refuseOrigin(origin: string): string | null {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    return 'bukan alamat seperti https://ikrar.example, tanpa garis miring dan jalur di belakangnya.';
  }
  const { protocol, hostname } = new URL(origin);
  if (protocol !== 'https:' && !(protocol === 'http:' && hostname === 'localhost')) {
    return 'harus https://. Hanya http://localhost boleh tanpa itu, untuk mencoba.';
  }
  if (/^[\d.]+$|^\[/.test(hostname)) {
    return 'memakai alamat IP. Passkey memerlukan nama.';
  }
  return null;
}

/** A wrong value is shown, but never the password in it. */
const withoutPassword = (text: string): string => text.replace(/:(?!\/\/).*@/s, ':…@');
