/**
 * What a signer's passkey is asked to sign:
 *
 *     challenge = SHA-256("ikrar/tantangan@v1" LF statement)
 *
 * The phone works it out again from the text it shows. The first line keeps an assertion made for anything else (a login,
 * another format) from ever being one for a pledge.
 */
import type { Bytes } from '../lib/bytes.ts';
import { sha256Text } from '../lib/sha256.ts';

const CONTEXT = 'ikrar/tantangan@v1\n';

/** 32 bytes. */
export const challengeOf = (statement: string): Promise<Bytes> => sha256Text(CONTEXT + statement);
