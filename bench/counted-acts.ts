/** What bench/counts.ts and bench/distance.ts count: signing, withdrawing, reading pages. Each is done once before, so that nothing is new. */
import { afterAll } from 'vitest';
import { app } from '../src/app.ts';
import { assemble } from '../src/assembly.ts';
import { connect } from '../src/db.ts';
import * as invitations from '../src/invitation/invitations.ts';
import { base64url } from '../src/lib/base64.ts';
import { openPending } from '../src/lib/pending.ts';
import type { Opened, Prepared, Sent } from '../src/pages/sign/reply.ts';
import { challengeOf } from '../src/passkey/challenge.ts';
import * as withdrawals from '../src/withdrawal/withdrawals.ts';
import { Authenticator } from '../test/authenticator.ts';
import { openCast, type Phone, phoneOf } from '../test/cast.ts';
import { type House, openHouse } from '../test/house.ts';
import { found, join, type Office, post } from '../test/office/office.ts';
import { pathOf } from '../test/withdrawal/withdraw.ts';
import { openWorker } from '../test/worker/worker.ts';

export { default as startServer } from '../test/postgres.ts';

/** Runs one request of an act; and then, if it is called, all that it has set going. */
export type Measure = <Answer>(
  act: string,
  request: string,
  run: () => Promise<Answer>,
  settled: () => Promise<void>,
) => Promise<Answer>;

/** `enter`: the same house through another door, or over another line. */
export async function doActs(
  measure: Measure,
  enter: (house: House) => Promise<Pick<House, 'request' | 'settled'>> = async (house) => house,
): Promise<void> {
  const house = await openHouse();
  const first = await found(house);
  const second = await join(house, first, 'Petugas Kedua');
  const entered = { ...house, ...(await enter(house)) };
  for (const counted of [notCounted, measure])
    await doEach(entered, [first, second], (act, request, run) =>
      counted(act, request, run, entered.settled),
    );
}

/** On Node, with the database behind that address, and as the service is opened there. */
export async function enterFar(house: House, url: string): Promise<Pick<House, 'request' | 'settled'>> {
  const { db, end } = connect(url, { max: 10 });
  afterAll(end);
  const { later, settled } = openPending();
  const { services } = assemble({
    ...house.services,
    db,
    witnesses: [],
    sealerOf: house.services.sealerOf,
    later,
  });
  return {
    request: async (path, init) => app.request(new URL(path, house.services.config.origin), init, services),
    settled,
  };
}

/** In workerd, the same; its copy begins with what is published. What it has set going is over a second after it has begun. */
export async function enterWorker(house: House, url: string): Promise<Pick<House, 'request' | 'settled'>> {
  await house.services.publish();
  const copy = (await house.services.mirror.read())!;
  const { request } = await openWorker({ ...house, serviceUrl: url }, { copy });
  return { request, settled: () => new Promise((done) => setTimeout(done, 1_000)) };
}

const notCounted: Measure = async (_act, _request, run, settled) => {
  const answer = await run();
  await settled();
  return answer;
};

