/**
 * Every table on one page. A fact is a row with a who and a when; `at` is always the database's time.
 * Columns are named in the database as here, in snake case (`casing` in db.ts and drizzle.config.ts).
 */
import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Bytes } from './lib/bytes.ts';

const bytea = customType<{ data: Bytes; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => new Uint8Array(value),
});
const instant = () => timestamp({ withTimezone: true, mode: 'date' });
const now = () => instant().notNull().defaultNow();

/** What an officer's passkey made over a text, and when. */
const approval = () => ({
  by: uuid().notNull(),
  authenticatorData: bytea().notNull(),
  clientDataJson: bytea().notNull(),
  signature: bytea().notNull(),
  spki: bytea().notNull(),
  at: now(),
});

// --- ledger: digests only, never people -------------------------------------------------------------

/**
 * Entries. `logIndex` stays null until `integrate` gives it a place in the tree: in the order of `at`, which is the time in
 * `entry`, and no earlier than the place before, so both are raised there if they must be.
 */
export const leaf = pgTable(
  'leaf',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    entry: text().notNull(),
    hash: bytea().notNull(),
    logIndex: bigint({ mode: 'number' }).unique(),
    at: now(),
  },
  (t) => [index('leaf_waiting').on(t.at, t.id).where(sql`${t.logIndex} is null`)],
);

/** The one tree head. Its row is the lock under which places are given out. */
export const tree = pgTable('tree', {
  id: smallint().primaryKey().default(1),
  size: bigint({ mode: 'number' }).notNull().default(0),
  root: bytea().notNull(),
  at: now(),
});

/** Hash of every complete subtree: level 0 are the leaves, (level, index) covers 2^level of them. Tiles and proofs read here. */
export const treeHash = pgTable(
  'tree_hash',
  {
    level: smallint().notNull(),
    index: bigint({ mode: 'number' }).notNull(),
    hash: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.index] })],
);

/** Each checkpoint that was published, whole; the greatest size is the current one. */
export const checkpoint = pgTable('checkpoint', {
  size: bigint({ mode: 'number' }).primaryKey(),
  root: bytea().notNull(),
  note: text().notNull(),
  at: now(),
});

/** What witnesses outside have countersigned: for a checkpoint and a witness's key, a line of the note. */
export const cosignature = pgTable(
  'cosignature',
  {
    size: bigint({ mode: 'number' })
      .notNull()
      .references(() => checkpoint.size),
    key: text().notNull(),
    line: text().notNull(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.size, t.key] })],
);

/**
 * What somebody outside knows that this database doesn't, while it stands against it: a witness, or the outside copy of one of
 * several processes. Whoever raised it takes it back, or an operator does; a database in this one's place doesn't have it.
 */
export const objection = pgTable('objection', {
  /** Whose: `saksi <key>`, `salinan <name of the copy>`. */
  key: text().primaryKey(),
  name: text().notNull(),
  /** `ahead`: has countersigned `size` entries. `differs`: has countersigned another tree. `copy`: of `size` entries with `root`. */
  kind: text().notNull(),
  size: bigint({ mode: 'number' }).notNull(),
  root: bytea(),
  at: now(),
});

// --- places and wordings ----------------------------------------------------------------------------

/** Kepmendagri's area codes (idn-area-data, ODbL). Old codes are kept, with the day they ended. */
export const wilayah = pgTable(
  'wilayah',
  {
    kode: text().primaryKey(),
    nama: text().notNull(),
    jenis: text().notNull(),
    induk: text(),
    berlakuSejak: date({ mode: 'string' }).notNull(),
    berlakuSampai: date({ mode: 'string' }),
  },
  (t) => [
    index('wilayah_induk').on(t.induk),
    // Any part of the name; the operator class comes with PostgreSQL's own extension pg_trgm (first lines of drizzle/0000).
    index('wilayah_nama').using('gin', sql`translate(lower(nama), '.,-/()"''’‘', '       ') gin_trgm_ops`),
  ],
);

