/** The key of a registration, as we read it and as the WebAuthn library does, whose judgement of a registration is asked nowhere else. */
import { verifyRegistrationResponse } from '@simplewebauthn/server';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { type Bytes, concat, fromHex, hex, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { authDataOf, parseAttested } from '../../src/passkey/attested.ts';
import { beginRegistration, finishRegistration } from '../../src/passkey/ceremony.ts';
import { Authenticator, bytes, integer, type Knobs, map, text } from '../authenticator.ts';

const config = { origin: 'https://ikrar.example', rpId: 'ikrar.example' };
const challenge = randomBytes(32);
const asked = {
  ...config,
  challenge,
  userHandle: randomBytes(32),
  userName: 'Ikrar: Siti',
  displayName: 'Siti',
};
const EXTENDED = { setFlags: 0x80 } satisfies Knobs;

async function bothOf(phone: Authenticator, knobs: Knobs) {
  const options = await beginRegistration({ ...asked, exclude: [] });
  const response = await phone.create(options, config.origin, knobs);
  const [ours, theirs] = await Promise.allSettled([
    finishRegistration({ config, challenge, response }),
    verifyRegistrationResponse({
      response,
      expectedChallenge: base64url(challenge),
      expectedOrigin: config.origin,
      expectedRPID: config.rpId,
      supportedAlgorithmIDs: [-7, -8, -257],
    }),
  ]);
  return {
    ours: ours.status === 'fulfilled' ? `${base64url(ours.value.id)} ${hex(ours.value.publicKey)}` : null,
    code: ours.status === 'rejected' ? (ours.reason as { code?: string }).code : undefined,
    theirs:
      theirs.status === 'fulfilled' && theirs.value.verified
        ? `${theirs.value.registrationInfo.credential.id} ${hex(theirs.value.registrationInfo.credential.publicKey)}`
        : null,
  };
}

/** Of other lengths and values, at any byte behind the strict layer's 37. */
const spoiled = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(255)).map(([at, value]) => (data: Bytes): Bytes => {
    const out = data.slice();
    out[37 + (at % (out.length - 37))] = value;
    return out;
  }),
  fc.nat().map(
    (at) =>
      (data: Bytes): Bytes =>
        data.slice(0, 38 + (at % (data.length - 38))),
  ),
  fc
    .tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 9 }))
    .map(([at, more]) => (data: Bytes): Bytes => {
      const place = 37 + (at % (data.length - 36));
      return concat(data.subarray(0, place), more, data.subarray(place));
    }),
);

describe.each(['ES256', 'EdDSA', 'RS256'] as const)('%s', (algorithm) => {
  test('an honest registration is read alike, with extensions and without', async () => {
    const phone = new Authenticator({ algorithm });
    const extensions = map([text('credProtect'), integer(2)], [text('hmac-secret'), fromHex('f5')]);
    const extended: Knobs = { ...EXTENDED, authenticatorData: (data) => concat(data, extensions) };
    for (const knobs of [{}, extended]) {
      const { ours, theirs } = await bothOf(phone, knobs);
      expect(ours).not.toBeNull();
      expect(ours).toBe(theirs);
    }
  });

  test('what we take the library takes, with the same id and key; what it takes and we do not, we call by its name', async () => {
    const phone = new Authenticator({ algorithm });
    await bothOf(phone, {});
    const { keys } = phone.credentials[0]!;
    await fc.assert(
      fc.asyncProperty(spoiled, async (spoil) => {
        let sent = '';
        const authenticatorData: Knobs['authenticatorData'] = (data) => {
          const bent = spoil(data);
          sent = hex(bent);
          return bent;
        };
        const { ours, theirs, code } = await bothOf(phone, { keys, authenticatorData });
        if (ours !== null) expect(ours).toBe(theirs);
        else if (theirs !== null) {
          // It never asks whose the id is, nor whether the key can sign; and of one that is cut off it makes another.
          const whole = sent.includes(theirs.split(' ')[1]!);
          expect(code).toMatch(whole ? /^(?:other-credential|passkey-key)$/ : /^passkey-registration$/);
        }
      }),
      { numRuns: 400 },
    );
  });
});

const id = randomBytes(20);
const key = map([integer(1), integer(2)], [integer(3), integer(-7)], [integer(-2), bytes(randomBytes(32))]);
/** Authenticator data with this key, and what follows it. */
const dataOf = (flags: number, ...parts: Uint8Array[]): Bytes =>
  concat(
    new Uint8Array(32),
    Uint8Array.of(flags),
    new Uint8Array(20),
    Uint8Array.of(0, id.length),
    id,
    ...parts,
  );

test('the key is taken as it stands', () => {
  expect(parseAttested(dataOf(0x41, key))).toEqual({ id, publicKey: key, alg: -7 });
  expect(parseAttested(dataOf(0xc1, key, map()))).toEqual({ id, publicKey: key, alg: -7 });
});

test.each<[string, Bytes]>([
  ['no key', dataOf(0x41)],
  ['a list', dataOf(0x41, fromHex('80'))],
  ['bytes after it', dataOf(0x41, key, map())],
  ['extensions that are announced and not there', dataOf(0xc1, key)],
  ['extensions that are no map', dataOf(0xc1, key, fromHex('01'))],
  ['bytes after the extensions', dataOf(0xc1, key, map(), fromHex('00'))],
  ['extensions that are cut off', dataOf(0xc1, key, map([text('a'), bytes(randomBytes(30))]).slice(0, -1))],
  ['a key that is cut off', dataOf(0x41, key.slice(0, -1))],
  ['a length in two spellings', dataOf(0x41, fromHex('a1031902'), fromHex('00'), fromHex('00'))],
  ['a number in two spellings', dataOf(0x41, fromHex('a1031800'))],
  ['an id that is cut off', dataOf(0x41, key).slice(0, 60)],
  ['nothing after the counter', dataOf(0x41, key).slice(0, 37)],
])('%s is refused', (_, data) => {
  expect(() => parseAttested(data)).toThrow();
});

test('an attestation object has authenticator data, in bytes', () => {
  expect(authDataOf(map([text('authData'), bytes(key)]))).toEqual(key);
  for (const other of [
    map(),
    fromHex('80'),
    map([text('authData'), integer(9)]),
    utf8('x'),
    new Uint8Array(),
  ]) {
    expect(() => authDataOf(other)).toThrow();
  }
});