async function doEach(
  house: House,
  [first, second]: [Office, Office],
  measure: <Answer>(act: string, request: string, run: () => Promise<Answer>) => Promise<Answer>,
): Promise<void> {
  const { db, services } = house;
  const { origin } = services.config;

  const send = <Reply>(act: string, request: string, path: string, body: unknown, cookie = '') =>
    measure(act, `POST ${request}`, async () => {
      const headers = { 'content-type': 'application/json', accept: 'application/json', origin, cookie };
      const response = await house.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
      const reply = await response.json();
      if (!response.ok) throw new Error(`counts: ${request} ${JSON.stringify(reply)}`);
      return reply as Reply;
    });
  const read = (act: string, request: string, path: string, cookie = '') =>
    measure(act, `GET ${request}`, async () => {
      const response = await house.request(path, { headers: { cookie } });
      if (!response.ok) throw new Error(`counts: ${request} ${response.status} ${await response.text()}`);
      return response.text();
    });

  const cast = await openCast(db, { of: first });
  // The officer prints the cards.
  await post(house, `/kantor/kegiatan/${cast.kegiatanId}/kartu`, first.cookie);
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  const cardOf = (person: string): string => cards.find(({ personId }) => personId === person)!.token;

  /** By the passkey of `kept`, or by a new one. Gives the code of the pledge. */
  async function signs(act: string, person: string, kept?: Phone): Promise<string> {
    const undangan = cardOf(person);
    const phone = kept?.authenticator ?? new Authenticator();
    const say = <Reply>(path: string, body: object) => send<Reply>(act, path, path, { undangan, ...body });
    await read(act, '/u', '/u');
    const opened = await say<Opened>('/undangan', {});
    if (opened.outcome !== 'open') throw new Error(JSON.stringify(opened));
    const prepared = kept
      ? await say<Prepared>('/undangan/pernyataan', { kunci: kept.credentialId })
      : await say<Prepared>('/undangan/kunci', await phone.register(opened.create, origin));
    if (prepared.outcome !== 'issued') throw new Error(JSON.stringify(prepared));
    const { statement, ticket, options } = prepared.issued;
    const response = await phone.get(options, origin);
    const sent = await say<Sent>('/undangan/tanda-tangan', { statement, ticket, response });
    if (sent.outcome !== 'recorded') throw new Error(JSON.stringify(sent));
    await read(act, '/p/<kode>', `/p/${sent.receipt.kode}`);
    return sent.receipt.kode;
  }
  const kode = await signs('one signature, with a new passkey', cast.siti);
  await signs('one signature, with a passkey that is kept', cast.budi, await phoneOf(services, cast.budi));

  const LIST = 'one list page';
  // By an address of its own each time: the edge keeps none of it yet.
  const readAnew = (act: string, path: string): Promise<string> =>
    read(act, path, `${path}${path.includes('?') ? '&' : '?'}anew=${crypto.randomUUID()}`);
  await readAnew(LIST, '/daftar/62.01.01');
  const PUBLIC = 'pages that anybody reads';
  for (const path of ['/', '/daftar', '/daftar/62', '/daftar?cari=siti', '/catatan/checkpoint', '/catatan'])
    await readAnew(PUBLIC, path);
  await read(PUBLIC, '/p/<kode>.pdf', `/p/${kode}.pdf`);
  await read(PUBLIC, '/p/<kode>/status.json', `/p/${kode}/status.json`);
  const OFFICE = 'pages of the office';
  await read(OFFICE, '/kantor', '/kantor', first.cookie);
  await read(OFFICE, '/kantor/kegiatan/<id>', `/kantor/kegiatan/${cast.kegiatanId}`, first.cookie);
  await read(
    OFFICE,
    '/kantor/kegiatan/<id>/daftar',
    `/kantor/kegiatan/${cast.kegiatanId}/daftar`,
    first.cookie,
  );

  const WITHDRAW = 'one withdrawal';
  const path = pathOf({ kegiatanId: cast.kegiatanId, personId: cast.siti });
  const say = <Reply>(within: string, body: object, { cookie }: Office) =>
    send<Reply>(WITHDRAW, `…/pencabutan${within}`, `${path}${within}`, body, cookie);
  const signed = async ({ phone }: Office, text: string) => {
    const challenge = base64url(await challengeOf(text));
    return phone.get({ challenge, rpId: services.config.rpId, userVerification: 'required' }, origin);
  };
  await read(WITHDRAW, '…/pencabutan', path, first.cookie);
  const { text } = await say<{ text: string }>(
    '/teks',
    { alasan: 'Undangan dibuka di HP orang lain.' },
    first,
  );
  await say('', { statement: text, response: await signed(first, text) }, first);
  await read(WITHDRAW, '…/pencabutan, by the second', path, second.cookie);
  const request = (await withdrawals.requestFor(db, kode.replaceAll('-', '')))!;
  await say('/persetujuan', { id: request.id, response: await signed(second, request.statement) }, second);
  await read(WITHDRAW, '/p/<kode>', `/p/${kode}`);
}
