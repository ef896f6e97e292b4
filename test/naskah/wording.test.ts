import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as leaves from '../../src/ledger/leaves.ts';
import { utf8 } from '../../src/lib/bytes.ts';
import { formatDigest, sha256 } from '../../src/lib/sha256.ts';
import { builtinWordings } from '../../src/naskah/builtin/all.ts';
import { checkWording, linesOf, tidyWording, UNSUR } from '../../src/naskah/wording.ts';
import * as wordings from '../../src/naskah/wordings.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';
import { found } from '../office/office.ts';

describe('our own wordings', () => {
  test('are one for each unsur and regime', () => {
    expect(builtinWordings.map((one) => one.id).sort()).toEqual([
      'asn-pemilu',
      'asn-pilkada',
      'kades-pemilu',
      'kades-pilkada',
      'lurah-camat-pemilu',
      'lurah-camat-pilkada',
      'polri-pemilu',
      'polri-pilkada',
      'tni-pemilu',
      'tni-pilkada',
    ]);
  });

  test.each(builtinWordings)('$id keeps the rules', ({ unsur, isi }) => {
    expect(checkWording(unsur, isi)).toEqual([]);
    expect(tidyWording(isi)).toBe(isi);
    const lines = linesOf(isi);
    expect(`${lines.map((line) => line.text).join('\n')}\n`).toBe(isi);
    expect(lines[0]!.kind).toBe('title');
    const points = lines.filter((line) => line.kind === 'point');
    expect(points.length).toBeGreaterThanOrEqual(4);
    expect(lines.filter((line) => line.kind === 'basis').length).toBeGreaterThan(0);
    expect(isi).toContain('bersedia menerima sanksi');
    expect(isi).toContain('tanpa paksaan');
    expect(isi).toContain('\nDasar hukum:\n- ');
  });

  test.each(['Polri', 'TNI'] as const)('%s is never told to vote', (unsur) => {
    for (const { isi } of builtinWordings.filter((one) => one.unsur === unsur)) {
      expect(isi).not.toMatch(/memilih|hak pilih|hak suara|mencoblos/i);
    }
    expect(checkWording(unsur, 'JUDUL\n\n1. Menggunakan hak pilih.\n')).toEqual(['wording-votes']);
    expect(checkWording('ASN', 'JUDUL\n\n1. Menggunakan hak pilih.\n')).toEqual([]);
  });
});

test.each([
  ['', ['wording-empty']],
  ['JUDUL\n\nisi', ['wording-line']],
  [' JUDUL\n\nisi\n', ['wording-line']],
  ['JUDUL\r\n\r\nisi\r\n', ['wording-letters', 'wording-line', 'wording-title']],
  ['JUDUL\n\nisi\u202e\n', ['wording-letters']],
  ['JUDUL\n\nisi\u200b\n', ['wording-letters']],
  ['JUDUL\n\nنص\n', ['wording-letters']],
  ['JUDUL\n\na\u0301\n', ['wording-letters']],
  ['JUDUL\nisi\n', ['wording-title']],
  ['JUDUL\n\nisi \n', ['wording-line']],
  [`JUDUL\n\n${'a'.repeat(13_000)}\n`, ['wording-too-long']],
  [`JUDUL\n\n${'a:\n'.repeat(299)}`, ['wording-too-long']],
])('%j', (isi, codes) => {
  expect(checkWording('ASN', isi)).toEqual(codes);
});

describe('kept', () => {
  test('seeding is idempotent; each version has its entry in the ledger', async () => {
    const house = await openHouse();
    await wordings.seed(house.db);
    const rows = await house.db.execute(sql`select 1 from naskah`);
    expect(rows.length).toBe(builtinWordings.length);
    for (const { id, isi } of builtinWordings) {
      const kept = (await wordings.byId(house.db, id, 1))!;
      expect(kept).toMatchObject({ id, versi: 1, isi, contoh: true, organizerId: null });
      expect(kept.sha256).toEqual(await sha256(utf8(isi)));
      const [row] = await house.db.execute<{ leaf_id: string }>(
        sql`select leaf_id from naskah where id = ${id} and versi = 1`,
      );
      const leaf = await leaves.byId(house.db, Number(row!.leaf_id));
      expect(leaf!.entry).toContain(`jenis naskah\nnaskah ${id}/1 ${formatDigest(kept.sha256)}\nwaktu `);
    }
  });

  test('an organiser’s own version is next in number, for itself alone, and never changes', async () => {
    const house = await openHouse();
    const here = await found(house, { nama: 'Kantor Sini' });
    const there = await found(house, { nama: 'Kantor Sana' });
    const own = { unsur: 'ASN', rezim: 'pilkada' } as const;
    const first = await wordings.add(house.db, actorOf(here), {
      ...own,
      typed: 'JUDUL\r\n\r\nKami netral. ',
    });
    expect(first).toEqual({ ok: true, id: 'asn-pilkada', versi: 2 });
    expect(await wordings.add(house.db, actorOf(here), { ...own, typed: 'JUDUL\n\nKami netral.' })).toEqual(
      first,
    );
    const other = await wordings.add(house.db, actorOf(there), {
      unsur: 'ASN',
      rezim: 'pilkada',
      typed: 'JUDUL\n\nKami netral.',
    });
    expect(other).toEqual({ ok: true, id: 'asn-pilkada', versi: 3 });
    expect(await wordings.forOrganizer(house.db, here.organizerId, 'asn-pilkada', 2)).toMatchObject({
      isi: 'JUDUL\n\nKami netral.\n',
    });
    expect(await wordings.forOrganizer(house.db, there.organizerId, 'asn-pilkada', 2)).toBeNull();
    const seen = await wordings.available(house.db, there.organizerId);
    expect(seen.filter((one) => one.id === 'asn-pilkada').map((one) => one.versi)).toEqual([3, 1]);
    for (const change of [sql`update naskah set isi = 'x'`, sql`delete from naskah`]) {
      await expect(house.db.execute(change)).rejects.toThrow();
    }
    expect(await wordings.add(house.db, actorOf(here), { ...own, typed: ' ' })).toEqual({
      ok: false,
      codes: ['wording-empty'],
    });
  });

  test('two who publish at once get two numbers', async () => {
    const house = await openHouse({ max: 10 });
    const by = actorOf(await found(house));
    const own = { unsur: 'kepala desa', rezim: 'umum' } as const;
    const added = await Promise.all(
      ['satu', 'dua', 'tiga'].map((word) =>
        wordings.add(house.db, by, { ...own, typed: `JUDUL\n\n${word}` }),
      ),
    );
    expect(added.map((one) => (one.ok ? one.versi : null)).sort()).toEqual([1, 2, 3]);
  });

  test('every unsur has words', () => {
    expect(new Set(builtinWordings.map((one) => one.unsur))).toEqual(new Set(UNSUR));
  });
});
