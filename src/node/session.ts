/**
 * What a session must be set to, whatever somebody has set for the server, the database or the role: a commit that is no commit
 * loses what was acknowledged, and bytes or dates in another notation are read as others. Shown by test/node/database.test.ts.
 */
import postgres from 'postgres';
import { StartError } from './sentence.ts';

const SESSION = {
  synchronous_commit: 'on',
  bytea_output: 'hex',
  default_transaction_isolation: 'read committed',
  DateStyle: 'ISO, MDY',
  standard_conforming_strings: 'on',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
} as const;

/** The address with all of it, as the driver takes it: each connection asks for it when it is opened. */
export function pinned(url: string): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(SESSION)) address.searchParams.set(name, value);
  return address.href;
}

/** Of those, what is wrong if it doesn't match. The rest changes nothing that is read or written. */
const NEEDED: [name: keyof typeof SESSION, RegExp][] = [
  ['synchronous_commit', /^(?:on|remote_apply)$/],
  ['bytea_output', /^hex$/],
  ['default_transaction_isolation', /^read committed$/],
  ['DateStyle', /^ISO\b/],
  ['standard_conforming_strings', /^on$/],
];

/** Behind a pooler, where nobody can ask for it. Throws a `StartError` that says what mends it. */
export async function mustBeSet(url: string): Promise<void> {
  const client = postgres(url, {
    max: 1,
    prepare: false,
    fetch_types: false,
    connect_timeout: 5,
    onnotice: () => {},
  });
  try {
    const found = await client<{ name: string; value: string; mend: string }[]>`
      select name, current_setting(name) as value,
        format('alter role %I in database %I set %I = %L;', session_user, current_database(), name, wanted) as mend
      from jsonb_each_text(${JSON.stringify(SESSION)}::text::jsonb) as s (name, wanted)`;
    const wrong = NEEDED.flatMap(([name, right]) =>
      found.filter((one) => one.name === name && !right.test(one.value)),
    );
    if (wrong.length === 0) return;
    throw new StartError(
      [
        `Pengaturan basis data tidak aman bagi layanan: ${wrong.map(({ name, value }) => `${name} = ${value}`).join('; ')}.`,
        'Lewat pengumpul koneksi layanan tidak dapat memasangnya sendiri. Jalankan ini di basis data, lalu mulai ulang pengumpul itu:',
        ...wrong.map(({ mend }) => `  ${mend}`),
      ].join('\n'),
    );
  } finally {
    await client.end({ timeout: 1 });
  }
}