/** Wordings, by name and version; never edited, only added. `organizerId` null: one of ours. */
export const naskah = pgTable(
  'naskah',
  {
    id: text().notNull(),
    versi: integer().notNull(),
    organizerId: text().references(() => organizer.id),
    unsur: text().notNull(),
    rezim: text().notNull(),
    isi: text().notNull(),
    sha256: bytea().notNull(),
    contoh: boolean().notNull(),
    leafId: bigint({ mode: 'number' })
      .notNull()
      .unique()
      .references(() => leaf.id),
    createdBy: uuid(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.id, t.versi] })],
);

// --- the office -------------------------------------------------------------------------------------

/** Penyelenggara: who holds the declaration, with the area whose people it may list. */
export const organizer = pgTable('organizer', {
  id: text().primaryKey(),
  nama: text().notNull(),
  wilayah: text()
    .notNull()
    .references(() => wilayah.kode),
  at: now(),
});

/** One-time links for new officers. Used = `usedAt` is set. `organizerId` null: the first link, which founds an organiser. */
export const officerInvitation = pgTable('officer_invitation', {
  digest: bytea().primaryKey(),
  organizerId: text().references(() => organizer.id),
  /** Set when the link adds a second passkey to this officer instead of a new officer. */
  officerId: uuid(),
  /** Whom it invites; null: for an officer who is one, and for the one who founds. */
  nama: text(),
  /** Null: the installation itself. */
  createdBy: uuid(),
  /** Public key (SPKI) of the passkey that signed for it: the link ends with that. */
  spki: bytea(),
  at: now(),
  expiresAt: instant().notNull(),
  usedAt: instant(),
  /** Ended before it was used: by an officer, or by what makes it needless. */
  endedAt: instant(),
  /** As what it invites, for a new officer: a role as in `officer_role`. */
  peran: text().notNull().default('penyelenggara'),
  kegiatanId: text().references((): AnyPgColumn => kegiatan.id),
  lembaga: text().notNull().default(''),
  jabatan: text().notNull().default(''),
  /** When the role begins, if that is after they have come; null: when they come. */
  mulai: instant(),
  /** When the role ends; null: it doesn't by itself. */
  sampai: instant(),
});

/** Officers. Removed = `removedAt` is set; the row stays, since other rows name it. */
export const officer = pgTable(
  'officer',
  {
    id: uuid().primaryKey(),
    organizerId: text()
      .notNull()
      .references(() => organizer.id),
    nama: text().notNull(),
    invitation: bytea().references(() => officerInvitation.digest),
    at: now(),
    removedAt: instant(),
    removedBy: uuid(),
  },
  (t) => [index('officer_organizer').on(t.organizerId), unique('officer_invitation_used').on(t.invitation)],
);

/**
 * As what an officer acts (office/role.ts), from–until: for the whole organiser, or for one event. Taken away before its time =
 * `endedAt` is set. A founder, and who was an officer before there were roles, is a penyelenggara.
 */
export const officerRole = pgTable(
  'officer_role',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    officerId: uuid()
      .notNull()
      .references(() => officer.id),
    peran: text().notNull(),
    /** Null: for all of the organiser. */
    kegiatanId: text().references((): AnyPgColumn => kegiatan.id),
    /** For which institution, and as what there: `Bawaslu Kabupaten Kotawaringin Barat`, `Ketua`. Empty: the organiser's own. */
    lembaga: text().notNull().default(''),
    jabatan: text().notNull().default(''),
    /** Held without a gap since then, whatever was changed of it. It lets nobody do anything before. */
    sejak: now(),
    /** Null: until it is taken away. */
    sampai: instant(),
    /** On whose word it stands: who gave it, or changed it to more than a part of what was given. Null: the installation. */
    by: uuid(),
    /** Public key (SPKI) of the passkey that signed for it: what is to come ends with that. */
    spki: bytea(),
    /** When that was said. */
    at: now(),
    endedAt: instant(),
    endedBy: uuid(),
  },
  (t) => [index('officer_role_officer').on(t.officerId)],
);

