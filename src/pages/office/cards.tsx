/** /kantor/kegiatan/:id/kartu: invitation cards as a PDF, for all or for one, and one to be scanned from the screen. */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Card, type CardsAbout, cardAddress, type Drawn, drawCards } from '../../invitation/card.ts';
import * as invitations from '../../invitation/invitations.ts';
import { formatTyped } from '../../invitation/token.ts';
import type * as events from '../../kegiatan/events.ts';
import { base64 } from '../../lib/base64.ts';
import { type Bytes, utf8 } from '../../lib/bytes.ts';
import { encodeQr, QUIET, traceQr } from '../../lib/paper/qr.ts';
import { streamPieces } from '../../lib/pieces.ts';
import { formatTelephone } from '../../lib/telephone.ts';
import { formatNumber } from '../../lib/zone.ts';
import { isUnsur, UNSUR } from '../../naskah/wording.ts';
import { type OfficeEnv, stillMay } from '../../office/door.ts';
import * as people from '../../roster/people.ts';
import { fullName } from '../../roster/person.ts';
import type { Message } from '../message.ts';
import { Field, Notice } from '../parts.tsx';
import { inFiles, madeOf, noneHere, PART, partName, partPlaces, tooMany } from './cards-messages.ts';
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
    const some = someOf(c);
    // What one file can't hold is not made either.
    const refusal = await refusalOf(c, event, some);
    if (!refusal) await invitations.issueMissing(c.env.db, c.env.secret, event.id, c.get('by'), some ?? {});
    const list = refusal ?? (await cardsFor(c, event, some));
    if (!c.req.header('accept')?.includes('x-ndjson')) return pdf(c, event, some, list);
    c.header('content-type', 'application/x-ndjson');
    if (!Array.isArray(list)) return c.body(`${JSON.stringify(list)}\n`);
    await recordCards(c, event, some, list);
    return c.body(streamFor(c, event, progress(list, about(c, event), nameOf(event, some))));
  })
  .get('/kartu.pdf', permitsAtEvent('kartu-lihat'), ownAccord, async (c) => {
    return pdf(c, eventAt(c), someOf(c));
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
    return pdf(c, event, { personId: person.id });
  })
  // By POST, though they may change nothing: what they show is a secret, and no address may bring it back.
  .post('/kartu/:person/pdf', permitsAtEvent('kartu-buat'), async (c) => {
    const event = eventAt(c);
    const person = await people.onList(c.env.db, event.id, c.req.param('person'));
    if (!person) return notFound(c);
    await workingCard(c, event, person.id);
    return pdf(c, event, { personId: person.id });
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

/** Whose cards the address names; null if there can be none. */
function someOf(c: Context<OfficeEnv>): invitations.Some | null {
  const { wilayah, unsur, dari, sampai } = c.req.query();
  const some: invitations.Some = {};
  if (wilayah) some.wilayah = wilayah;
  if (unsur) {
    if (!isUnsur(unsur)) return null;
    some.unsur = unsur;
  }
  for (const [name, typed] of [
    ['dari', dari],
    ['sampai', sampai],
  ] as const) {
    if (!typed?.trim()) continue;
    // As the page prints it: `1.001`.
    const digits = typed.replaceAll(/[.\s]/g, '');
    if (!/^\d{1,7}$/.test(digits)) return null;
    some[name] = Number(digits);
  }
  return some;
}

/** The same as an address says it. */
const queryOf = (some: invitations.Some): string =>
  new URLSearchParams(
    Object.entries(some).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();

const nameOf = (event: { id: string }, some: invitations.Some | null): string => {
  const { wilayah, unsur, dari, sampai } = some ?? {};
  const which = [wilayah, unsur?.replaceAll(/\W/g, '-'), dari, sampai].filter((part) => part !== undefined);
  return `${['kartu-undangan', event.id, ...which].join('-')}.pdf`;
};

/** The card that someone holds, or a new one if none of theirs works. Null for an office without a name. */
async function workingCard(c: Context<OfficeEnv>, event: events.KeptEvent, personId: string) {
  const { db, secret } = c.env;
  const held = async () => (await invitations.forCards(db, secret, event.id, { personId }))[0] ?? null;
  const card = await held();
  if (card) return card;
  return (await invitations.renew(db, secret, personId, c.get('by'))) && held();
}

/** Before they are shown: how many, and which. */
const recordCards = (
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  some: invitations.Some | null,
  list: readonly Card[],
) => {
  const [first, last] = [list[0]?.nomor, list.at(-1)?.nomor];
  const { wilayah, unsur, personId } = some ?? {};
  return recordOpening(c, {
    tindakan: 'kartu-unduh',
    kegiatanId: event.id,
    perihal: personId,
    sesudah: {
      kartu: String(list.length),
      ...(personId === undefined && first && last && { nomor: `${first} sampai ${last}` }),
      ...(wilayah !== undefined && { wilayah }),
      ...(unsur !== undefined && { unsur }),
    },
  });
};

/** Why these are no file; null if they are one. */
async function refusalOf(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  some: invitations.Some | null,
): Promise<Message | null> {
  if (!some) return noneHere;
  return (await invitations.parts(c.env.db, event.id, some, PART)).length > 1 ? tooMany : null;
}

/** The cards that work now, or why there are none to print. */
async function cardsFor(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  some: invitations.Some | null,
): Promise<(Card & { personId: string })[] | Message> {
  if (!some) return noneHere;
  const { db, secret } = c.env;
  const list = await invitations.forCards(db, secret, event.id, some, PART + 1);
  if (list.length > PART) return tooMany;
  if (list.length > 0) return list;
  return some.personId === undefined && queryOf(some) !== '' ? noneHere : noCards(c, event);
}

/** `found`: what `cardsFor` said, if it was asked already. */
async function pdf(
  c: Context<OfficeEnv>,
  event: events.KeptEvent,
  some: invitations.Some | null,
  found?: Awaited<ReturnType<typeof cardsFor>>,
) {
  const list = found ?? (await cardsFor(c, event, some));
  if (!Array.isArray(list)) return show(c, event, <Said message={list} kind="warn" />);
  await recordCards(c, event, some, list);
  return c.body(streamFor(c, event, bytesOf(drawCards(list, about(c, event)))), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${nameOf(event, some)}"`,
  });
}

const streamFor = (c: Context<OfficeEnv>, event: events.KeptEvent, pieces: AsyncGenerator<Bytes>) =>
  streamPieces(pieces, () => stillMay(c, 'kartu-lihat', event));

async function* bytesOf(pieces: AsyncIterable<Drawn>): AsyncGenerator<Bytes> {
  for await (const { bytes } of pieces) yield bytes;
}

/** For the script: a line for each sheet, with its piece of the file, and the file's name last. */
async function* progress(list: readonly Card[], about: CardsAbout, name: string): AsyncGenerator<Bytes> {
  for await (const { bytes, done } of drawCards(list, about))
    yield utf8(`${JSON.stringify({ done, total: list.length, pdf: base64(bytes) })}\n`);
  yield utf8(`${JSON.stringify({ name })}\n`);
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
  const { wilayah, unsur } = someOf(c) ?? {};
  const chosen = { ...(wilayah !== undefined && { wilayah }), ...(unsur !== undefined && { unsur }) };
  const parts = event.wajib > nameless ? await invitations.parts(c.env.db, event.id, chosen, PART) : [];
  const search = (c.req.query('cari') ?? '').slice(0, 200);
  const found = search.trim() === '' ? null : await people.page(c.env.db, event.id, { search, limit: 10 });
  return c.html(
    <OfficePage c={c} title="Kartu undangan" event={event}>
      <h1>Kartu undangan</h1>
      {refusal}
      <div id="kabar" aria-live="polite" />
      <a class="button secondary" id="unduh-kartu" href={`${here}.pdf`} hidden>
        Unduh kartu
      </a>
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
        <>
          <Choice counts={counts} chosen={chosen} here={here} />
          <Parts parts={parts} chosen={chosen} here={here} />
        </>
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

      {parts.length > 0 && (
        // The script shows it once there are cards.
        <div id="cetak-ulang" hidden={!parts.some(({ cards, missing }) => missing < cards)}>
          <h2>Ada lembar yang rusak?</h2>
          <p>Nomornya tercetak kecil di tepi bawah setiap lembar.</p>
          <form method="get" action={`${here}.pdf`} class="find">
            <Field name="dari" label="Dari nomor" input={{ inputmode: 'numeric' }} required />
            <Field name="sampai" label="Sampai nomor" input={{ inputmode: 'numeric' }} required />
            <button type="submit" class="secondary">
              Cetak ulang
            </button>
          </form>
        </div>
      )}

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

type Chosen = Pick<invitations.Some, 'wilayah' | 'unsur'>;

/** Cards are handed out by kecamatan, and to each unsur by its own superior. */
function Choice({
  counts,
  chosen,
  here,
}: {
  counts: Awaited<ReturnType<typeof people.counts>>;
  chosen: Chosen;
  here: string;
}) {
  return (
    <form method="get" action={here} class="find">
      <Field name="wilayah" label="Kecamatan">
        <select id="wilayah" name="wilayah">
          <option value="">Semua</option>
          {counts.map(({ wilayah, nama }) => (
            <option value={wilayah} selected={wilayah === chosen.wilayah}>
              {nama}
            </option>
          ))}
        </select>
      </Field>
      <Field name="unsur" label="Unsur">
        <select id="unsur" name="unsur">
          <option value="">Semua</option>
          {UNSUR.map((unsur) => (
            <option value={unsur} selected={unsur === chosen.unsur}>
              {unsur}
            </option>
          ))}
        </select>
      </Field>
      <button type="submit" class="secondary">
        Pilih
      </button>
    </form>
  );
}

/** A file each. What is chosen and fits in one is that file, by the choice alone. */
function Parts({ parts, chosen, here }: { parts: invitations.CardPart[]; chosen: Chosen; here: string }) {
  const [only, second] = parts;
  const form = (some: invitations.Some, button: Child) => {
    const query = queryOf(some);
    return (
      <form
        method="post"
        action={query === '' ? here : `${here}?${query}`}
        class={second ? undefined : 'actions'}
        data-kartu
      >
        {button}
      </form>
    );
  };
  if (!only) return <p class="empty">{noneHere.title}.</p>;
  if (!second) {
    const act = only.missing > 0 ? 'Buat' : 'Unduh';
    return form(chosen, <button type="submit">{`${act} ${formatNumber(only.cards)} kartu (PDF)`}</button>);
  }
  const cards = parts.reduce((sum, part) => sum + part.cards, 0);
  return (
    <>
      <p>{inFiles(cards, parts.length)}</p>
      <table class="narrow">
        <tbody>
          {parts.map((part, at) => (
            <tr>
              <th scope="row">{partName(at, parts.length, part)}</th>
              <td>
                {partPlaces(part)}{' '}
                <span class="muted small" data-belum>
                  {madeOf(part)}
                </span>
              </td>
              <td>
                {form(
                  { ...chosen, dari: part.dari, sampai: part.sampai },
                  <button type="submit" class="secondary" aria-label={`Unduh bagian ${at + 1}`}>
                    Unduh
                  </button>,
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
