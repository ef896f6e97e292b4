import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { exampleName } from '../demo/names.ts';
import { type Demo, demoLines, seed } from '../demo/seed.ts';
import * as people from '../src/roster/people.ts';
import { signature } from '../src/schema.ts';
import { openDoor } from './faults/door.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const { db, services } = house;
let demo: Demo;

const signed = () => db.$count(signature, eq(signature.kegiatanId, demo.kegiatanId));
const ledgerSize = async () =>
  Number((await db.execute<{ size: string }>(sql`select size from tree`))[0]!.size);

test('94 offices from the code table, each name marked as an example, 37 pledges in the ledger', async () => {
  demo = await seed(services);
  const list = await people.all(db, demo.kegiatanId);
  expect(list).toHaveLength(94);
  expect(list.filter(({ unsur }) => unsur === 'kepala desa')).toHaveLength(81);
  expect(list.filter(({ unsur }) => unsur === 'lurah/camat')).toHaveLength(13);
  expect(list.every(({ nama }) => nama.startsWith('Contoh '))).toBe(true);
  expect(new Set(list.map(({ nama }) => nama)).size).toBe(94);
  expect(await signed()).toBe(37);
  const [waiting] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from leaf where log_index is null`,
  );
  expect(waiting!.n).toBe(0);
});

test('seeded again, also by two at once, nothing changes', async () => {
  const size = await ledgerSize();
  expect(await Promise.all([seed(services), seed(services)])).toEqual([demo, demo]);
  expect(await signed()).toBe(37);
  expect(await ledgerSize()).toBe(size);
});

test('the four lines open what they say', async () => {
  const lines = await demoLines(services, demo, db);
  expect(lines.map((line) => line.split(': ')[0])).toEqual([
    'Tautan untuk menandatangani',
    'Tautan ke kantor',
    'Daftar publik',
    'Contoh yang sudah ditandatangani',
  ]);
  const [link, office, list, example] = lines.map((line) => line.slice(line.indexOf(': ') + 2));
  expect(link).toMatch(/^http:\/\/localhost:8080\/u#[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(office).toMatch(/^http:\/\/localhost:8080\/kantor\/masuk#[\w-]+$/);
  expect((await house.request(new URL(list!).pathname)).status).toBe(200);
  const page = await house.request(new URL(example!).pathname);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Contoh ');
});

test('names: the same for the same number, some with titles', () => {
  expect(exampleName(7)).toEqual(exampleName(7));
  expect(new Set(Array.from({ length: 94 }, (_, n) => exampleName(n).gelarDepan)).size).toBeGreaterThan(2);
});

describe('as a user starts it', () => {
  const folders: string[] = [];
  const databases: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    const admin = postgres(`${inject('postgres')}/postgres`, { max: 1, onnotice: () => {} });
    for (const name of databases) await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  const dataFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'ikrar-demo-'));
    folders.push(folder);
    return folder;
  };

  const origin = 'http://localhost:8080';
  /** What it says, and whether its link into the office opens. */
  async function start(data: string, url: string, more: Record<string, string> = {}) {
    const door = await openDoor({ data, url, origin, program: 'demo', more });
    try {
      const said = door.said();
      const token = /^Tautan ke kantor: \S+\/kantor\/masuk#([\w-]+)$/m.exec(said)?.[1];
      const opened = await fetch(`${door.address}/kantor/masuk/tautan`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ token: token ?? '' }),
      });
      return { said, opens: opened.ok };
    } finally {
      await door.stop();
    }
  }

  test('without any setting, and again', async () => {
    const data = await dataFolder();
    const none = { DATABASE_URL: '', DATABASE_OWNER_URL: '' };
    expect(await start(data, '', none)).toMatchObject({ opens: true });
    expect(await start(data, '', none)).toMatchObject({ opens: true });
  });

  test('on another PostgreSQL: with both roles, as the owner, and as the service alone, which names the command', async () => {
    const name = `t_demo_${crypto.randomUUID().replaceAll('-', '')}`;
    databases.push(name);
    const admin = postgres(`${inject('postgres')}/postgres`, { max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${name} template template_ikrar strategy file_copy`);
    await admin.end();
    const [data, url] = [await dataFolder(), `${inject('postgres')}/${name}`];
    expect(await start(data, url)).toMatchObject({ opens: true });
    expect(await start(data, url, { DATABASE_URL: url, DATABASE_OWNER_URL: '' })).toMatchObject({
      opens: true,
    });
    const alone = await start(data, url, { DATABASE_OWNER_URL: '' });
    expect(alone.opens).toBe(false);
    expect(alone.said).toMatch(
      /^Tautan ke kantor: isi DATABASE_OWNER_URL, lalu npm run office -- invite \w+ "Nama Anda"$/m,
    );
  });
});
