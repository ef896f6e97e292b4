/** How many statements the database is asked for one whole act of signing, request by request: none is added unseen. */
import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { deriveInvitation } from '../../src/invitation/token.ts';
import type { Opened, Prepared, Sent } from '../../src/pages/sign/reply.ts';
import { Authenticator } from '../authenticator.ts';
import { openCast } from '../cast.ts';
import { actorOf } from '../event.ts';
import { openHouse } from '../house.ts';

const house = await openHouse();
const { services } = house;
const { origin } = services.config;
// The paper is made after the answer, and is counted elsewhere.
services.later = () => {};

/** What has been asked, in order; as a keeper spells it, in one line. */
const asked: string[] = [];
const client = (services.db as unknown as { $client: { unsafe(...args: unknown[]): unknown } }).$client;
const { unsafe } = client;
client.unsafe = (...args) => {
  asked.push(String(args[0]).replace(/\s+/g, ' ').trim());
  return unsafe.apply(client, args);
};

/**
 * Not of the act: the ledger's own road, on which its guard looks, what waits is published, and whether that covers the entry is
 * looked up.
 */
const ELSE =
  /\bfrom "?(?:checkpoint|tree|objection|leaf|cosignature)\b|\b(?:ledger_standing|integrate_and_stand|replace_checkpoint)\(|\bjoin tree_hash\b/;

/** Posts; returns the answer, and what of the act was asked for it. */
async function post<Reply>(path: string, body: unknown): Promise<{ reply: Reply; of: string[] }> {
  asked.length = 0;
  const answer = await house.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const of = asked.filter((statement) => !ELSE.test(statement));
  return { reply: (await answer.json()) as Reply, of };
}

const keeper = (statement: string): string =>
  /\b(pledge_particulars|record_signatures|passkeys_of|last_pledge)\(/.exec(statement)?.[1] ??
  (/insert into signer_credential/.test(statement)
    ? 'keep'
    : /from invitation i join person/.test(statement)
      ? 'redeem'
      : /from "signature" where/.test(statement)
        ? 'byPerson'
        : statement);

test('each request of a whole act reads what it needs once', async () => {
  const cast = await openCast(house.db);
  await invitations.issueMissing(services.db, services.secret, cast.kegiatanId, actorOf(cast));
  await services.publish();
  const undangan = (await deriveInvitation(services.secret, cast.siti, 1)).token;
  const phone = new Authenticator();

  const opened = await post<Extract<Opened, { outcome: 'open' }>>('/undangan', { undangan });
  expect(opened.of.map(keeper).sort()).toEqual(['passkeys_of', 'pledge_particulars', 'redeem']);

  const made = await phone.register(opened.reply.create, origin);
  const kept = await post<Extract<Prepared, { outcome: 'issued' }>>('/undangan/kunci', { undangan, ...made });
  expect(kept.of.map(keeper)).toEqual(['redeem', 'keep', 'pledge_particulars']);

  const again = await post<Extract<Prepared, { outcome: 'issued' }>>('/undangan/pernyataan', {
    undangan,
    kunci: kept.reply.issued.credentialId,
  });
  expect(again.of.map(keeper)).toEqual(['redeem', 'pledge_particulars']);

  const { statement, ticket, options } = kept.reply.issued;
  const submission = { undangan, statement, ticket, response: await phone.get(options, origin) };
  const signed = await post<Sent>('/undangan/tanda-tangan', submission);
  expect(signed.reply.outcome).toBe('recorded');
  expect(signed.of.map(keeper)).toEqual(['redeem', 'record_signatures']);

  // Its answer was lost.
  const receipt = await post<Sent>('/undangan/tanda-tangan', submission);
  expect(receipt.reply).toEqual(signed.reply);
  expect(receipt.of.map(keeper)).toEqual(['redeem', 'byPerson']);
  const status = await post<Sent>('/undangan/status', { undangan });
  expect(status.of.map(keeper)).toEqual(['redeem', 'byPerson']);
});