/** Officers' passkeys: never accepted for signing a pledge. */
export const officerCredential = pgTable(
  'officer_credential',
  {
    id: bytea().primaryKey(),
    officerId: uuid()
      .notNull()
      .references(() => officer.id),
    spki: bytea().notNull(),
    userHandle: bytea().notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    /** Whether the passkey may be synced. One that may is never taken back by an answer that says it may not. */
    backupEligible: boolean().notNull(),
    /** When an answer first said that it may, where it was made as one that may not. */
    eligibleSince: instant(),
    at: now(),
    endedAt: instant(),
  },
  // One key, one passkey: whatever id somebody gives it.
  (t) => [index('officer_credential_officer').on(t.officerId), unique('officer_credential_key').on(t.spki)],
);

/** Challenges that officers have answered rightly, while they could be answered again: each serves once. */
export const officerChallenge = pgTable(
  'officer_challenge',
  {
    challenge: bytea().primaryKey(),
    expiresAt: instant().notNull(),
  },
  // Each one that is taken clears the lapsed ones away: that must not read all that still stand.
  (t) => [index('officer_challenge_expires').on(t.expiresAt)],
);

/** Officers' sessions: 15 minutes idle, 8 hours at most. Only the digest of the cookie is kept. */
export const officerSession = pgTable('officer_session', {
  digest: bytea().primaryKey(),
  officerId: uuid()
    .notNull()
    .references(() => officer.id),
  /** With which passkey; null for a session from before that was kept. */
  credentialId: bytea().references(() => officerCredential.id),
  at: now(),
  seenAt: now(),
  endedAt: instant(),
});

/**
 * What has made more or fewer of those who may approve, each with the text that an officer's passkey signed for it
 * (office/change.ts). Without a text: somebody came in by a link, or the installation itself acted. Rows never change.
 */
export const officerChange = pgTable(
  'officer_change',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizerId: text()
      .notNull()
      .references(() => organizer.id),
    /** An act of office/change.ts, or `masuk`: an officer came in by a link; `kunci-tautan`: a passkey did. */
    tindakan: text().notNull(),
    /** Who did it; null: the installation itself. */
    by: uuid(),
    /** The officer who was changed; null for one who is invited and isn't an officer yet. */
    officerId: uuid(),
    /** Their name. */
    nama: text().notNull(),
    /** The passkey that was added or ended. */
    credentialId: bytea(),
    /** The role that was given or ended, or as what they came in. */
    peran: text(),
    /** Signed once. */
    text: text().unique(),
    authenticatorData: bytea(),
    clientDataJson: bytea(),
    signature: bytea(),
    spki: bytea(),
    /** Of `periksa`: the last one that they had before them. */
    sampai: bigint({ mode: 'number' }),
    at: now(),
  },
  (t) => [
    index('officer_change_organizer').on(t.organizerId, t.at),
    index('officer_change_officer').on(t.officerId),
  ],
);

// --- the audit trail --------------------------------------------------------------------------------

/**
 * Riwayat: what officers did or opened that matters, each written by the statement that did it. The service may add rows and
 * read them, nothing else. `isi` is the record itself (office/record.ts), the columns beside it are what it says, to be found by.
 */
export const riwayat = pgTable(
  'riwayat',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null where no organiser is concerned: a key that nobody knows was refused at the entrance. */
    organizerId: text().references(() => organizer.id),
    /** Null: the installation, or nobody known. */
    officerId: uuid(),
    tindakan: text().notNull(),
    kegiatanId: text(),
    /** Empty once its data were erased because the law asked for it: the digest stays. */
    isi: text().notNull(),
    sha256: bytea().notNull(),
    /** Version of the event's list that was in force, as the ledger has it; null: no event, no list, or of an earlier release. */
    versi: integer(),
    at: now(),
  },
  (t) => [
    index('riwayat_organizer').on(t.organizerId, t.id),
    index('riwayat_kegiatan').on(t.kegiatanId, t.id),
    index('riwayat_officer').on(t.officerId, t.id),
  ],
);

