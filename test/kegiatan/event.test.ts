import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_POLA, formatPola, parseNomor, parsePola, renderNomor } from '../../src/kegiatan/event.ts';
import { readEvent } from '../../src/kegiatan/event-draft.ts';

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

describe('a form', () => {
  const good = {
    judul: '  Deklarasi  Netralitas ',
    rezim: 'pilkada',
    tempat: 'Aula',
    tanggal: '2026-11-23',
    zona: 'WIB',
    batas: '2026-11-30T16:00',
    nomorPola: DEFAULT_POLA,
    kontakNama: '',
    kontakNomor: '',
  };

  test('is read', () => {
    expect(readEvent(good)).toMatchObject({
      ok: true,
      fields: { judul: 'Deklarasi Netralitas', batas: new Date('2026-11-30T09:00:00Z') },
    });
  });

  test('names every fault at once', () => {
    const bad = {
      judul: '',
      rezim: 'x',
      tempat: '字',
      tanggal: '',
      zona: '',
      batas: '',
      nomorPola: '800',
      kontakNama: '字'.repeat(61),
      kontakNomor: '12345',
    };
    const read = readEvent(bad);
    expect(!read.ok && read.complaints.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'batas batas-empty',
      'judul judul-empty',
      'kontakNama kontak-long',
      'kontakNama letters',
      'kontakNomor kontak-number',
      'nomorPola pola-urut',
      'rezim rezim-unknown',
      'tanggal tanggal-empty',
      'tempat letters',
      'zona zona-unknown',
    ]);
  });

  test('whom to ask: a name with a number, a number alone, or nobody; never a name alone', () => {
    const asked = (kontakNama: string, kontakNomor: string) => {
      const read = readEvent({ ...good, kontakNama, kontakNomor });
      return read.ok ? [read.fields.kontakNama, read.fields.kontakNomor] : read.complaints;
    };
    expect(asked(' Rina  Contoh ', '0812-3456 7890')).toEqual(['Rina Contoh', '+6281234567890']);
    expect(asked('', '62 812 3456 7890')).toEqual(['', '+6281234567890']);
    expect(asked('', ' ')).toEqual(['', '']);
    expect(asked('Rina Contoh', '')).toEqual([{ field: 'kontakNomor', code: 'kontak-unreachable' }]);
    expect(asked('Rina Contoh', 'kantor')).toEqual([{ field: 'kontakNomor', code: 'kontak-number' }]);
  });

  test('a deadline before the day of the event is refused', () => {
    expect(readEvent({ ...good, batas: '2026-11-22T16:00' })).toMatchObject({
      ok: false,
      complaints: [{ field: 'batas', code: 'batas-early' }],
    });
  });
});
