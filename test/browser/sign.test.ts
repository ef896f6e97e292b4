/** The signing page as a phone shows it: 360×640, a real browser, a virtual passkey. */
import { expect, test } from 'vitest';
import * as invitations from '../../src/invitation/invitations.ts';
import { invitationLink } from '../../src/invitation/token.ts';
import type { Prepared } from '../../src/pages/sign/reply.ts';
import * as signatures from '../../src/signature/signatures.ts';
import { type Cast, openCast } from '../cast.ts';
import { openHouse } from '../house.ts';
import { freeOrigin, openPhone, type Phone, serve } from './browser.ts';

const origin = await freeOrigin();
const house = await openHouse({ origin });
const { db, services } = house;
await serve(house);

async function invite(cast: Cast, personId: string): Promise<string> {
  await invitations.issueMissing(db, services.secret, cast.kegiatanId, cast.officerId);
  const cards = await invitations.forCards(db, services.secret, cast.kegiatanId);
  return invitationLink(origin, cards.find((card) => card.personId === personId)!.token);
}

/** Opens the link and goes on to the words of the pledge. */
async function readPledge({ page }: Phone, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Data saya benar' }).click();
}

async function agreeAndSign({ page }: Phone): Promise<void> {
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
}

const heading = ({ page }: Phone) => page.getByRole('heading', { level: 1 });
const seesReceipt = (phone: Phone) => heading(phone).filter({ hasText: 'Tanda tangan tersimpan' }).waitFor();

test('the first time: reads, agrees, one tap makes the passkey and signs', async () => {
  const cast = await openCast(db);
  const phone = await openPhone();
  const asked: string[] = [];
  phone.page.on('request', (request) => asked.push(request.url()));
  const link = await invite(cast, cast.siti);
  await phone.page.goto(link);
  await phone.page.getByText('Hj. Siti Contoh, S.Sos., M.AP.').first().waitFor();
  await phone.page.getByRole('button', { name: 'Data saya benar' }).click();
  await phone.page.getByRole('button', { name: 'Tanda tangani dengan HP saya' }).click();
  await phone.page.getByText('Centang kotak di atas dulu.').waitFor();
  await agreeAndSign(phone);
  await seesReceipt(phone);
  const row = await signatures.byPerson(db, cast.siti);
  await phone.page.getByText(row!.kode.match(/.{4}/g)!.join('-')).waitFor();
  expect(await phone.passkeys()).toHaveLength(1);
  const token = link.split('#')[1]!;
  expect(asked.some((url) => url.split('#')[0]!.includes(token))).toBe(false);
});
