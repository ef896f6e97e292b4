/**
 * A declaration to try the service with: the 94 offices of Kabupaten Kotawaringin Barat, invented names, one open event,
 * some pledges signed. Everything goes the ways that people go; every signature is a real one, by a software passkey.
 * Each step looks first whether it was taken, so that a seed that was cut off goes on where it stopped.
 */

import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '../src/db.ts';
import * as invitations from '../src/invitation/invitations.ts';
import { invitationLink } from '../src/invitation/token.ts';
import * as events from '../src/kegiatan/events.ts';
import { dayOf } from '../src/lib/zone.ts';
import { wordingId } from '../src/naskah/wording.ts';
import { beginKey, enterByLink } from '../src/office/log-in.ts';
import * as officerLinks from '../src/office/officer-links.ts';
import { importRoster, officesOf } from '../src/roster/import-roster.ts';
import * as people from '../src/roster/people.ts';
import { officer, organizer, person, signature } from '../src/schema.ts';
import type { Services } from '../src/services.ts';
import { issueStatement } from '../src/signature/issue-statement.ts';
import { signStatement } from '../src/signature/sign-statement.ts';
import { begin, finish } from '../src/signer/register.ts';
import { formatCode } from '../src/statement/code.ts';
import { Authenticator } from '../test/authenticator.ts';
import { actorOf } from '../test/event.ts';
import { exampleName } from './names.ts';

const AREA = '62.01';
const ORGANIZER = 'Contoh Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat';
const TITLE = 'Contoh Deklarasi Netralitas Kepala Desa dan Lurah se-Kabupaten Kotawaringin Barat';
const SIGNED = 37;

export interface Demo {
  organizerId: string;
  officerId: string;
  kegiatanId: string;
}

export async function seed(services: Services): Promise<Demo> {
  const { organizerId, officerId } = await seedOffice(services);
  const kegiatanId = await seedEvent(services, organizerId, officerId);
  const event = await events.byId(services.db, organizerId, kegiatanId);
  if (event?.tahap === 'dibuka') {
    await invitations.issueMissing(
      services.db,
      services.secret,
      kegiatanId,
      actorOf({ organizerId, officerId }),
    );
    await seedSignatures(services, kegiatanId);
  }
  return { organizerId, officerId, kegiatanId };
}

async function seedOffice(services: Services): Promise<Omit<Demo, 'kegiatanId'>> {
  const { db, config } = services;
  const find = async () => {
    const [row] = await db
      .select({ organizerId: organizer.id, officerId: officer.id })
      .from(organizer)
      .innerJoin(officer, eq(officer.organizerId, organizer.id))
      .where(eq(organizer.nama, ORGANIZER))
      .orderBy(asc(officer.at))
      .limit(1);
    return row;
  };
  const standing = await find();
  if (standing) return standing;
  const nama = 'Contoh Petugas';
  const token = await officerLinks.foundingLink(db);
  const { text, options } = await beginKey(services, nama);
  const answer = { text, response: await new Authenticator().create(options, config.origin) };
  must(
    await enterByLink(services, { token, nama, organizer: { nama: ORGANIZER, wilayah: AREA }, answer }),
    'office',
  );
  return (await find())!;
}

async function seedEvent({ db }: Services, organizerId: string, officerId: string): Promise<string> {
  const today = dayOf(new Date(), 'WIB');
  const standing = (await events.list(db, organizerId)).find(({ judul }) => judul === TITLE);
  const kegiatanId =
    standing?.id ??
    must(
      await events.create(db, actorOf({ organizerId, officerId }), {
        judul: TITLE,
        rezim: 'pilkada',
        tempat: 'Contoh Aula Kantor Bupati, Pangkalan Bun',
        tanggal: today,
        zona: 'WIB',
        batas: new Date(Date.now() + 365 * 86_400_000),
        nomorPola: '800/{urut}/IKRAR/BKBP/{bulan romawi}/{tahun}',
      }),
      'event',
    ).id;
  if ((await people.version(db, kegiatanId)) === 0) {
    const rows = (await officesOf(db, AREA)).map((entry, n) => {
      const { gelarDepan, nama, gelarBelakang } = exampleName(n);
      return {
        row: n + 2,
        cells: {
          'Kode wilayah': entry.wilayah,
          Unsur: entry.unsur,
          'Gelar depan': gelarDepan,
          Nama: nama,
          'Gelar belakang': gelarBelakang,
          Jabatan: entry.jabatan,
        },
      };
    });
    const brought = await importRoster(
      db,
      { kegiatanId, within: AREA },
      { rows, by: actorOf({ organizerId, officerId }), seen: 0 },
    );
    if (!brought.ok) throw new Error(`demo: ${JSON.stringify(brought.preview.complaints)}`);
  }
  if ((standing?.tahap ?? 'disiapkan') === 'disiapkan') {
    const wanted = (['kepala desa', 'lurah/camat'] as const).map((unsur) => ({
      unsur,
      naskah: wordingId(unsur, 'pilkada'),
      versi: 1,
    }));
    must(await events.assign(db, actorOf({ organizerId, officerId }), kegiatanId, wanted), 'wordings');
    must(await events.open(db, actorOf({ organizerId, officerId }), kegiatanId), 'open');
  }
  return kegiatanId;
}

