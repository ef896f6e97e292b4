import { expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { formatPrompt, type Prompt, type Purpose, parsePrompt } from '../../src/passkey/prompt.ts';
import { parseStatement } from '../../src/statement/statement.ts';
import { parseWithdrawal } from '../../src/withdrawal/withdrawal.ts';

const plain = {
  situs: 'https://ikrar.example',
  terbit: '2026-11-24T01:30:00Z',
  acak: base64url(Uint8Array.from({ length: 32 }, (_, at) => at)),
};
const named = { ...plain, nama: 'Rina Contoh' };
const texts: Record<Purpose, string> = {
  masuk: formatPrompt('masuk', plain),
  pengenalan: formatPrompt('pengenalan', plain),
  'kunci-penanda-tangan': formatPrompt('kunci-penanda-tangan', named),
  'kunci-petugas': formatPrompt('kunci-petugas', named),
};
const purposes = Object.keys(texts) as Purpose[];

test('what is formatted is parsed, for its own purpose alone', () => {
  expect(texts.masuk).toBe(
    `ikrar/masuk@v1\nsitus https://ikrar.example\nterbit 2026-11-24T01:30:00Z\nacak ${plain.acak}\n`,
  );
  expect(parsePrompt('masuk', texts.masuk)).toEqual(plain);
  expect(parsePrompt('kunci-petugas', texts['kunci-petugas'])).toEqual(named);
  for (const mine of purposes) {
    for (const other of purposes) {
      const read = () => parsePrompt(other, texts[mine]);
      if (mine === other) expect(read).not.toThrow();
      else expect(read, `${mine} as ${other}`).toThrow('prompt-malformed');
    }
    expect(() => parseStatement(texts[mine])).toThrow('statement-header');
    expect(() => parseWithdrawal(texts[mine])).toThrow('withdrawal-malformed');
  }
});

const text = texts['kunci-petugas'];
test.for<[string, string]>([
  ['nothing', ''],
  ['no LF at its end', text.slice(0, -1)],
  ['a line more', `${text}alasan x\n`],
  ['a line twice', text.replace('terbit ', 'terbit 2026-11-24T01:30:00Z\nterbit ')],
  ['a line less', text.replace(/nama .*\n/, '')],
  ['another order', text.replace(/(situs .*\n)(nama .*\n)/, '$2$1')],
  ['another version', text.replace('@v1', '@v2')],
  ['CR LF', text.replaceAll('\n', '\r\n')],
  ['a BOM', `\ufeff${text}`],
  ['a site with a path', text.replace('.example\n', '.example/\n')],
  ['a site in capitals', text.replace('https://ikrar', 'https://IKRAR')],
  ['a site with a user', text.replace('https://', 'https://a@')],
  ['a site of another scheme', text.replace('https:', 'ftp:')],
  ['no site', text.replace('https://ikrar.example', 'ikrar.example')],
  ['a day that no calendar has', text.replace('11-24', '11-31')],
  ['another zone', text.replace(':00Z', ':00+07:00')],
  ['31 random bytes', text.replace(plain.acak, plain.acak.slice(0, 42))],
  ['stray bits', text.replace(plain.acak, `${plain.acak.slice(0, 42)}9`)],
  ['two spaces', text.replace('Rina ', 'Rina  ')],
  ['a space at the end', text.replace('Contoh\n', 'Contoh \n')],
  ['a hidden character', text.replace('Rina', 'Ri\u200bna')],
  ['a turned name', text.replace('Rina', '\u202eaniR')],
  ['a name not in NFC', text.replace('Rina', 'Re\u0301na')],
  ['too much', text.replace('Rina', 'R'.repeat(2100))],
])('%s is refused', ([, bent]) => {
  expect(bent).not.toBe(text);
  expect(() => parsePrompt('kunci-petugas', bent)).toThrow('prompt-malformed');
});

test('a site may be one without encryption: where it is tried', () => {
  const local = { ...plain, situs: 'http://localhost:8080' };
  expect(parsePrompt('masuk', formatPrompt('masuk', local))).toEqual(local);
});

test('a text of 2048 bytes is the longest, also when it is printed', () => {
  const room = 2048 - new TextEncoder().encode(text).length + named.nama.length;
  // Two bytes a letter, so that letters are not what is counted.
  const nama = `${'é'.repeat(Math.floor(room / 2))}${'a'.repeat(room % 2)}`;
  const longest = formatPrompt('kunci-petugas', { ...named, nama });
  expect(parsePrompt('kunci-petugas', longest).nama).toBe(nama);
  expect(() => formatPrompt('kunci-petugas', { ...named, nama: `${nama}a` })).toThrow(TypeError);
  expect(() => parsePrompt('kunci-petugas', longest.replace('é', 'éa'))).toThrow('prompt-malformed');
});

test('what could not be read again is not printed', () => {
  const bent: [Purpose, object][] = [
    ['masuk', named],
    ['kunci-petugas', plain],
    ['kunci-petugas', { ...named, nama: '' }],
    ['kunci-petugas', { ...named, nama: 'a\nterbit b' }],
    ['masuk', { ...plain, situs: 'https://ikrar.example/' }],
    ['masuk', { ...plain, terbit: 'kemarin' }],
    ['masuk', { ...plain, acak: '' }],
  ];
  for (const [purpose, prompt] of bent) {
    expect(() => formatPrompt(purpose, prompt as Prompt<typeof purpose>)).toThrow(TypeError);
  }
});
