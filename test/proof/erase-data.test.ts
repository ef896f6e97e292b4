/** Whose an erasure's pledge is: what its statement and the list say that a passkey's signature covers, and no column that the service writes. */
import { test } from 'vitest';

test.todo('forged rows');
