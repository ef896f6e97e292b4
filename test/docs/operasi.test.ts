/** What docs/operasi.md says to type: its queries run, its programs and options exist, the log's references lead somewhere. */
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { strangeKeySentence } from '../../src/keys/strange-key.ts';
import * as checkpoints from '../../src/ledger/checkpoints.ts';
import { Halt, haltSentence } from '../../src/ledger/halt.ts';
import { formatAddCheckpoint } from '../../src/ledger/witness.ts';
import { KEY_SECTIONS } from '../../src/node/keys.ts';
import { alarmMessages } from '../../src/pages/halt-messages.ts';
import { hasSigned, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';

const page = await readFile('docs/operasi.md', 'utf8');
const heads = [...page.matchAll(/^##+ (.*)$/gm)].map(([, head]) => head!);

test('its queries answer what it says', async () => {
  const { db, services } = await openHouse();
  const cast = await openCast(db);
  await hasSigned(services, cast.siti);
  await services.publish();
  const { row } = await hasSigned(services, cast.budi);
  const queries = [...page.matchAll(/-Atc "([^"]+)"/g)].map(([, query]) => query!);
  expect(queries).toHaveLength(3);
  const [size, uncovered, published] = await Promise.all(queries.map((query) => db.execute(sql.raw(query))));
  const current = await checkpoints.current(db);
  expect(size).toMatchObject([{ size: String(current!.size) }]);
  expect(uncovered).toMatchObject([{ kode: row.kode }]);
  expect(published).toMatchObject([{ max: String(current!.size) }]);
});

test('every place that it, the log or the readme points to is there', async () => {
  for (const code of [
    'ledger-forked',
    'ledger-key-changed',
    'copy-missing',
    'copy-damaged',
    'witness-ahead',
    'witness-differs',
    'key-of-another',
  ] as const) {
    expect(heads).toContain(code);
    // That one is told by its key's own sentence.
    const detail = strangeKeySentence('secret', 'keys/secret');
    const told = haltSentence(new Halt(code, detail, { outside: 2, database: 1 }));
    expect(told).toContain(`docs/operasi.md, bagian ${code}.`);
  }
  for (const file of ['src/node/keys.ts', 'src/node/greet.ts', 'src/node/adopt-copy.ts']) {
    const source = await readFile(file, 'utf8');
    for (const [, head] of source.matchAll(/docs\/operasi\.md, bagian ([\w -]+)\./g))
      expect(heads).toContain(head);
  }
  for (const section of Object.values(KEY_SECTIONS)) expect(heads).toContain(section);
  for (const code of Object.keys(alarmMessages)) expect(heads).toContain(code);
  const anchors = heads.map((head) => head.toLowerCase().replaceAll(' ', '-'));
  for (const [, anchor] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
  expect(await readFile('README.md', 'utf8')).toContain('docs/operasi.md');
});

test('its programs and their options exist', async () => {
  const build = await readFile('build.ts', 'utf8');
  for (const [, program] of page.matchAll(/node dist\/([\w.-]+)/g)) {
    const name = program!.replace(/\.m?js$/, '');
    expect(build.includes(name), program).toBe(true);
  }
  const ledger = await readFile('src/node/ledger-command.ts', 'utf8');
  const verify = await readFile('src/node/verify-command.ts', 'utf8');
  for (const [, program, options] of page.matchAll(/node dist\/(ledger\.js|periksa\.mjs)(.*)$/gm)) {
    const source = program === 'ledger.js' ? ledger : verify;
    for (const [option] of options!.matchAll(/--[a-z]+/g)) expect(source).toContain(option);
  }
});

test('each command has at the head of the page what it needs', async () => {
  const exported = [...page.matchAll(/^export (\w+)=/gm)].map(([, name]) => name);
  expect(exported).toEqual(expect.arrayContaining(['IKRAR_DATA', 'DATABASE_URL', 'IKRAR_ORIGIN']));
  expect(page).toMatch(/^curl .*catatan\/kunci.* -o kunci-catatan$/m);
  // What a witness is asked by hand is what it reads.
  expect(page).toContain("{ printf 'old 0\\n\\n'; curl");
  expect(formatAddCheckpoint({ older: 0, hashes: [], checkpoint: 'x\n' })).toBe('old 0\n\nx\n');
});
