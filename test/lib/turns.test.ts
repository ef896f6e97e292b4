/** Turns: how many at once, in which order, who is told to come again, and who goes first. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTurns, type Turn, type Width } from '../../src/lib/turns.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const WIDTH: Width = { atOnce: 2, pause: 25, waiting: 10, waitingEach: 4, patience: 1_000 };

/** Readers by name, and what became of each. */
function hall(width: Partial<Width> = {}) {
  const turns = openTurns({ ...WIDTH, ...width });
  const begun: string[] = [];
  const held = new Map<string, () => void>();
  const refused: string[] = [];
  const come = (name: string, leaves?: AbortSignal): void => {
    void turns.take(name[0]!, leaves && (() => leaves)).then((turn: Turn) => {
      if (!turn.ok) return void refused.push(`${name} ${turn.code}`);
      begun.push(name);
      held.set(name, turn.leave);
    });
  };
  const go = (name: string): void => held.get(name)!();
  const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
  return { turns, begun, refused, come, go, settle };
}

test('two at once, and each address in turn, whatever the others have waiting', async () => {
  const { begun, come, go, settle } = hall();
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1']) come(name);
  await settle();
  expect(begun).toEqual(['a1', 'a2']);
  for (let at = 0; at < 6; at++) {
    go(begun[at]!);
    await settle();
  }
  expect(begun).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5']);
});

test('leaving twice makes room for one', async () => {
  const { begun, come, go, settle } = hall();
  for (const name of ['a1', 'a2', 'a3', 'a4']) come(name);
  await settle();
  go('a1');
  go('a1');
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'a3']);
});

test('an address has its share of those who wait, all have theirs, and nobody waits for ever', async () => {
  const { refused, come, settle } = hall();
  for (let at = 1; at <= 7; at++) come(`a${at}`);
  await settle();
  expect(refused).toEqual(['a7 address-busy']);
  for (const name of ['b1', 'b2', 'b3', 'b4', 'c1', 'c2', 'c3']) come(name);
  await settle();
  expect(refused.slice(1)).toEqual(['a6 address-busy']);
  await settle(1_000);
  expect(refused).toHaveLength(12);
  come('d1');
  await settle(999);
  expect(refused).toHaveLength(12);
});

test('all places are taken: the newest of the longest queue makes room for who has fewer, and for nobody else', async () => {
  const { begun, refused, come, go, settle } = hall({ waiting: 6 });
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'b1', 'b2']) come(name);
  await settle();
  expect([begun, refused]).toEqual([['a1', 'a2'], []]);
  // Of a wait four, of b two.
  come('c1');
  await settle();
  expect(refused).toEqual(['a6 address-busy']);
  come('c2');
  await settle();
  expect(refused).toEqual(['a6 address-busy', 'a5 address-busy']);
  // Two of each: nobody takes another's place, and a newcomer still has one.
  for (const name of ['a7', 'b3', 'c3', 'd1']) come(name);
  await settle();
  expect(refused.slice(2).sort()).toEqual(['a4 address-busy', 'a7 all-busy', 'b3 all-busy', 'c3 all-busy']);
  come('d2');
  await settle();
  expect(refused.at(-1)).toBe('d2 all-busy');
  for (let at = 0; at < 6; at++) {
    go(begun[at]!);
    await settle();
  }
  expect(begun).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'd1', 'b2', 'c2']);
});

test('as long as two addresses wait with all they may, a third and a fourth are served in turn', async () => {
  const { begun, refused, come, go, settle } = hall({ waiting: 8, waitingEach: 4 });
  for (const who of ['a', 'b']) for (let at = 1; at <= 20; at++) come(`${who}${at}`);
  for (const name of ['c1', 'd1']) come(name);
  await settle();
  expect(refused.filter((one) => /^[cd]/.test(one))).toEqual([]);
  for (let at = 0; at < 4; at++) {
    go(begun[at]!);
    await settle();
  }
  expect(begun.slice(2)).toEqual(expect.arrayContaining(['c1', 'd1']));
});

test('who leaves while waiting takes no turn', async () => {
  const { begun, come, go, settle } = hall();
  const gone = new AbortController();
  for (const name of ['a1', 'a2']) come(name);
  come('a3', gone.signal);
  come('a4');
  come('a5', AbortSignal.abort());
  await settle();
  gone.abort();
  go('a1');
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'a4']);
});

test('while somebody goes first one begins at a time, with pauses; afterwards all goes on', async () => {
  const { turns, begun, come, go, settle } = hall();
  come('a1');
  await settle();
  const leave = turns.goFirst();
  const other = turns.goFirst();
  for (const name of ['a2', 'a3', 'a4']) come(name);
  await settle(500);
  expect(begun).toEqual(['a1']);
  go('a1');
  await settle();
  expect(begun).toEqual(['a1', 'a2']);
  go('a2');
  await settle(24);
  expect(begun).toEqual(['a1', 'a2']);
  await settle(1);
  expect(begun).toEqual(['a1', 'a2', 'a3']);
  leave();
  leave();
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'a3']);
  other();
  await settle();
  expect(begun).toEqual(['a1', 'a2', 'a3', 'a4']);
});
