/** A first start says so, with folder and key: an empty folder may be a disk that isn't mounted. The second says nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, inject, test } from 'vitest';
import { openDoor } from '../faults/door.ts';

const ORIGIN = 'https://ikrar.test';
const data = await mkdtemp(join(tmpdir(), 'ikrar-greet-'));
const admin = postgres(`${inject('postgres')}/postgres`, { max: 1, onnotice: () => {} });
const names = ['a', 'b'].map((letter) => `t_greet_${letter}_${crypto.randomUUID().replaceAll('-', '')}`);
for (const name of names)
  await admin.unsafe(`create database ${name} template template_ikrar strategy file_copy`);
afterAll(async () => {
  for (const name of names) await admin.unsafe(`drop database ${name} with (force)`);
  await admin.end();
  await rm(data, { recursive: true });
});

test('a new ledger is told of at its first start alone, and none is begun with an old key', async () => {
  const told = async (name: string | undefined) => {
    const door = await openDoor({ data, url: `${inject('postgres')}/${name}`, origin: ORIGIN });
    const key = (await (await fetch(`${door.address}/catatan/kunci`)).text()).trim();
    await door.stop();
    return { said: door.said(), key };
  };
  const first = await told(names[0]);
  expect(first.said).toContain(
    `PEMASANGAN BARU dibuat di ${data}, dengan kunci catatan baru: ${first.key}\nBila ini bukan mulai yang pertama, hentikan sekarang juga`,
  );
  expect((await told(names[0])).said).not.toContain('BARU');
  // Database and copy are gone together, the keys are there.
  await rm(join(data, 'checkpoint'));
  const refused = await told(names[1]).catch((error: unknown) => String(error));
  expect(refused).toContain(
    `Kunci catatan sudah ada di ${join(data, 'keys')}, tetapi basis data dan salinan luar kosong.`,
  );
  expect(refused).toContain('catatan baru harus berkunci baru.');
  // A first start that failed after the keys were made can be repeated.
  await rm(join(data, 'keys'), { recursive: true });
  const lost = await openDoor({
    data,
    url: `${inject('postgres')}/${names[1]}`,
    origin: ORIGIN,
    more: { IKRAR_SEAL_KEY: join(data, 'tidak-ada'), IKRAR_SEAL_CERT: join(data, 'tidak-ada') },
  }).catch((error: unknown) => String(error));
  expect(lost).toContain('tidak-ada tidak ada.');
  await told(names[1]);
  // A start that was killed before it published anything goes on.
  await rm(join(data, 'checkpoint'));
  const inside = postgres(`${inject('postgres')}/${names[1]}`, { max: 1, onnotice: () => {} });
  await inside`delete from checkpoint`;
  await inside.end();
  expect((await told(names[1])).said).toContain('PEMASANGAN BARU');
});
