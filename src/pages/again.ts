/**
 * Who only reads is not told of a lost connection: the page is made again, few times, with growing pauses and not for long (design,
 * section 8). A request that writes is the keeper's to repeat. Shown by test/faults/connection.test.ts.
 */
import { createMiddleware } from 'hono/factory';
import { isTransient } from '../lib/retry.ts';
import type { Env, Services } from '../services.ts';

const TRIES = Symbol('tries');
const BEGUN = Symbol('begun');
const MOST = 5;

/** Milliseconds after which nobody is made to wait for another try, as in lib/retry.ts. */
const WITHIN = 8_000;

/** `make`: answers the request from the beginning. */
export const readAgain = (make: (request: Request, services: Services) => Response | Promise<Response>) =>
  createMiddleware<Env>(async function readAgain(c, next) {
    const { [TRIES]: tries = 1, [BEGUN]: begun = Date.now() } = c.env as {
      [TRIES]?: number;
      [BEGUN]?: number;
    };
    await next();
    if (!/^(?:GET|HEAD)$/.test(c.req.method) || tries === MOST || !isTransient(c.error)) return;
    const pause = (0.5 + Math.random()) * 50 * 2 ** tries;
    if (Date.now() + pause > begun + WITHIN) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
    const answer = await make(c.req.raw, { ...c.env, [TRIES]: tries + 1, [BEGUN]: begun } as Services);
    // Emptied first, or the headers of the failure would stay.
    c.res = undefined;
    c.res = answer;
  });
