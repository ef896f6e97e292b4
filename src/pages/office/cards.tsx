/** /kantor/kegiatan/:id/kartu: invitation cards as a PDF, for all or for one, and one to be scanned from the screen. */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { stream } from 'hono/streaming';
import { type Card, cardAddress, drawCards } from '../../invitation/card.ts';
import * as invitations from '../../invitation/invitations.ts';
import { formatTyped } from '../../invitation/token.ts';
import type * as events from '../../kegiatan/events.ts';
import { base64 } from '../../lib/base64.ts';
import { encodeQr, QUIET, traceQr } from '../../lib/paper/qr.ts';
import { formatTelephone } from '../../lib/telephone.ts';
import { formatNumber } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import * as people from '../../roster/people.ts';
import { fullName } from '../../roster/person.ts';
import type { Message } from '../message.ts';
import { Field, Notice } from '../parts.tsx';
import { waitFor } from './event-messages.ts';
import { notFound, OfficePage, Said } from './frame.tsx';
import { ownAccord, recordOpening } from './own-accord.tsx';
import { eventAt, offers, permitsAtEvent } from './permits.tsx';

export const cardsPage = new Hono<OfficeEnv>()
  .get('/kartu', permitsAtEvent('kartu-lihat'), async (c) => {
    return show(c, eventAt(c));
  })
  .post('/kartu', permitsAtEvent('kartu-buat'), async (c) => {
    const event = eventAt(c);
    await invitations.issueMissing(c.env.db, c.env.secret, event.id, c.get('by'));
    if (!c.req.header('accept')?.includes('x-ndjson')) return pdf(c, event);
    const list = await invitations.forCards(c.env.db, c.env.secret, event.id);
    c.header('content-type', 'application/x-ndjson');
    return stream(c, async (out) => {
      const line = (said: unknown) => out.write(`${JSON.stringify(said)}\n`);
      if (list.length === 0) {
        await line(noCards(c, event));
        return;
      }
      await recordCards(c, event, list.length);
      const bytes = await drawCards(list, about(c, event), (done, total) => void line({ done, total }));
      await line({ pdf: base64(bytes), name: nameOf(event) });
    });
  })
  .get('/kartu.pdf', permitsAtEvent('kartu-lihat'), ownAccord, async (c) => {
    return pdf(c, eventAt(c));
  })
  .post('/kartu/:person', permitsAtEvent('kartu-buat'), async (c) => {
    const event = eventAt(c);
    const person = await people.onList(c.env.db, event.id, c.req.param('person'));
    if (!person) return notFound(c);
    if (person.signed) {
      return show(
        c,
        event,
        <Notice kind="warn" title={`${fullName(person)} sudah menandatangani`} live>
          <p>Kartu baru tidak dibuat. Kartu lamanya tetap membuka bukti tanda tangannya.</p>
        </Notice>,
      );
    }
    await invitations.renew(c.env.db, c.env.secret, person.id, c.get('by'));
    return pdf(c, event, person.id);
  })
  // By POST, though they may change nothing: what they show is a secret, and no address may bring it back.
  .post('/kartu/:person/pdf', permitsAtEvent('kartu-buat'), async (c) => {
    const event = eventAt(c);
    const person = await people.onList(c.env.db, event.id, c.req.param('person'));
    if (!person) return notFound(c);
    await workingCard(c, event, person.id);
    return pdf(c, event, person.id);
  })
  .post('/kartu/:person/layar', permitsAtEvent('kartu-buat'), async (c) => {
    const event = eventAt(c);
    const person = await people.onList(c.env.db, event.id, c.req.param('person'));
    if (!person) return notFound(c);
    const card = await workingCard(c, event, person.id);
    if (!card) return show(c, event, <Said message={noCards(c, event)} kind="warn" />);
    await recordOpening(c, {
      tindakan: 'kartu-tampil',
      kegiatanId: event.id,
      perihal: person.id,
    });
    return onScreen(c, event, card);
  });