/** A day (WIB) of the audit trail whose digest is in the ledger. */
export const riwayatHari = pgTable('riwayat_hari', {
  hari: date({ mode: 'string' }).primaryKey(),
  /** How many records it has. */
  baris: integer().notNull(),
  /** Of the text that lists their digests (office/record.ts). */
  sha256: bytea().notNull(),
  leafId: bigint({ mode: 'number' })
    .notNull()
    .unique()
    .references(() => leaf.id),
  at: now(),
});

/** In which day's digest a record is. One that was being written while its day was closed is in the next. */
export const riwayatTerhitung = pgTable(
  'riwayat_terhitung',
  {
    riwayatId: bigint({ mode: 'number' })
      .primaryKey()
      .references(() => riwayat.id),
    hari: date({ mode: 'string' })
      .notNull()
      .references(() => riwayatHari.hari),
  },
  (t) => [index('riwayat_terhitung_hari').on(t.hari)],
);

// --- the event --------------------------------------------------------------------------------------

/** Kegiatan: a declaration event. Open or closed is the last row of `kegiatan_tahap`. */
export const kegiatan = pgTable(
  'kegiatan',
  {
    id: text().primaryKey(),
    organizerId: text()
      .notNull()
      .references(() => organizer.id),
    judul: text().notNull(),
    rezim: text().notNull(),
    tempat: text().notNull(),
    tanggal: date({ mode: 'string' }).notNull(),
    zona: text().notNull(),
    batas: instant().notNull(),
    nomorPola: text().notNull(),
    /** Whom signers ask: a name, and a number as E.164 (`+6281234567890`). Empty: nobody is named. */
    kontakNama: text().notNull().default(''),
    kontakNomor: text().notNull().default(''),
    createdBy: uuid().notNull(),
    at: now(),
  },
  (t) => [index('kegiatan_organizer').on(t.organizerId), index('kegiatan_tanggal').on(t.tanggal, t.id)],
);

/** Opened and closed, each time. */
export const kegiatanTahap = pgTable(
  'kegiatan_tahap',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kegiatanId: text()
      .notNull()
      .references(() => kegiatan.id),
    tahap: text().notNull(),
    by: uuid().notNull(),
    at: now(),
  },
  (t) => [index('kegiatan_tahap_kegiatan').on(t.kegiatanId, t.id)],
);

/** Each time the deadline was moved after the first opening: public, since it says who could sign when. Rows never change. */
export const kegiatanBatas = pgTable(
  'kegiatan_batas',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kegiatanId: text()
      .notNull()
      .references(() => kegiatan.id),
    dari: instant().notNull(),
    menjadi: instant().notNull(),
    by: uuid().notNull(),
    at: now(),
  },
  (t) => [index('kegiatan_batas_kegiatan').on(t.kegiatanId, t.id)],
);

/** Which wording the signers of an unsur read at an event. */
export const kegiatanNaskah = pgTable(
  'kegiatan_naskah',
  {
    kegiatanId: text()
      .notNull()
      .references(() => kegiatan.id),
    unsur: text().notNull(),
    naskah: text().notNull(),
    versi: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kegiatanId, t.unsur] }),
    foreignKey({ columns: [t.naskah, t.versi], foreignColumns: [naskah.id, naskah.versi] }),
  ],
);

// --- who is asked -----------------------------------------------------------------------------------

