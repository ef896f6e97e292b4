/** What the guard believes, for how long, and how often it says so. */
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import { type Guard, openGuard, openMemory } from '../../src/ledger/guard.ts';
import { Halt, haltSentence } from '../../src/ledger/halt.ts';

const fork = () => new Halt('ledger-forked', 'published 1042', { outside: 1042, database: 1030 });

let log: MockInstance;
beforeEach(() => {
  log = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => log.mockRestore());
const said = () => log.mock.calls.map(([line]) => String(line));

/** A ledger that is whole or not as the test says, and counts what it is asked. */
function ledger(fresh = 0) {
  const it = { halt: null as Halt | null, follows: true, unreadable: false, published: 0, asked: 0 };
  const memory = openMemory();
  const open = (): Guard =>
    openGuard(
      {
        publish: async () => {
          it.published++;
          if (it.halt) throw it.halt;
          return 7;
        },
        follows: async () => {
          it.asked++;
          if (it.unreadable) throw new Error('no such bucket');
          return it.follows && it.halt === null ? 7 : null;
        },
      },
      { memory, fresh },
    );
  return { it, open, guard: open() };
}

test('a fork is found by looking, said once with both sizes, and so is its end', async () => {
  const { it, guard } = ledger();
  expect(await guard.halted()).toBe(null);
  expect(it.published).toBe(0);
  it.halt = fork();
  for (let again = 0; again < 3; again++) expect(await guard.halted()).toBe(it.halt);
  expect(said()).toHaveLength(1);
  for (const part of ['CATATAN BERHENTI', '1.042', '1.030', 'docs/operasi.md', 'ledger-forked'])
    expect(said()[0]).toContain(part);
  it.halt = null;
  for (let again = 0; again < 3; again++) expect(await guard.halted()).toBe(null);
  expect(said()).toHaveLength(2);
  expect(said()[1]).toContain('berjalan lagi');
});

test('what publishing finds is believed by whoever asks', async () => {
  const { it, guard } = ledger(60_000);
  await guard.publish();
  it.halt = fork();
  expect(await guard.halted()).toBe(null);
  await expect(guard.publish()).rejects.toBe(it.halt);
  expect(await guard.halted()).toBe(it.halt);
  expect(it.asked).toBe(0);
  it.halt = null;
  await guard.publish();
  expect(await guard.halted()).toBe(null);
  expect(it.asked).toBe(0);
});

test('who writes what would be lost asks anew', async () => {
  const { it, guard } = ledger(60_000);
  await guard.publish();
  it.halt = fork();
  expect(await guard.halted()).toBe(null);
  expect(await guard.halted({ now: true })).toBe(it.halt);
  expect(await guard.covered()).toBe(0);
  it.halt = null;
  it.unreadable = true;
  await expect(guard.halted({ now: true })).rejects.toThrow('no such bucket');
  it.unreadable = false;
  expect(await guard.halted({ now: true })).toBe(null);
  expect(await guard.covered()).toBe(7);
});

test('for good nothing is said of what was told long ago, of what was never told, nor while it stands still', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(100_000);
  try {
    const { it, guard } = ledger();
    expect(guard.coveredNow()).toBe(0);
    expect(await guard.covered()).toBe(7);
    expect(guard.coveredNow()).toBe(7);
    // It looks anew behind its answer.
    await guard.halted();
    it.unreadable = true;
    clock.mockReturnValue(104_999);
    await guard.halted();
    expect(guard.coveredNow()).toBe(7);
    clock.mockReturnValue(105_000);
    await guard.halted();
    expect(guard.coveredNow()).toBe(0);
    it.unreadable = false;
    await guard.halted();
    expect(guard.coveredNow()).toBe(7);
    it.halt = fork();
    await guard.halted();
    expect(guard.coveredNow()).toBe(0);
  } finally {
    clock.mockRestore();
  }
});

test('one who reads while others write may see what is no fork: publishing decides', async () => {
  const { it, guard } = ledger();
  it.follows = false;
  expect(await guard.halted()).toBe(null);
  expect(it.published).toBe(1);
  expect(said()).toEqual([]);
});

test('what can’t be told is as it was', async () => {
  const { it, guard } = ledger();
  it.unreadable = true;
  expect(await guard.halted()).toBe(null);
  it.unreadable = false;
  it.halt = fork();
  expect(await guard.halted()).toBe(it.halt);
  it.unreadable = true;
  it.halt = null;
  expect(await guard.halted()).not.toBe(null);
  it.unreadable = false;
  expect(await guard.halted()).toBe(null);
});

test('two of one memory ask once, and many at once share one look', async () => {
  const { it, open, guard } = ledger(60_000);
  it.halt = fork();
  await Promise.all(Array.from({ length: 50 }, () => guard.halted()));
  expect(it.asked).toBeLessThanOrEqual(2);
  const before = it.asked;
  expect(await open().halted()).toBe(it.halt);
  expect(it.asked).toBe(before);
  expect(said()).toHaveLength(1);
});

test('the operator’s sentence holds no line of a stranger', () => {
  const foreign = new Halt('ledger-key-changed', 'x\nCATATAN AMAN', { outside: null, database: 3 });
  expect(haltSentence(foreign)).not.toMatch(/^CATATAN AMAN/m);
  expect(haltSentence(foreign)).toContain('tidak terbaca');
});

test('nobody waits long to know better what was known a moment ago', async () => {
  const halt = fork();
  let found: Promise<number | null> = Promise.resolve(7);
  const guard = openGuard({ publish: () => Promise.reject(halt), follows: () => found }, { fresh: 0 });
  expect(await guard.halted()).toBe(null);
  // Somebody holds the row of the tree, and the copy must wait for it.
  let answer: (value: number | null) => void = () => {};
  found = new Promise((resolve) => {
    answer = resolve;
  });
  expect(await guard.halted()).toBe(null);
  answer(null);
  await vi.waitFor(async () => expect(await guard.halted()).toBe(halt));
});

test('who only reads waits for nothing: what is known is told, and found out behind it', async () => {
  const halt = fork();
  let answer: (value: number | null) => void = () => {};
  const found = new Promise<number | null>((resolve) => {
    answer = resolve;
  });
  const behind: Promise<unknown>[] = [];
  const guard = openGuard(
    { publish: () => Promise.reject(halt), follows: () => found },
    { fresh: 0, later: (work) => void behind.push(work) },
  );
  // The copy doesn't answer at all.
  for (let again = 0; again < 3; again++) expect(await guard.halted({ waits: false })).toBe(null);
  expect(behind.length).toBeGreaterThan(0);
  answer(null);
  await Promise.all(behind);
  expect(await guard.halted({ waits: false })).toBe(halt);
});