const about = (c: Context<OfficeEnv>, event: events.KeptEvent) => ({
  origin: c.env.config.origin,
  organizer: c.get('officer').organizer.nama,
  contact: [event.kontakNomor && formatTelephone(event.kontakNomor), event.kontakNama]
    .filter(Boolean)
    .join(', '),
  judul: event.judul,
  zona: event.zona,
  batas: event.batas,
});

const nameOf = (event: { id: string }): string => `kartu-undangan-${event.id}.pdf`;

/** The card that someone holds, or a new one if none of theirs works. Null for an office without a name. */
async function workingCard(c: Context<OfficeEnv>, event: events.KeptEvent, personId: string) {
  const { db, secret } = c.env;
  const held = async () => (await invitations.forCards(db, secret, event.id, personId))[0] ?? null;
  const card = await held();
  if (card) return card;
  return (await invitations.renew(db, secret, personId, c.get('by'))) && held();
}

const recordCards = (c: Context<OfficeEnv>, event: events.KeptEvent, count: number, personId?: string) =>
  recordOpening(c, {
    tindakan: 'kartu-unduh',
    kegiatanId: event.id,
    perihal: personId,
    sesudah: { kartu: String(count) },
  });

/** The cards that work now: of everyone, or of one person. */
async function pdf(c: Context<OfficeEnv>, event: events.KeptEvent, personId?: string) {
  const list = await invitations.forCards(c.env.db, c.env.secret, event.id, personId);
  if (list.length === 0) return show(c, event, <Said message={noCards(c, event)} kind="warn" />);
  await recordCards(c, event, list.length, personId);
  const bytes = await drawCards(list, about(c, event));
  return c.body(bytes, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${nameOf(event)}"`,
  });
}

