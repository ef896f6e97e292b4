/** `POST /undangan`: what an invitation opens. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Guest } from '../../invitation/invitations.ts';
import { oneLine } from '../../lib/text.ts';
import * as wordings from '../../naskah/wordings.ts';
import * as registration from '../../passkey/register.ts';
import type { Env, Services } from '../../services.ts';
import { describePath } from '../../wilayah/area.ts';
import * as areas from '../../wilayah/areas.ts';
import { answerSigned } from './answer.tsx';
import { bodyOf, enter, refuse, undangan } from './door.tsx';
import type { Opened } from './reply.ts';
import { type Invited, Steps } from './steps.tsx';

export const openPage = new Hono<Env>().post('/undangan', async (c) => {
  const entered = await enter(c, (await bodyOf(c, z.object({ undangan }))).undangan);
  if (!entered.ok) return entered.answer;
  const { guest } = entered;
  if (guest.kode !== null) return answerSigned(c, guest);
  // Before anybody reads, agrees and is asked for a finger.
  if (await c.env.halted()) return refuse(c, 'ledger-halted', 503);
  const [invited, begun] = await Promise.all([
    invitedOf(c.env, guest),
    registration.begin(c.env, guest.personId),
  ]);
  if (!begun.ok) return refuse(c, begun.code, 409);
  const opened: Opened = {
    outcome: 'open',
    html: await (<Steps invited={invited} />).toString(),
    create: begun.options,
  };
  return c.json(opened);
});

/** As the statement will say it: what is shown is what is signed. */
async function invitedOf({ db }: Services, guest: Guest): Promise<Invited> {
  const [path, wording] = await Promise.all([
    areas.pathOf(db, guest.wilayah),
    wordings.byId(db, guest.naskah.id, guest.naskah.versi),
  ]);
  if (!wording) throw new Error('open: the event names a wording that is not there');
  return {
    ...guest,
    nama: oneLine(guest.nama),
    jabatan: oneLine(guest.jabatan) || guest.unsur,
    judul: oneLine(guest.judul),
    wilayahNama: oneLine(describePath(path)),
    isi: wording.isi,
  };
}
