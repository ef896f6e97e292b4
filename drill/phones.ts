/**
 * A crowd of phones: each goes the whole road of the signing page with a passkey of its own, keeps what it has signed, sends it
 * until the ledger has it, and writes its receipt down, where the service can't reach. As src/client/sign-script.ts does it, with
 * shorter pauses.
 */
import { appendFile } from 'node:fs/promises';
import { within } from '../src/lib/within.ts';
import type { Issued, Opened, Prepared, Sent } from '../src/pages/sign/reply.ts';
import { Authenticator } from '../test/authenticator.ts';
import { sha256 } from './check/tree.ts';
import type { Receipt } from './check/world.ts';
import { between, type Random } from './random.ts';
import { pause, until } from './until.ts';

export interface Phones {
  readonly receipts: readonly Receipt[];
  /** What an honest phone is never told, and how often it was. */
  readonly complaints: ReadonlyMap<string, number>;
  /** The first receipt told after that moment. Throws if there is none within `ms`. */
  receiptAfter(moment: number, ms: number): Promise<Receipt>;
  /** Nobody opens an invitation any more; who has signed still waits. Returns how many have no receipt after `ms`. */
  finish(ms: number): Promise<number>;
}

interface Crowd {
  /** How many sign at the same time. */
  people: number;
  /** Tokens of invitations: each person takes the next. */
  cards: readonly string[];
  /** The public address, and those of the processes behind it. */
  origin: string;
  doors: readonly string[];
  random: Random;
  /** The file of the receipts. */
  book: string;
}

/** What a phone has signed and keeps until it has the receipt. */
interface Submission {
  undangan: string;
  statement: string;
  ticket: string;
  response: object;
}

/** No answer, or one that says to come again. */
class Unreachable extends Error {}
/** Nobody opens anything any more. */
class Over extends Error {}
/** The same answer would come again: the person goes back to the beginning. */
class Refused extends Error {}

/** How long an answer is waited for. */
export const PATIENCE = 10_000;
/** Answers that get lost on their way, of all. */
const LOST = 0.03;

