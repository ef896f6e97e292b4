/**
 * Who only reads is not told of a lost connection: the page is made again, few times, with growing pauses (design, section
 * 8). A request that writes is the keeper's to repeat. Shown by test/faults/connection.test.ts.
 */
import { createMiddleware } from 'hono/factory';
import { isTransient } from '../lib/retry.ts';
import type { Env, Services } from '../services.ts';

const TRIES = Symbol('tries');
const MOST = 5;

/** `make`: answers the request from the beginning. */
export const readAgain = (make: (request: Request, services: Services) => Response | Promise<Response>) =>
  createMiddleware<Env>(async function readAgain(c, next) {
    await next();
    const tries = (c.env as { [TRIES]?: number })[TRIES] ?? 1;
    if (!/^(?:GET|HEAD)$/.test(c.req.method) || tries === MOST || !isTransient(c.error)) return;
    await new Promise((resolve) => setTimeout(resolve, (0.5 + Math.random()) * 50 * 2 ** tries));
    const answer = await make(c.req.raw, { ...c.env, [TRIES]: tries + 1 } as Services);
    // Emptied first, or the headers of the failure would stay.
    c.res = undefined;
    c.res = answer;
  });