/** Daftar: each version of an event's list as it stood after an import, whole, as text. Holds NIP: never public, only its digest is. */
export const rosterVersion = pgTable(
  'roster_version',
  {
    kegiatanId: text()
      .notNull()
      .references(() => kegiatan.id),
    versi: integer().notNull(),
    isi: text().notNull(),
    sha256: bytea().notNull(),
    leafId: bigint({ mode: 'number' })
      .notNull()
      .unique()
      .references(() => leaf.id),
    by: uuid().notNull(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.kegiatanId, t.versi] })],
);

/** What an organiser's officers have told of headings in their files that nobody else knows (roster/headings.ts). */
export const rosterHeading = pgTable(
  'roster_heading',
  {
    organizerId: text()
      .notNull()
      .references(() => organizer.id),
    /** Without its spaces and marks (`plain`, roster/column.ts). */
    judul: text().notNull(),
    /** Which column of ours it means; null: none, and that is meant so. */
    kolom: text(),
    by: uuid().notNull(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.organizerId, t.judul] })],
);

/** A place on the list and who holds it. `tempat` (the office, or the NIP/NRP where many share one) is what rows are matched by. */
export const person = pgTable(
  'person',
  {
    id: uuid().primaryKey(),
    kegiatanId: text()
      .notNull()
      .references(() => kegiatan.id),
    /** Place on the list: `kepala desa 62.01.01.2008`, `ASN 198609262015051001`. */
    tempat: text().notNull(),
    rosterVersi: integer().notNull(),
    wilayah: text()
      .notNull()
      .references(() => wilayah.kode),
    unsur: text().notNull(),
    gelarDepan: text().notNull(),
    /** Empty while the office has no name yet. */
    nama: text().notNull(),
    gelarBelakang: text().notNull(),
    jabatan: text().notNull(),
    nip: text().notNull(),
    pangkat: text().notNull(),
    unitKerja: text().notNull(),
    /** Given when the event opens, and then for good. */
    urut: integer(),
    nomor: text(),
    at: now(),
  },
  (t) => [
    unique('person_tempat').on(t.kegiatanId, t.tempat),
    // Places without a number yet are not in it.
    uniqueIndex('person_urut').on(t.kegiatanId, t.urut).where(sql`${t.urut} is not null`),
    index('person_wilayah').on(t.kegiatanId, t.wilayah),
    // One person may hold two offices: those are told together.
    index('person_nip').on(t.kegiatanId, t.nip).where(sql`${t.nip} <> ''`),
  ],
);

/**
 * A place that was taken off the list before anybody signed there, and why. Put back = `endedAt` is set. Its number stays its own:
 * nobody else gets it.
 */
export const rosterRemoval = pgTable(
  'roster_removal',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    alasan: text().notNull(),
    by: uuid().notNull(),
    at: now(),
    endedAt: instant(),
    endedBy: uuid(),
  },
  // Off the list once at a time. It is what lists are read without, too.
  (t) => [
    uniqueIndex('roster_removal_open').on(t.personId).where(sql`${t.endedAt} is null`),
    index('roster_removal_person').on(t.personId),
  ],
);

/** Of a place, on the rows of `person` or of what stands for it: not taken off the list. */
export const isListed = (who: SQL = sql`person.id`): SQL =>
  sql`not exists (select 1 from roster_removal r where r.person_id = ${who} and r.ended_at is null)`;

/** Invitations made. The token itself is never stored; the greatest version is the one that works. */
export const invitation = pgTable(
  'invitation',
  {
    personId: uuid()
      .notNull()
      .references(() => person.id),
    version: integer().notNull(),
    /** Whose name stands on the card: a new holder of the office gets a new one, and the old one is void. */
    nama: text().notNull(),
    /** SHA-256 of the token in the link, and of the code typed from the card. */
    tokenDigest: bytea().notNull().unique(),
    codeDigest: bytea().notNull().unique(),
    by: uuid().notNull(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.version] })],
);

// --- the act ----------------------------------------------------------------------------------------

