/** A pasted code is understood in any dress. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTyped, parseInvitation } from '../../src/invitation/token.ts';
import { checkSymbol } from '../../src/lib/check-symbol.ts';
import { undressed } from '../../src/lib/pasted.ts';
import { leadOf, pledgeAddress } from '../../src/statement/address.ts';
import { formatCode, newCode } from '../../src/statement/code.ts';

const CODE = newCode();
const SHOWN = formatCode(CODE);
const leadsTo = (text: string): string => {
  const lead = leadOf(text, 'ikrar.example');
  return lead.kind === 'pledge' ? pledgeAddress(lead.name) : JSON.stringify(lead);
};

test.each([
  `*${SHOWN}*`,
  `${SHOWN}.`,
  `(${SHOWN})`,
  `[${SHOWN}],`,
  `"${SHOWN}"`,
  `“${SHOWN}”`,
  `\u200b${SHOWN}\ufeff`,
  `\u00a0${SHOWN.replaceAll('-', '\u00a0')}\u00a0`,
  SHOWN.replaceAll('-', '\u2011'),
  SHOWN.replaceAll('-', ' – '),
  SHOWN.toLowerCase(),
  SHOWN.replaceAll('0', 'O').replaceAll('1', 'l'),
  `Kode: ${SHOWN}`,
  `kode ikrar = *${SHOWN}*.`,
  `KODE ${SHOWN}`,
  `Kode saya ${SHOWN}, mohon diperiksa`,
  `https://ikrar.example/p/${SHOWN}`,
  `ikrar.example/p/${SHOWN}.`,
  `<https://ikrar.example/p/${SHOWN}>`,
  `Lihat (https://ikrar.example/p/${SHOWN}?banding=ya).`,
  `http://IKRAR.example/P/${SHOWN}`,
  `https://ikrar.example/p/${SHOWN}.pdf`,
  `[20.11, 26/11/2026] Budi: ${SHOWN}`,
  `26/11/26, 20.11 - Budi: Kode ${SHOWN}`,
  `[26/11/2026 20.11.05] Budi: https://ikrar.example/p/${SHOWN}`,
  `/p/${SHOWN}`,
  `p/${SHOWN.toLowerCase()}`,
  `Peta https://peta.example/x lalu https://ikrar.example/p/${SHOWN}`,
  [...SHOWN]
    .map((sign) => (/[0-9A-Z]/.test(sign) ? String.fromCodePoint(sign.codePointAt(0)! + 0xfee0) : sign))
    .join(''),
  // As our own paper prints it, in two lines; its footer; and whatever else stands beside a code.
  `http://ikrar.example/p/ ${SHOWN}`,
  `Alamat http://ikrar.example/p/\n${SHOWN}`,
  `Kode ${SHOWN} Alamat http://ikrar.example/p/ ${SHOWN}`,
  `Periksa keasliannya: pindai QR, atau buka ikrar.example/periksa dan masukkan kode ${SHOWN}. Pastikan alamatnya.`,
  `Kode ikrar ${SHOWN}, situs http://ikrar.example`,
  `${SHOWN} (cek di ikrar.example/periksa)`,
  `http://ikrar.example/periksa?kode=${SHOWN}`,
  `http://ikrar.example/periksa?kode=${CODE}&x=1`,
  `http://ikrar.example/daftar?cari=${SHOWN}`,
  `${SHOWN} https://www.kotawaringinbaratkab.go.id/`,
  `https://www.kotawaringinbaratkab.go.id/berita/2026/11 Kode: ${SHOWN}`,
  // Without hyphens, with other marks, as programs write it, in another script's digits.
  `Ini kode saya: ${CODE} terima kasih`,
  `kode saya ${SHOWN.replaceAll('-', ' ')} ya`,
  `Kode saya ${SHOWN.replaceAll('-', '.')}.`,
  SHOWN.replaceAll('-', '.'),
  SHOWN.replaceAll('-', '/'),
  `ini ${SHOWN.replaceAll('-', '/')} ya`,
  SHOWN.replaceAll('-', '_'),
  `_${SHOWN.replaceAll('-', '_')}_`,
  SHOWN.replaceAll('-', '%2D'),
  encodeURIComponent(`http://ikrar.example/p/${SHOWN}`),
  `http://ikrar.example/p/${SHOWN.replaceAll('-', '%2D')}`,
  SHOWN.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  SHOWN.replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit))),
  `*${SHOWN.replaceAll('-', '* - *')}*`,
])('%j is the code', (text) => {
  expect(leadsTo(text)).toBe(`/p/${SHOWN}`);
});

test('whatever stands around it', () => {
  const around = fc.string({
    unit: fc.constantFrom(...' *_~."“”‘’()[]{}<>,;:!?|•\u200b\u200e\u2060\u00a0\ufeff\n\t'),
    maxLength: 8,
  });
  fc.assert(
    fc.property(around, around, fc.boolean(), (before, after, small) => {
      const code = newCode();
      const shown = formatCode(code);
      expect(leadsTo(before + (small ? shown.toLowerCase() : shown) + after)).toBe(`/p/${shown}`);
    }),
  );
});

test('a card’s code and its link', () => {
  const symbols = '0123456789ABCDE';
  const code = symbols + checkSymbol(symbols);
  const token = 'QQX4AZZ4S34KCQKT0PTZZ9H6RG';
  for (const text of [
    `*${formatTyped(code)}*`,
    `Kode kartu: ${formatTyped(code)}.`,
    `\u200b${code.toLowerCase()}`,
  ])
    expect(parseInvitation(text), text).toEqual({ ok: true, symbols: code });
  for (const text of [`https://ikrar.example/u#${token}`, `<https://ikrar.example/u#${token}>.`])
    expect(parseInvitation(text), text).toEqual({ ok: true, symbols: token });
});

const TYPED = `0123456789ABCDE${checkSymbol('0123456789ABCDE')}`;
const TOKEN = 'QQX4AZZ4S34KCQKT0PTZZ9H6RG';
const inFours = (by: string): string => TOKEN.replace(/.{4}(?=.)/g, `$&${by}`);

test.each([
  `Yth. Bapak, buka http://ikrar.example/u#${TOKEN} lalu tanda tangani.`,
  `kode saya ${TOKEN} ya`,
  `[26/11 10.15] Rina: ${TOKEN}`,
  `Siti Contoh: ${TOKEN}`,
  `http://ikrar.example/u%23${TOKEN}`,
  `http://ikrar.example/u#${TOKEN}&x=1`,
  `http://ikrar.example/u#${TOKEN.toLowerCase()}.`,
  ...['.', '_', '-', ' ', ' - '].map(inFours),
  `ini kodenya ${inFours('.')} ya`,
])('%j is the token', (text) => {
  expect(parseInvitation(text)).toEqual({ ok: true, symbols: TOKEN });
});

test.each([
  `Yth. Ibu Siti, kode kartu Ibu ${formatTyped(TYPED)}. Terima kasih.`,
  `Siti Contoh: ${TYPED}`,
  `kode saya ${formatTyped(TYPED).replaceAll('-', ' ')} ya`,
  formatTyped(TYPED).replaceAll('-', '.'),
  `http://ikrar.example/u#${formatTyped(TYPED)}`,
  `http://ikrar.example/u kodenya ${formatTyped(TYPED)}`,
])('%j is the code of a card', (text) => {
  expect(parseInvitation(text)).toEqual({ ok: true, symbols: TYPED });
});

test('a mistake in a code is told, whatever stands around it', () => {
  const wrong = `${SHOWN.slice(0, -1)}${SHOWN.endsWith('7') ? '8' : '7'}`;
  expect(leadOf(`Kode ikrar ${wrong}, situs http://ikrar.example`, 'ikrar.example')).toEqual({
    kind: 'mistyped',
    code: 'code-check',
  });
  const card = formatTyped(TYPED).replace(/^0/, '1');
  expect(parseInvitation(`kode saya ${card} ya`)).toEqual({ ok: false, code: 'typed-check' });
});

test('the word before a code is no part of it', () => {
  // KODE with the first three groups has the right check symbol too.
  for (const wrong of ['160B-FYEN-88YF-5ARS', '060B-FYEN-88YF-5ARS'])
    for (const text of [
      `kode: ${wrong}`,
      `kode ${wrong.replaceAll('-', ' ')}`,
      `ketik kode ${wrong.replaceAll('-', '.')}`,
    ])
      expect(parseInvitation(text).ok, text).toBe(false);
});

test('what only holds a code somewhere is none', () => {
  const shown = formatTyped(TYPED);
  for (const text of [
    `${SHOWN}-AAAA`,
    `550e84-${SHOWN}-446655440000`,
    'Siti Wulandari dari Desa Sungai Cabang, 0812 3456 7890',
    '198001012005011001',
  ])
    expect(leadOf(text, 'ikrar.example').kind, text).toBe('mistyped');
  expect(leadOf(shown, 'ikrar.example').kind).toBe('mistyped');
  // Another site's page of a pledge is another site's, whatever it is called.
  expect(
    leadOf(`https://lain.example/?u=http%3A%2F%2Fikrar.example%2Fp%2F${SHOWN}`, 'ikrar.example').kind,
  ).toBe('foreign');
});

test('what is no code is told so', () => {
  expect(leadOf('**', 'ikrar.example')).toEqual({ kind: 'empty' });
  expect(leadOf('https://lain.example/p/7K3F-9QXM-2DA7', 'ikrar.example')).toEqual({
    kind: 'foreign',
    host: 'lain.example',
  });
  expect(leadOf('siti wulandari', 'ikrar.example').kind).toBe('mistyped');
  expect(undressed('x'.repeat(1e6)).length).toBeLessThanOrEqual(2000);
});