export function openPhones({ people, cards, origin, doors, random, book }: Crowd): Phones {
  const receipts: Receipt[] = [];
  const complaints = new Map<string, number>();
  const complain = (what: string): void => {
    complaints.set(what, (complaints.get(what) ?? 0) + 1);
  };
  let resting = false;
  let waiting = 0;
  const gone = new AbortController();

  const post = async <Reply>(path: string, body: object): Promise<Reply> => {
    const door = doors[Math.floor(random() * doors.length)]!;
    const lost = random() < LOST;
    let answer: Response;
    let reply: Reply & { outcome: string; code?: string };
    try {
      answer = await fetch(`${door}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.any([gone.signal, AbortSignal.timeout(PATIENCE)]),
      });
      reply = (await answer.json()) as typeof reply;
    } catch (cause) {
      throw new Unreachable('no answer', { cause });
    }
    if (answer.status === 503 && !answer.headers.has('retry-after')) complain('503 without Retry-After');
    if (answer.status === 503 && reply.outcome === 'halted') return reply;
    if (answer.status >= 500 && answer.status !== 503) complain(`${answer.status} at ${path}`);
    if (answer.status >= 500 || lost) throw new Unreachable(String(answer.status));
    if (reply.outcome === 'refused') complain(`refused at ${path}: ${reply.code}`);
    return reply;
  };
  const rest = (attempt: number): Promise<void> =>
    pause(Math.min(2_000, 250 * 2 ** attempt) * between(random, 0.5, 1.5));

  /** As the person taps again, until the answer is the one that leads on. */
  const ask = async <Reply extends { outcome: string }, Outcome extends Reply['outcome']>(
    path: string,
    body: object,
    outcome: Outcome,
  ): Promise<Extract<Reply, { outcome: Outcome }>> => {
    for (let attempt = 0; ; attempt++) {
      if (resting) throw new Over();
      try {
        const reply = await post<Reply>(path, body);
        if (reply.outcome === outcome) return reply as Extract<Reply, { outcome: Outcome }>;
        if (reply.outcome === 'refused') throw new Refused();
        if (reply.outcome === 'recorded' || reply.outcome === 'waiting')
          complain(`${path}: nobody has signed`);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
      }
      await rest(attempt);
    }
  };

  /** Until there is a receipt; or a refusal, again and again, after which the person opens the invitation once more. */
  const deliver = async (
    submission: Submission,
    signed: Map<string, string>,
  ): Promise<'told' | 'refused'> => {
    const { undangan } = submission;
    let [arrived, refusals] = [false, 0];
    for (let attempt = 0; !gone.signal.aborted; attempt++) {
      try {
        const reply: Sent = await (arrived
          ? post<Sent>('/undangan/status', { undangan })
          : post<Sent>('/undangan/tanda-tangan', submission));
        if (reply.outcome === 'recorded') {
          const { kode, pernyataan } = reply.receipt;
          if (signed.get(kode) !== pernyataan) complain('a receipt for another text');
          const told: Receipt = { kode, pernyataan, at: Date.now() };
          receipts.push(told);
          await appendFile(book, `${JSON.stringify(told)}\n`);
          return 'told';
        }
        if (reply.outcome === 'refused' && ++refusals === 3) return 'refused';
        if (reply.outcome === 'waiting' && !arrived) attempt = 0;
        // Nothing is known of it there, or it may be gone again: it is sent once more.
        arrived = reply.outcome === 'waiting';
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
      }
      await rest(attempt);
    }
    throw new Over();
  };

  /**
   * The invitation is opened once more. With the passkey that the phone has, or with a new one where that isn't known any
   * more. Null if there is nothing to sign now.
   */
  const issueAnew = async (undangan: string, phone: Authenticator): Promise<Issued | null> => {
    try {
      const opened = await post<Opened>('/undangan', { undangan });
      if (opened.outcome !== 'open') return null;
      const own = new Set(phone.credentials.map(({ id }) => Buffer.from(id).toString('base64url')));
      const known = (opened.create.options.excludeCredentials ?? []).find(({ id }) => own.has(id));
      const reply = known
        ? await post<Prepared>('/undangan/pernyataan', { undangan, kunci: known.id })
        : await post<Prepared>('/undangan/kunci', {
            undangan,
            ...(await phone.register(opened.create, origin)),
          });
      return reply.outcome === 'issued' ? reply.issued : null;
    } catch (error) {
      if (error instanceof Unreachable) return null;
      throw error;
    }
  };

  const begin = async (undangan: string, phone: Authenticator): Promise<Issued | null> => {
    try {
      const opened = await ask<Opened, 'open'>('/undangan', { undangan }, 'open');
      const made = await phone.register(opened.create, origin);
      return (await ask<Prepared, 'issued'>('/undangan/kunci', { undangan, ...made }, 'issued')).issued;
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  };

  const sign = async (undangan: string): Promise<void> => {
    const phone = new Authenticator();
    let issued = await begin(undangan, phone);
    for (let attempt = 0; !issued; attempt++) {
      if (resting) throw new Over();
      await rest(attempt);
      issued = await issueAnew(undangan, phone);
    }
    const signed = new Map<string, string>();
    const use = async ({ statement, ticket, options }: Issued): Promise<Submission> => {
      const response = await phone.get(options, origin);
      signed.set(/^kode (\S+)$/m.exec(statement)![1]!, `sha256:${sha256(statement).toString('hex')}`);
      return { undangan, statement, ticket, response };
    };
    let submission = await use(issued);
    waiting++;
    while ((await deliver(submission, signed)) === 'refused') {
      const anew = await issueAnew(undangan, phone);
      if (anew) submission = await use(anew);
    }
    waiting--;
  };

  const queue = cards.values();
  const all = Promise.all(
    Array.from({ length: people }, async () => {
      for (const card of queue) {
        await pause(between(random, 100, 600));
        if (resting) return;
        await sign(card).catch((error) => {
          if (!(error instanceof Over) && !gone.signal.aborted) complain(`the phone itself: ${error}`);
        });
      }
    }),
  );
  return {
    receipts,
    complaints,
    receiptAfter: (moment, ms) => until('a receipt', ms, () => receipts.find(({ at }) => at > moment)),
    finish: async (ms) => {
      resting = true;
      await within(ms, all);
      const left = waiting;
      gone.abort();
      await all;
      return left;
    },
  };
}
