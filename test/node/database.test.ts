/** What stands between a service and its database is found out, and used as it can be. Tried with PgBouncer by `npm run drill`. */
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect } from '../../src/db.ts';
import { findPooler, openDatabase, settledAddress } from '../../src/node/database.ts';
import { openHouse } from '../house.ts';
import { type Meddling, openWire } from '../wire.ts';

const { url, db: direct } = await openHouse();
const { port } = new URL(url);

/** BackendKeyData (PostgreSQL 54.7): with a process number of its own. */
function otherNumber(bytes: Buffer): Buffer {
  const at = bytes.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
  if (at >= 0) bytes.writeUInt32BE(4_000_000, at + 5);
  return bytes;
}

/** Parse, Bind and Describe: each name with another first letter, so that the server knows it by that. */
function otherNames(bytes: Buffer): Buffer {
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
    const kind = String.fromCharCode(bytes[at]!);
    if (!/[PBDESCHXQ]/.test(kind)) return bytes;
    const name =
      kind === 'P' ? at + 5 : kind === 'B' ? bytes.indexOf(0, at + 5) + 1 : kind === 'D' ? at + 6 : -1;
    if (name >= 0 && bytes[name] !== 0) bytes.write('#', name);
  }
  return bytes;
}

const behind = async <T>(meddling: Meddling, work: (url: string) => Promise<T>): Promise<T> => {
  const wire = await openWire(Number(port), meddling);
  const address = new URL(url);
  address.port = String(wire.port);
  try {
    return await work(address.href);
  } finally {
    await wire.close();
  }
};

test('the server itself, also through a network that changes nothing', async () => {
  expect(await findPooler(url)).toBe(null);
  expect(await behind({}, findPooler)).toBe(null);
});

test('an address that wants nothing prepared is still the server’s', async () => {
  expect(await findPooler(`${url}?prepare=false`)).toBe(null);
});

test('a pooler that knows of prepared statements, and one that does not', async () => {
  expect(await behind({ toClient: otherNumber, toServer: otherNames }, findPooler)).toEqual({
    prepares: true,
  });
  expect(await behind({ toClient: otherNumber }, findPooler)).toEqual({ prepares: false });
});

test.each([
  [{ prepares: false }, 0],
  [{ prepares: true }, 1],
])('behind %j the server keeps %i statement', async (pooler, kept) => {
  const { db, end } = connect(url, { max: 1, pooler });
  try {
    const bytes = Uint8Array.of(0, 255);
    const once = () =>
      db.execute(sql`select ${true}::boolean as yes, ${bytes}::bytea as bytes, ${7}::int as n`);
    const [row] = await once();
    expect(row).toMatchObject({ yes: true, n: 7 });
    expect(Uint8Array.from(row!.bytes as Uint8Array)).toEqual(bytes);
    await once();
    expect(await db.execute(sql`select from pg_prepared_statements`)).toHaveLength(kept);
    // Set by nobody: the connection would serve others next.
    const [timeout] = await db.execute(sql`show statement_timeout`);
    expect(timeout).toEqual({ statement_timeout: '0' });
  } finally {
    await end();
  }
});

const HOSTILE: Record<string, string> = {
  synchronous_commit: 'off',
  bytea_output: 'escape',
  default_transaction_isolation: 'serializable',
  DateStyle: 'SQL, DMY',
  standard_conforming_strings: 'off',
  IntervalStyle: 'sql_standard',
  TimeZone: 'Asia/Jayapura',
  extra_float_digits: '-15',
};

const setForDatabase = async (settings: Record<string, string>): Promise<void> => {
  const name = new URL(url).pathname.slice(1);
  await direct.execute(sql.raw(`alter database ${name} reset all`));
  for (const [setting, value] of Object.entries(settings))
    await direct.execute(sql.raw(`alter database ${name} set ${setting} = '${value}'`));
};

const AS_NEEDED = {
  synchronous_commit: 'on',
  bytea_output: 'hex',
  default_transaction_isolation: 'read committed',
  DateStyle: 'ISO, MDY',
  standard_conforming_strings: 'on',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
};

test('whatever is set for the database, a service and a command have the session that they need', async () => {
  await setForDatabase(HOSTILE);
  const service = await openDatabase(url, { max: 1 });
  const command = connect(await settledAddress(url), { max: 1, limits: null });
  try {
    for (const { db } of [service, command]) {
      const found = await db.execute<{ name: string; value: string }>(sql`
        select name, current_setting(name) as value from unnest(string_to_array(${Object.keys(HOSTILE).join(' ')}, ' ')) name`);
      expect(Object.fromEntries(found.map(({ name, value }) => [name, value]))).toEqual(AS_NEEDED);
    }
  } finally {
    await service.end();
    await command.end();
    await setForDatabase({});
  }
});

test('behind a pooler, what would lose or garble something refuses the start, and says what mends it', async () => {
  const start = () =>
    behind({ toClient: otherNumber }, async (address) => (await openDatabase(address, { max: 1 })).end());
  try {
    await setForDatabase(HOSTILE);
    const { message } = await start().then(
      () => expect.unreachable(),
      (error: Error) => error,
    );
    const needed = Object.entries(AS_NEEDED).slice(0, 5);
    for (const [name, value] of needed) {
      expect(message).toContain(`${name} = ${HOSTILE[name]}`);
      expect(message).toMatch(new RegExp(`alter role ikrar in database \\w+ set "?${name}"? = '${value}';`));
    }
    expect(message).not.toContain('TimeZone');

    // As it says.
    for (const line of message.split('\n')) if (line.startsWith('  ')) await direct.execute(sql.raw(line));
    await start();
    const name = new URL(url).pathname.slice(1);
    await direct.execute(sql.raw(`alter role ikrar in database ${name} reset all`));
    await setForDatabase({ synchronous_commit: 'remote_apply', TimeZone: 'Asia/Jakarta' });
    await start();
  } finally {
    await setForDatabase({});
  }
});