/** Each by a phone of its own. */
async function seedSignatures(services: Services, kegiatanId: string): Promise<void> {
  const { db, config } = services;
  const rows = await db
    .select({ id: person.id, hash: signature.hash })
    .from(person)
    .leftJoin(signature, eq(signature.personId, person.id))
    .where(and(eq(person.kegiatanId, kegiatanId), isNotNull(person.urut)))
    .orderBy(asc(person.urut));
  let missing = SIGNED - rows.filter(({ hash }) => hash !== null).length;
  // Spread over the kecamatan, as it goes in life: the first of each three stay unsigned.
  const willing = rows.filter(({ hash }, n) => hash === null && n % 3 !== 0);
  for (const { id } of willing) {
    if (missing-- <= 0) break;
    const phone = new Authenticator();
    const begun = must(await begin(services, id), 'passkey');
    const made = must(
      await finish(
        services,
        { personId: id, version: 1 },
        { ...begun, response: await phone.create(begun.options, config.origin) },
      ),
      'passkey',
    );
    const issued = must(await issueStatement(services, id, made.credentialId), 'statement');
    const assertion = await phone.get(issued.options, config.origin);
    const { statement, ticket } = issued;
    must(await signStatement(services, { personId: id, statement, ticket, assertion }), 'signature');
  }
  await services.publish();
}

/**
 * What the one who tries it needs, one thing a line. `owner`: the database as the owner of its tables, as whom the installation invites an
 * officer; null: only the service's role is known.
 */
export async function demoLines(
  services: Services,
  { organizerId, kegiatanId }: Demo,
  owner: Db | null,
): Promise<string[]> {
  const { db, config, secret } = services;
  const unsigned = await db
    .select({ id: person.id })
    .from(person)
    .leftJoin(signature, eq(signature.personId, person.id))
    .where(and(eq(person.kegiatanId, kegiatanId), isNull(signature.hash)));
  const open = new Set(unsigned.map(({ id }) => id));
  const cards = await invitations.forCards(db, secret, kegiatanId);
  const card = cards.find(({ personId }) => open.has(personId)) ?? cards[0];
  const [signed] = await db
    .select({ kode: signature.kode })
    .from(signature)
    .where(eq(signature.kegiatanId, kegiatanId))
    .orderBy(asc(signature.at))
    .limit(1);
  const { origin } = config;
  const invited = owner && must(await officerLinks.appoint(owner, organizerId, null), 'invitation');
  return [
    `Tautan untuk menandatangani: ${card ? invitationLink(origin, card.token) : 'tidak ada, belum ada undangan'}`,
    `Tautan ke kantor: ${invited ? `${origin}/kantor/masuk#${invited.token}` : `isi DATABASE_OWNER_URL, lalu npm run office -- invite ${organizerId} "Nama Anda"`}`,
    `Daftar publik: ${origin}/daftar/${AREA}`,
    `Contoh yang sudah ditandatangani: ${signed ? `${origin}/p/${formatCode(signed.kode)}` : 'belum ada'}`,
  ];
}

function must<T extends { ok: boolean }>(result: T, step: string): Extract<T, { ok: true }> {
  if (result.ok) return result as Extract<T, { ok: true }>;
  throw new Error(`demo: ${step}: ${JSON.stringify(result)}`);
}
