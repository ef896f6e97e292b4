import { expect, test } from 'vitest';
import { configOf, parseSettings, SettingsError } from '../src/config.ts';

test('nothing set: this machine', () => {
  expect(parseSettings({ PORT: '' })).toEqual({
    host: '127.0.0.1',
    port: 8080,
    data: 'data',
    databaseUrl: null,
    databaseOwnerUrl: null,
    seal: null,
    timeAuthorities: [],
    config: configOf('http://localhost:8080'),
  });
});

test('the address follows the port until it is set', () => {
  expect(parseSettings({ PORT: '9090' }).config.origin).toBe('http://localhost:9090');
  expect(parseSettings({ PORT: '9090', IKRAR_ORIGIN: 'https://ikrar.example/' }).config).toEqual({
    origin: 'https://ikrar.example',
    rpId: 'ikrar.example',
    ledgerOrigin: 'ikrar.example/catatan',
    cosignedReceipts: false,
  });
});

test('a receipt waits for a witness where that is set, and there is one', () => {
  const parse = (typed: string, witnesses = 'saksi') =>
    parseSettings({ IKRAR_COSIGNED_RECEIPTS: typed, IKRAR_WITNESSES: witnesses }).config.cosignedReceipts;
  expect([parse('ya'), parse('tidak'), parse('')]).toEqual([true, false, false]);
  expect(() => parse('yes')).toThrow('IKRAR_COSIGNED_RECEIPTS "yes" harus ya atau tidak.');
  expect(() => parse('ya', ' ')).toThrow('IKRAR_COSIGNED_RECEIPTS ya memerlukan saksi: isi IKRAR_WITNESSES.');
});

test('several servers are one address, each of which must be right', () => {
  const parse = (DATABASE_URL: string) => parseSettings({ DATABASE_URL }).databaseUrl;
  const both = 'postgres://ikrar:rahasia@satu:5432,dua/ikrar';
  expect(parse(both)).toBe(both);
  expect(() => parse('postgres://ikrar:rahasia@satu,/ikrar')).toThrow(
    /DATABASE_URL "postgres:\/\/ikrar:…@satu,/,
  );
});

test('one error names all that is wrong, with its value and without a password', () => {
  const parse = () =>
    parseSettings({
      PORT: '80a',
      DATABASE_URL: 'mysql://ikrar:rahasia@db/ikrar',
      IKRAR_ORIGIN: 'http://ikrar.example',
    });
  expect(parse).toThrow(SettingsError);
  expect(parse).toThrow(/PORT "80a"/);
  expect(parse).toThrow(/DATABASE_URL "mysql:\/\/ikrar:…@db\/ikrar"/);
  expect(parse).toThrow(/IKRAR_ORIGIN "http:\/\/ikrar\.example" harus https/);
  expect(parse).not.toThrow(/rahasia/);
});

test.each([
  ['postgres://ikrar:rahasia/@db/ikrar'],
  ['postgres://ikrar:raha@sia#:@db'],
  ['mysql://u:rahasia:2@db/x'],
])('a password is not shown where its own letters broke the address: %s', (DATABASE_URL) => {
  const parse = () => parseSettings({ DATABASE_URL });
  expect(parse).toThrow(/DATABASE_URL "\w+:\/\/\w+:…@db/);
  expect(parse).not.toThrow(/raha|sia/);
});

test('a folder that its keeper refuses is one of them', () => {
  const parse = () => parseSettings({ PORT: 'x', IKRAR_DATA: '/proc/x' }, () => 'tidak bisa.');
  expect(parse).toThrow(/PORT "x"[\s\S]*IKRAR_DATA "\/proc\/x" tidak bisa\./);
});

test.each([['0'], ['65536'], ['-1'], ['8080 '.repeat(2)], ['1e3']])('no port: %s', (PORT) => {
  expect(() => parseSettings({ PORT })).toThrow(/PORT/);
});

test.each([
  ['ikrar.example'],
  ['https://ikrar.example/jalur'],
  ['https://192.0.2.1'],
  ['https://[2001:db8::1]'],
  ['ftp://ikrar.example'],
  ['https://nama:sandi@ikrar.example'],
])('no address for passkeys: %s', (IKRAR_ORIGIN) => {
  expect(() => parseSettings({ IKRAR_ORIGIN })).toThrow(/IKRAR_ORIGIN/);
});

test('the own key of the seal comes with its certificate', () => {
  const own = { IKRAR_SEAL_KEY: 'segel.key', IKRAR_SEAL_CERT: 'segel.crt' };
  expect(parseSettings(own).seal).toEqual({ key: 'segel.key', certificate: 'segel.crt' });
  expect(() => parseSettings({ ...own, IKRAR_SEAL_CERT: '' })).toThrow(/IKRAR_SEAL_KEY dan IKRAR_SEAL_CERT/);
});

test('time-stamping authorities are addresses, each wrong one is named', () => {
  const tsa = (value: string) => parseSettings({ IKRAR_TSA: value }).timeAuthorities;
  expect(tsa(' https://waktu.example/tsa,http://lain.example ')).toEqual([
    'https://waktu.example/tsa',
    'http://lain.example',
  ]);
  expect(() => tsa('https://waktu.example ftp://a.example bukan')).toThrow(
    /IKRAR_TSA "ftp:\/\/a\.example"[\s\S]*IKRAR_TSA "bukan"/,
  );
  expect(() => tsa('http://a http://b http://c http://d http://e')).toThrow('lebih dari 4');
});

test.each(['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost', '2001:db8::7'])('HOST %s', (host) => {
  expect(parseSettings({ HOST: host }).host).toBe(host);
});

test.each(['ikrar.example', '*', '0.0.0.0:8080', 'semua'])('HOST %s is refused', (host) => {
  expect(() => parseSettings({ HOST: host })).toThrow(`HOST "${host}" bukan alamat IP.`);
});