/** Signers' passkeys: never accepted at the office's door. `personId` is the place it was first made for. */
export const signerCredential = pgTable(
  'signer_credential',
  {
    id: bytea().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    spki: bytea().notNull(),
    userHandle: bytea().notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    /** As of an officer's. */
    backupEligible: boolean().notNull(),
    eligibleSince: instant(),
    transports: text().array().notNull(),
    /** Who held the place when the passkey was made: another holder of the same place can't use it. */
    nama: text().notNull(),
    nip: text().notNull(),
    /** Of the card that it was made with; 0: none. It falls with that card, unless a standing pledge is signed with it (`passkey_stands`). */
    invitationVersion: integer().notNull().default(0),
    at: now(),
  },
  (t) => [index('signer_credential_person').on(t.personId), index('signer_credential_nip').on(t.nip)],
);

/**
 * A pledge that was signed. One that stands per place on the list: the constraint, not a check, keeps it so. A pledge
 * after a withdrawn one `replaces` that one.
 */
export const signature = pgTable(
  'signature',
  {
    /** SHA-256 of the statement. */
    hash: bytea().primaryKey(),
    /** Its first 160 bits as 32 base32 symbols: what the QR holds. */
    hashSymbols: text().notNull().unique(),
    kode: text().notNull().unique(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    /** Hash of the withdrawn pledge of the same place before it. */
    replaces: bytea().references((): AnyPgColumn => signature.hash),
    kegiatanId: text()
      .notNull()
      .references(() => kegiatan.id),
    statement: text().notNull(),
    /** From the statement, to be shown: bare name, name with titles, office and area at the time of signing. */
    nama: text().notNull(),
    namaLengkap: text().notNull(),
    jabatan: text().notNull(),
    unsur: text().notNull(),
    nomor: text().notNull(),
    wilayah: text().notNull(),
    wilayahNama: text().notNull(),
    credentialId: bytea()
      .notNull()
      .references(() => signerCredential.id),
    authenticatorData: bytea().notNull(),
    clientDataJson: bytea().notNull(),
    signature: bytea().notNull(),
    spki: bytea().notNull(),
    evidenceHash: bytea().notNull(),
    /** Set if the authenticator's counter went back: a note, not a refusal. */
    counterNote: text(),
    leafId: bigint({ mode: 'number' })
      .notNull()
      .unique()
      .references(() => leaf.id),
    at: now(),
  },
  (t) => [
    uniqueIndex('signature_person').on(t.personId, sql`coalesce(replaces, ''::bytea)`),
    index('signature_kegiatan').on(t.kegiatanId),
    index('signature_credential').on(t.credentialId),
  ],
);

/**
 * The public list: what it shows of a pledge once the ledger holds that, until its data are erased. Added by the statement
 * that gives the entry its place, so a signer doesn't wait for the indexes of lists; and small, since a page of the list
 * reads it everywhere at once.
 */
export const listing = pgTable(
  'listing',
  {
    /** The pledge. */
    hash: bytea()
      .primaryKey()
      .references(() => signature.hash),
    kegiatanId: text().notNull(),
    wilayah: text().notNull(),
    wilayahNama: text().notNull(),
    /** Bare name, to sort by. */
    nama: text().notNull(),
    namaLengkap: text().notNull(),
    jabatan: text().notNull(),
    kode: text().notNull(),
    /** When it was signed. */
    at: instant().notNull(),
    /** Words of the name and of the village, as the public search reads them (`search_fold`). */
    words: text().notNull().default(''),
  },
  // Lists go by area, name, code. Collation C: a code's beginning is then a range, whatever the database's own order.
  (t) => [
    index('listing_kegiatan').on(
      t.kegiatanId,
      sql`wilayah collate "C"`,
      sql`lower(nama collate "C")`,
      sql`kode collate "C"`,
    ),
    index('listing_wilayah').on(
      sql`wilayah collate "C"`,
      sql`lower(nama collate "C")`,
      sql`kode collate "C"`,
    ),
    uniqueIndex('listing_kode').on(t.kode),
  ],
);

/**
 * The permuterm index of the public search (`search_terms`): of each listed pledge, its words turned so that each comes first
 * once. A trigger on `listing` keeps it, since it is large and follows from that. In index order, a word that half of the
 * country bears costs no more than a rare one.
 */
export const listingTerm = pgTable(
  'listing_term',
  {
    term: text().notNull(),
    wilayah: text().notNull(),
    kode: text().notNull(),
  },
  (t) => [index('listing_term_term').on(sql`term collate "C"`, t.wilayah, t.kode)],
);

/** Words of the listed names and places, to find the one that was meant where one letter is wrong (`search_deletes`). */
export const searchWord = pgTable(
  'search_word',
  {
    word: text().primaryKey(),
    deletes: text().array().notNull(),
  },
  (t) => [index('search_word_deletes').using('gin', t.deletes).with({ fastupdate: false })],
);

/**
 * Pencabutan asked for by one officer, who signs its text (withdrawal/withdrawal.ts) with a passkey. It takes effect when
 * another one confirms it: a row of `withdrawal`. Ended without that = `endedAt` is set.
 */
export const withdrawalRequest = pgTable(
  'withdrawal_request',
  {
    id: uuid().primaryKey(),
    /** The pledge. */
    hash: bytea()
      .notNull()
      .references(() => signature.hash),
    statement: text().notNull(),
    ...approval(),
    endedAt: instant(),
    endedBy: uuid(),
  },
  // One at a time.
  (t) => [uniqueIndex('withdrawal_request_open').on(t.hash).where(sql`${t.endedAt} is null`)],
);

/** A pledge that no longer stands, since a second officer has signed the same text. Nothing of the pledge is deleted. */
export const withdrawal = pgTable('withdrawal', {
  hash: bytea()
    .primaryKey()
    .references(() => signature.hash),
  requestId: uuid()
    .notNull()
    .unique()
    .references(() => withdrawalRequest.id),
  ...approval(),
  leafId: bigint({ mode: 'number' })
    .notNull()
    .unique()
    .references(() => leaf.id),
});

/** Of a pledge, on the rows of `signature`: not withdrawn. */
export const stands = sql`not exists (select 1 from withdrawal where withdrawal.hash = ${signature.hash})`;

/** Why a pledge was withdrawn: of its text (withdrawal/withdrawal.ts), on the rows of `withdrawal`; NULL without one. */
export const withdrawnBecause = sql<string | null>`(
  select substring(r.statement from E'\nalasan ([^\n]+)\n') from withdrawal_request r where r.id = withdrawal.request_id)`;

/** A pledge whose text, evidence and paper were removed because the law asked for it. Its digests stay. */
export const erasure = pgTable('erasure', {
  hash: bytea()
    .primaryKey()
    .references(() => signature.hash),
  alasan: text().notNull(),
  /** Whose it was: digest of the version of the list, and the line of its text; null: that isn't proven, or an earlier release erased it. */
  daftar: bytea(),
  baris: integer(),
  at: now(),
});

/** An operator's own word that a copy outside which was lost or spoiled is made anew from this database. Rows never change. */
export const adoption = pgTable('adoption', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** Entries of the checkpoint that was adopted. */
  size: bigint({ mode: 'number' }).notNull(),
  /** What was wrong with the copy: a `PublishCode`. */
  sebab: text().notNull(),
  alasan: text().notNull(),
  at: now(),
});

