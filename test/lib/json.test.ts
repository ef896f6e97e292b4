import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../src/lib/json.ts';

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 1);
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('refuses a key that stands twice, however deep and however written', () => {
  for (const text of [
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"a":{"b":1,"c":[{"d":1 ,"d" : 2}]}}',
    '[{"":0,"":0}]',
    '{"__proto__":1,"__proto__":2}',
    '{"a":"{","a":"}"}',
    '{"a\\"":1,"a\\"":2}',
  ]) {
    expect(() => parseJson(text), text).toThrow(RangeError);
  }
});

test('accepts the same key in different objects, and strings that look like keys', () => {
  for (const text of [
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a\\":","b":["a","a"]}',
    '{"a":"\\"a\\":1"}',
  ]) {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  }
});

test('refuses what is not JSON', () => {
  for (const text of ['', '{', '{"a":1,}', "{'a':1}", '{"a":1} x', '\ufeff{}']) {
    expect(() => parseJson(text), text).toThrow(SyntaxError);
  }
});
