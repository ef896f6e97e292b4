/** Names for rows that stand in public addresses: random, so that they can't be counted. */
import { base32 } from './base32.ts';
import { randomBytes } from './bytes.ts';

/** Ten lower-case Crockford symbols, 50 random bits. */
export const newId = (): string => base32(randomBytes(7)).slice(0, 10).toLowerCase();

/** Whether it can be such a name: also one of an older or another maker, which is longer. */
export const isId = (text: string): boolean => /^[0-9a-z]{1,40}$/.test(text);

/** RFC 9562, in lower case as PostgreSQL prints it. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
