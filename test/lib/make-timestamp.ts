/** Timestamps by anyone's hand, right or wrong in one place. Web standards only: the same runs in every runtime. */
import { type AsnType, GeneralizedTime, Integer, Null, ObjectIdentifier, OctetString } from 'asn1js';
import type { Bytes } from '../../src/lib/bytes.ts';
import { TST_INFO } from '../../src/lib/cms.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { der, type Making, makeCms, type Owner, oid, owner, sequence } from './make-cms.ts';

export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** An authority with a certificate for timestamps. */
export const authority = (name: string, more: Parameters<typeof owner>[1] = {}): Promise<Owner> =>
  owner(name, { purposes: [TIME_STAMPING], ...more });

export interface Stamping {
  by: Owner;
  /** SHA-256 that the token is of. */
  digest: Bytes;
  /** Body of the integer. */
  nonce?: Bytes | undefined;
  at?: Date;
  version?: number;
  /** Instead of SHA-256. */
  hash?: string;
  /** After the time. */
  fields?: AsnType[];
  cms?: Partial<Making>;
}

const now = (): Date => new Date(Math.floor(Date.now() / 1000) * 1000);

/** A TimeStampToken (RFC 3161, 2.4.2). `at`: now unless told. */
export async function makeTimestamp(stamping: Stamping): Promise<Bytes> {
  const { by, digest, nonce, at = now(), version = 1 } = stamping;
  const { hash = '2.16.840.1.101.3.4.2.1', fields = [], cms = {} } = stamping;
  const info = der(
    sequence(
      new Integer({ value: version }),
      new ObjectIdentifier({ value: '1.2.3.4.1' }),
      sequence(sequence(oid(hash), new Null()), new OctetString({ valueHex: digest })),
      new Integer({ value: 7 }),
      new GeneralizedTime({ valueDate: at }),
      ...fields,
      ...(nonce ? [new Integer({ valueHex: nonce })] : []),
    ),
  );
  return makeCms({ by, type: TST_INFO, within: info, digest: await sha256(info), ...cms });
}

/** A TimeStampResp with its status; `token` null: none. */
export const makeAnswer = (token: Bytes | null, status = 0): Bytes => {
  const head = der(sequence(new Integer({ value: status })));
  const body = token ? new Uint8Array([...head, ...token]) : head;
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Uint8Array.from([0x30, ...length, ...body]);
};