/**
 * Which keys belong to this database, by digest: written at the first start, and again by an operator's own word with its
 * reason. The newest of a name counts. Rows never change.
 */
export const keyDigest = pgTable(
  'key_digest',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** `secret` or `seal`. */
    nama: text().notNull(),
    digest: bytea().notNull(),
    /** Null: the first. */
    alasan: text(),
    at: now(),
  },
  (t) => [uniqueIndex('key_digest_first').on(t.nama).where(sql`${t.alasan} is null`)],
);

/** How many must sign and how many have, per event and kecamatan. `sudah` is raised by the statement that gives the entry its place in the ledger. */
export const tally = pgTable(
  'tally',
  {
    kegiatanId: text()
      .notNull()
      .references(() => kegiatan.id),
    /** Code of the kecamatan, or of the kabupaten for those who serve it as a whole. */
    wilayah: text().notNull(),
    wajib: integer().notNull().default(0),
    sudah: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.kegiatanId, t.wilayah] }),
    index('tally_wilayah').on(sql`wilayah collate "C"`),
  ],
);

/**
 * Sums of `tally` for every kecamatan, kabupaten, province and, under the empty code, the country, so that no page adds up
 * the country. Triggers keep it. An event's places count from the day it is first opened.
 */
export const areaTally = pgTable('area_tally', {
  wilayah: text().primaryKey(),
  wajib: integer().notNull().default(0),
  sudah: integer().notNull().default(0),
});

