/** A pasted code is understood in any dress. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTyped, parseInvitation } from '../../src/invitation/token.ts';
import { checkSymbol } from '../../src/lib/check-symbol.ts';
import { undressed } from '../../src/lib/pasted.ts';
import { addressOf, leadOf } from '../../src/statement/address.ts';
import { formatCode, newCode } from '../../src/statement/code.ts';

const CODE = newCode();
const SHOWN = formatCode(CODE);
const leadsTo = (text: string): string => {
  const lead = leadOf(text, 'ikrar.example');
  return lead.kind === 'pledge' ? addressOf(lead.name) : JSON.stringify(lead);
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

test('what is no code is told so', () => {
  expect(leadOf('**', 'ikrar.example')).toEqual({ kind: 'empty' });
  expect(leadOf('https://lain.example/p/7K3F-9QXM-2DA7', 'ikrar.example')).toEqual({
    kind: 'foreign',
    host: 'lain.example',
  });
  expect(leadOf('siti wulandari', 'ikrar.example').kind).toBe('mistyped');
  expect(undressed('x'.repeat(1e6)).length).toBeLessThanOrEqual(2000);
});
