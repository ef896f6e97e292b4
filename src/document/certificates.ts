/** Where the certificates of the installation's own seal are kept: public data, one for each name of an organiser. */
import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '../db.ts';
import type { Bytes } from '../lib/bytes.ts';
import { sealCertificate } from '../schema.ts';

interface Holder {
  /** SHA-256 of the key's SPKI. */
  kunci: Bytes;
  organizerId: string;
  nama: string;
}

const is = ({ kunci, organizerId, nama }: Holder) =>
  and(
    eq(sealCertificate.kunci, kunci),
    eq(sealCertificate.organizerId, organizerId),
    eq(sealCertificate.nama, nama),
  );

export async function find(db: Db, holder: Holder): Promise<Bytes | null> {
  const [row] = await db
    .select({ certificate: sealCertificate.certificate })
    .from(sealCertificate)
    .where(is(holder));
  return row?.certificate ?? null;
}

/** SHA-256 of the SPKI of the key that certified last; null if none has. */
export async function newestKey(db: Db): Promise<Bytes | null> {
  const [row] = await db
    .select({ kunci: sealCertificate.kunci })
    .from(sealCertificate)
    .orderBy(desc(sealCertificate.at))
    .limit(1);
  return row?.kunci ?? null;
}

/** Returns the one that is kept: of two made at once, the first. `wrong`: the one that it is to stand in for. */
export async function keep(
  db: Db,
  holder: Holder,
  certificate: Bytes,
  wrong: Bytes | null = null,
): Promise<Bytes> {
  const values = { ...holder, certificate };
  if (wrong === null) {
    await db.insert(sealCertificate).values(values).onConflictDoNothing();
  } else {
    await db
      .update(sealCertificate)
      .set({ certificate })
      .where(and(is(holder), eq(sealCertificate.certificate, wrong)));
  }
  const kept = await find(db, holder);
  if (!kept) throw new Error('certificates: neither kept nor there');
  return kept;
}
