/** `npm run migrate`: prepares the database of DATABASE_URL. The service does the same when it starts. */
import { join } from 'node:path';
import { prepare } from './prepare.ts';
import { errorSentence, READ_ONLY, READ_ONLY_LINE } from './sentence.ts';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('Isi DATABASE_URL dengan alamat basis data. Layanan tanpa DATABASE_URL menyiapkan sendiri.');
  process.exit(1);
}
try {
  const { readOnly } = await prepare(url, join(import.meta.dirname, '..'), { say: console.log });
  if (readOnly) {
    console.log(READ_ONLY_LINE);
    process.exitCode = READ_ONLY;
  }
} catch (error) {
  console.error(`Basis data tidak dapat disiapkan. ${errorSentence(error)}`);
  process.exit(1);
}
