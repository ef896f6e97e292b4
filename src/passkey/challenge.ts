/**
 * What a passkey is asked to sign:
 *
 *     challenge = SHA-256("ikrar/tantangan@v1" LF text)
 *
 * The browser works it out from the text it shows: a pledge's statement, a withdrawal, a login (prompt.ts). The text's own
 * first line keeps an assertion made for one thing from ever being one for another.
 */
import type { Bytes } from '../lib/bytes.ts';
import { sha256Text } from '../lib/sha256.ts';

const CONTEXT = 'ikrar/tantangan@v1\n';

/** 32 bytes. */
export const challengeOf = (text: string): Promise<Bytes> => sha256Text(CONTEXT + text);
