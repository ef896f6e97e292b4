import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_POLA,
  formatLocal,
  formatPola,
  isDay,
  parseLocal,
  parseNomor,
  parsePola,
  renderNomor,
  usualZona,
} from '../../src/kegiatan/event.ts';
import { readEvent } from '../../src/kegiatan/event-form.ts';
import { ZONES } from '../../src/lib/zone.ts';

describe('the pattern of numbers', () => {
  test('the usual one', () => {
    expect(renderNomor(DEFAULT_POLA, { urut: 17, tanggal: '2026-11-23' })).toBe('800/17/IKRAR/BKBP/XI/2026');
  });

  test.each([
    ['', 'pola-empty'],
    ['800/IKRAR', 'pola-urut'],
    ['{urut}/{urut}', 'pola-urut'],
    ['8{urut}', 'pola-urut'],
    ['{urut}{tahun}', 'pola-urut'],
    ['{urut}/{bln}', 'pola-placeholder'],
    ['{urut}/{', 'pola-letters'],
    ['{urut}/ ا', 'pola-letters'],
    ['{urut}\n', 'pola-letters'],
    [' {urut}', 'pola-letters'],
    [`{urut}/${'A'.repeat(80)}`, 'pola-long'],
  ])('%j is refused: %s', (pola, code) => {
    expect(parsePola(pola)).toEqual({ ok: false, code });
  });

  const date = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const piece = fc.constantFrom(
    '{bulan romawi}',
    '{bulan}',
    '{tahun}',
    '800',
    'IKRAR',
    '/',
    '-',
    '.',
    ' ',
    '(A)',
    '_',
  );
  const pola = fc
    .tuple(fc.array(piece, { maxLength: 5 }), fc.array(piece, { maxLength: 5 }))
    .map(([before, after]) => `${before.join('')}{urut}${after.join('')}`)
    .filter((text) => parsePola(text).ok);

  test('is printed again as it was read', () => {
    fc.assert(
      fc.property(pola, (text) => {
        const read = parsePola(text);
        expect(read.ok && formatPola(read.parts)).toBe(text);
      }),
    );
  });

  test('every number tells its place, and no two places share one', () => {
    fc.assert(
      fc.property(
        pola,
        date,
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 99_999 }),
        (text, tanggal, a, b) => {
          const nomor = renderNomor(text, { urut: a, tanggal });
          expect(nomor).not.toMatch(/[{}]/);
          expect(parseNomor(text, tanggal, nomor)).toBe(a);
          expect(nomor === renderNomor(text, { urut: b, tanggal })).toBe(a === b);
        },
      ),
    );
  });
});

describe('times', () => {
  test('a form’s time is read in its zone, and printed again', () => {
    expect(parseLocal('2026-11-23T09:30', 'WIB')).toEqual(new Date('2026-11-23T02:30:00Z'));
    expect(parseLocal('2026-11-23T09:30', 'WIT')).toEqual(new Date('2026-11-23T00:30:00Z'));
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-02'), max: new Date('2099-12-30'), noInvalidDate: true }),
        fc.constantFrom(...(Object.keys(ZONES) as (keyof typeof ZONES)[])),
        (at, zona) => {
          const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
          expect(parseLocal(formatLocal(minute, zona), zona)).toEqual(minute);
        },
      ),
    );
  });

  test.each(['2026-02-30', '2026-13-01', '26-01-01', '', '2026-11-23x'])('%j is no day', (text) => {
    expect(isDay(text)).toBe(false);
  });

  test('provinces keep their zone', () => {
    expect([usualZona('62.01'), usualZona('51'), usualZona('94.01')]).toEqual(['WIB', 'WITA', 'WIT']);
  });
});

describe('a form', () => {
  const good = {
    judul: '  Deklarasi  Netralitas ',
    rezim: 'pilkada',
    tempat: 'Aula',
    tanggal: '2026-11-23',
    zona: 'WIB',
    batas: '2026-11-30T16:00',
    nomorPola: DEFAULT_POLA,
  };

  test('is read', () => {
    expect(readEvent(good)).toMatchObject({
      ok: true,
      fields: { judul: 'Deklarasi Netralitas', batas: new Date('2026-11-30T09:00:00Z') },
    });
  });

  test('names every fault at once', () => {
    const bad = { judul: '', rezim: 'x', tempat: '字', tanggal: '', zona: '', batas: '', nomorPola: '800' };
    const read = readEvent(bad);
    expect(!read.ok && read.complaints.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'batas batas-unknown',
      'judul judul-empty',
      'nomorPola pola-urut',
      'rezim rezim-unknown',
      'tanggal tanggal-unknown',
      'tempat letters',
      'zona zona-unknown',
    ]);
  });

  test('a deadline before the day of the event is refused', () => {
    expect(readEvent({ ...good, batas: '2026-11-22T16:00' })).toMatchObject({
      ok: false,
      complaints: [{ field: 'batas', code: 'batas-early' }],
    });
  });
});
