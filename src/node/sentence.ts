/** What the one who starts the service reads when it does not start. Shown by test/node/sentence.test.ts. */
import { SettingsError } from '../config.ts';
import { Halt } from '../ledger/halt.ts';
import { describeError } from '../lib/log.ts';

/** Its message is that sentence. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

/** Exit code of migrate.ts where nothing can be written, and nothing needs to be. */
export const READ_ONLY = 3;

export const READ_ONLY_LINE =
  'Basis data hanya dapat dibaca: halaman dapat dibuka, tanda tangan menunggu sampai basis data dapat ditulisi.';

/** By SQLSTATE. */
const DATABASE_SENTENCES: Record<string, string> = {
  '28P01': 'Basis data menolak sandi',
  '28000': 'Basis data menolak pengguna ini',
  '3D000': 'Basis data dengan nama itu tidak ada',
  '53300': 'Basis data tidak menerima sambungan lagi',
  '57P03': 'Basis data belum siap',
  '42P01': 'Tabelnya tidak ada, jalankan dahulu npm run migrate',
};

/** Where the one who starts something has told it what it needs: a variable or an option. */
interface Told {
  database: string;
  owner: string;
  port: string;
  host: string;
  files: string;
}

const SERVICE: Told = {
  database: 'DATABASE_URL',
  owner: 'DATABASE_OWNER_URL',
  port: 'PORT',
  host: 'HOST',
  files: 'IKRAR_DATA',
};

/** Only trouble we don't know comes with its stack. */
export function errorSentence(error: unknown, told: Partial<Told> = {}): string {
  const by = { ...SERVICE, ...told };
  if (error instanceof SettingsError || error instanceof StartError) return error.message;
  // The guard has said why.
  if (error instanceof Halt) return 'Layanan tidak mulai: kunci catatan hanya dibaca saat mulai.';
  // A failed query says nothing of its own; what failed is its cause.
  const { code, port, address, hostname, path, cause, query, listening } = (error ?? {}) as Record<
    string,
    unknown
  >;
  if (query !== undefined && cause !== undefined) return errorSentence(cause, told);
  if (code === '42501')
    return `Pengguna basis data ini tidak berhak (42501). Isi ${by.owner} dengan alamat pemilik tabelnya.`;
  const database = DATABASE_SENTENCES[String(code)];
  if (database) return `${database} (${code}). Periksa ${by.database}.`;
  if (
    code === 'EADDRNOTAVAIL' ||
    ((code === 'ENOTFOUND' || code === 'EAI_AGAIN') && (told.host !== undefined || listening !== undefined))
  ) {
    return `Komputer ini tidak punya alamat ${address ?? hostname}. Periksa ${by.host}.`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `Alamat basis data ${hostname} tidak ditemukan. Periksa ${by.database}.`;
  }
  if (code === 'ECONNREFUSED' || code === 'ETIMEDOUT' || code === 'CONNECT_TIMEOUT') {
    return `Basis data tidak menjawab di ${address}:${port}. Periksa ${by.database}.`;
  }
  if (code === 'EADDRINUSE') {
    return `Port ${port} sudah dipakai program lain. Pilih yang lain dengan ${by.port}.`;
  }
  if (code === 'EACCES' && port) {
    return `Port ${port} tidak boleh dipakai pengguna ini. Pilih yang lain dengan ${by.port}.`;
  }
  if (told.files !== undefined && code && path) {
    return `Berkas ${path} tidak dapat dipakai (${code}). Periksa ${by.files}.`;
  }
  if ((code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'ENOSPC') && path) {
    return `Folder data tidak dapat ditulisi: ${path} (${code}). Periksa ${by.files}.`;
  }
  return describeError(error);
}
