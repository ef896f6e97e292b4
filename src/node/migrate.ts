/**
 * `npm run migrate`: prepares the database, as the owner of its tables (DATABASE_OWNER_URL, else DATABASE_URL), and gives the service's
 * role (of DATABASE_URL, if both are given) its rights. The service does the same when it starts.
 */
import { join } from 'node:path';
import { prepare } from './prepare.ts';
import { errorSentence, READ_ONLY, READ_ONLY_LINE } from './sentence.ts';
import { serviceRoleOf } from './service-role.ts';

const { DATABASE_URL: url, DATABASE_OWNER_URL: owner } = process.env;
if (!url && !owner) {
  console.error('Isi DATABASE_URL dengan alamat basis data. Layanan tanpa DATABASE_URL menyiapkan sendiri.');
  process.exit(1);
}
try {
  const role = serviceRoleOf((owner && url) || null);
  const { readOnly, left } = await prepare(
    (owner || url)!,
    join(import.meta.dirname, '..'),
    { say: console.log },
    role,
  );
  for (const line of left) console.log(line);
  if (readOnly) {
    console.log(READ_ONLY_LINE);
    process.exitCode = READ_ONLY;
  }
} catch (error) {
  console.error(`Basis data tidak dapat disiapkan. ${errorSentence(error)}`);
  process.exit(1);
}
