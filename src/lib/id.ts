/** Names for rows that stand in public addresses: random, so that they can't be counted. */
import { base32 } from './base32.ts';
import { randomBytes } from './bytes.ts';

/** Ten lower-case Crockford symbols, 50 random bits. */
export const newId = (): string => base32(randomBytes(7)).slice(0, 10).toLowerCase();