/** For a phone's camera, at the desk. */
function onScreen(c: Context<OfficeEnv>, event: events.KeptEvent, card: Card & { personId: string }) {
  const { origin } = c.env.config;
  const qr = encodeQr(cardAddress(origin, card.token));
  const side = qr.size + 2 * QUIET;
  return c.html(
    // A phone of the desk shows the QR whole: what is new among officers is told on every other page.
    <OfficePage c={c} title="QR undangan" event={event} toldNews>
      <h1>{card.nama}</h1>
      <p>
        {card.jabatan}, {card.wilayah}
      </p>
      <p class="lead">Pindai dengan kamera HP Bapak/Ibu.</p>
      <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label="Kode QR undangan">
        <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
        <path d={traceQr(qr)} />
      </svg>
      <p>
        Atau buka <b>{origin.replace(/^https:\/\//, '')}/u</b> dan ketik kode:
      </p>
      <p class="code name">{formatTyped(card.code)}</p>
      <div class="actions">
        <a class="button" href={`/kantor/kegiatan/${event.id}/daftar`}>
          Selesai
        </a>
        <form method="post" action={`/kantor/kegiatan/${event.id}/kartu/${card.personId}/pdf`}>
          <button type="submit" class="secondary wide">
            Unduh kartu ini (PDF)
          </button>
        </form>
      </div>
      <p class="hint">QR ini pribadi. Tekan Selesai sesudah dipindai.</p>
    </OfficePage>,
  );
}

/** Who may not fill in the list waits for those who may. */
const noCards = (c: Context<OfficeEnv>, event: events.KeptEvent): Message => ({
  title: 'Belum ada kartu',
  next: offers(c, 'daftar-ubah', event) ? 'Isi nama pada daftar lebih dahulu.' : waitFor.list.next,
});

/** `refusal`: why what was asked for just now can't be done. */
async function show(c: Context<OfficeEnv>, event: events.KeptEvent, refusal?: Child) {
  if (refusal) c.status(409);
  const here = `/kantor/kegiatan/${event.id}/kartu`;
  const counts = await people.counts(c.env.db, event.id);
  const nameless = counts.reduce((sum, { kosong }) => sum + kosong, 0);
  const search = (c.req.query('cari') ?? '').slice(0, 200);
  const found = search.trim() === '' ? null : await people.page(c.env.db, event.id, { search, limit: 10 });
  return c.html(
    <OfficePage c={c} title="Kartu undangan" event={event}>
      <h1>Kartu undangan</h1>
      {refusal}
      <div id="kabar" aria-live="polite" />
      <p>Satu kartu untuk satu orang: nama, jabatan, kode QR, dan kode ketik. Delapan kartu per lembar A4.</p>
      <p>Kartu dapat dicetak lagi kapan saja. Kartu yang sudah dibagikan tetap berlaku.</p>
      {nameless > 0 && (
        <p>
          {formatNumber(nameless)} jabatan belum bernama, jadi belum mendapat kartu.{' '}
          {offers(c, 'daftar-ubah', event) && (
            <a href={`/kantor/kegiatan/${event.id}/daftar`}>Lengkapi daftar nama</a>
          )}
        </p>
      )}
      {event.kontakNomor === '' && offers(c, 'kegiatan-ubah', event) && (
        <p>
          Belum ada kontak di kartu. <a href={`/kantor/kegiatan/${event.id}/ubah`}>Isi kontak petugas</a>{' '}
          lebih dahulu, agar penanda tangan tahu siapa yang dihubungi.
        </p>
      )}
      {event.wajib > nameless ? (
        <form method="post" action={here} id="buat-kartu" class="actions">
          <button type="submit">Buat {formatNumber(event.wajib - nameless)} kartu (PDF)</button>
          <a class="button secondary" id="unduh-kartu" href={`${here}.pdf`} hidden>
            Unduh kartu
          </a>
        </form>
      ) : (
        <p class="empty">
          Belum ada nama, jadi belum ada kartu.{' '}
          {offers(c, 'daftar-ubah', event)
            ? event.wajib === 0 && <a href={`/kantor/kegiatan/${event.id}/daftar`}>Buka daftar nama</a>
            : waitFor.list.next}
        </p>
      )}
      <div class="bar" id="kemajuan" hidden>
        <span aria-live="polite" />
        <progress aria-label="Kemajuan pembuatan kartu" />
      </div>
      <Notice kind="warn" title="Kartu bersifat pribadi">
        <p>Siapa pun yang memegang kartu dapat membukanya. Serahkan langsung kepada orangnya.</p>
      </Notice>

      <h2>Kartu hilang?</h2>
      <p>Buat kartu baru. Kartu lama orang itu langsung tidak berlaku.</p>
      <form method="get" action={here} class="find">
        <Field name="cari" label="Cari nama, jabatan, atau desa" type="search" value={search} />
        <button type="submit" class="secondary">
          Cari
        </button>
      </form>
      {found?.people.length === 0 && <p class="empty">Tidak ada yang cocok dengan “{search}”.</p>}
      {found && (found.near || found.without) && <p>Tidak ada yang persis. Mungkin maksud Anda:</p>}
      {found && found.people.length > 0 && (
        <table class="narrow">
          <tbody>
            {found.people.map((person) => (
              <tr>
                <th scope="row">
                  <a href={`/kantor/kegiatan/${event.id}/daftar/${person.id}`}>
                    {fullName(person) || 'Belum bernama'}
                  </a>
                </th>
                <td>
                  {person.jabatan} <span class="muted small">{person.wilayah}</span>
                </td>
                <td>
                  {person.signed ? (
                    'Sudah menandatangani'
                  ) : person.nama === '' ? (
                    offers(c, 'daftar-ubah', event) ? (
                      'Isi namanya dahulu'
                    ) : (
                      'Belum bernama'
                    )
                  ) : (
                    <form method="post" action={`${here}/${person.id}`}>
                      <button type="submit" class="secondary" aria-label={`Kartu baru untuk ${person.nama}`}>
                        Kartu baru
                      </button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </OfficePage>,
  );
}