/** The PDF of a pledge: made once, sealed, kept, the same bytes at every download. Its digest is in the ledger. */
export const document = pgTable('document', {
  hash: bytea()
    .primaryKey()
    .references(() => signature.hash),
  pdf: bytea().notNull(),
  sha256: bytea().notNull(),
  leafId: bigint({ mode: 'number' })
    .notNull()
    .unique()
    .references(() => leaf.id),
  at: now(),
});

/** Pledges in the ledger whose PDF is still to be made: `tally_placed` writes it, `keep_document` takes it away. */
export const documentDue = pgTable('document_due', {
  hash: bytea()
    .primaryKey()
    .references(() => signature.hash),
  at: now(),
});

/** Certificates of the installation's own seal, one for each name of an organiser: made when first needed. */
export const sealCertificate = pgTable(
  'seal_certificate',
  {
    /** SHA-256 of the key's SPKI. */
    kunci: bytea().notNull(),
    organizerId: text()
      .notNull()
      .references(() => organizer.id),
    /** The organiser's name then; another name has another certificate. */
    nama: text().notNull(),
    certificate: bytea().notNull(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.kunci, t.organizerId, t.nama] })],
);

/** A document timestamp put on a kept paper later: only what is appended. The digest of the whole is in the ledger too. */
export const documentTimestamp = pgTable('document_timestamp', {
  hash: bytea()
    .primaryKey()
    .references(() => document.hash, { onDelete: 'cascade' }),
  appended: bytea().notNull(),
  /** Of the paper with what is appended. */
  sha256: bytea().notNull(),
  leafId: bigint({ mode: 'number' })
    .notNull()
    .unique()
    .references(() => leaf.id),
  at: now(),
});

/** Papers sealed while no time-stamping authority answered: `keep_document` writes it, `keep_document_timestamp` takes it away. */
export const timestampDue = pgTable('timestamp_due', {
  hash: bytea()
    .primaryKey()
    .references(() => document.hash, { onDelete: 'cascade' }),
  at: now(),
});

// --- the house itself -------------------------------------------------------------------------------

/**
 * Functions of the database as they were last applied from the `.sql` files beside the keepers (node/functions.ts). Which are
 * ours: others may stand beside them.
 */
export const appliedFunction = pgTable('applied_function', {
  name: text().primaryKey(),
  /** Of its file. */
  sha256: bytea().notNull(),
  at: now(),
});

/** The last run of the cron on Workers (cron-runs.ts): one row, or none where no cron ever ran. */
export const cronRun = pgTable('cron_run', {
  id: smallint().primaryKey().default(1),
  begunAt: instant().notNull(),
  /** Null: none has ended. */
  endedAt: instant(),
  /** Whether the last one that ended found a cache before the database, and the bucket writable. */
  cached: boolean().notNull().default(false),
  copyWritable: boolean().notNull().default(true),
});
