import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { describe, expect, test } from 'vitest';
import { base64url } from '../../src/lib/base64.ts';
import { type Bytes, concat, hex, randomBytes, utf8 } from '../../src/lib/bytes.ts';
import { Failure } from '../../src/lib/failure.ts';
import {
  beginAssertion,
  beginRegistration,
  credentialIdOf,
  finishAssertion,
  finishRegistration,
  type PasskeyCode,
} from '../../src/passkey/ceremony.ts';
import { challengeOf } from '../../src/passkey/challenge.ts';
import { Authenticator, type Knobs, map } from '../authenticator.ts';
import { SMALL_ORDER_ENCODINGS } from '../lib/small-order.ts';

const config = { origin: 'https://ikrar.example', rpId: 'ikrar.example' };
const challenge = randomBytes(32);
const userHandle = randomBytes(32);

const creation = (exclude: Bytes[] = []) =>
  beginRegistration({
    rpId: config.rpId,
    challenge,
    userHandle,
    userName: 'Ikrar: Siti',
    displayName: 'Siti',
    exclude,
  });

const register = async (phone: Authenticator, knobs: Knobs = {}) => {
  const response = await phone.create(await creation(), config.origin, knobs);
  return finishRegistration({ config, challenge, response });
};

async function verdict(knobs: Knobs, phone = new Authenticator()): Promise<PasskeyCode | 'accepted'> {
  try {
    await register(phone, knobs);
    return 'accepted';
  } catch (error) {
    if (error instanceof Failure) return error.code as PasskeyCode;
    throw error;
  }
}

test('the challenge is a digest of the statement in a context of its own', async () => {
  const text = 'ikrar/pernyataan@v1\n';
  const digest = await crypto.subtle.digest('SHA-256', utf8(`ikrar/tantangan@v1\n${text}`));
  expect(await challengeOf(text)).toEqual(new Uint8Array(digest));
});

test('asks for what the design says', async () => {
  expect(await creation([Uint8Array.of(1, 2, 3)])).toMatchObject({
    rp: { id: 'ikrar.example' },
    user: { id: base64url(userHandle), name: 'Ikrar: Siti', displayName: 'Siti' },
    pubKeyCredParams: [{ alg: -7 }, { alg: -8 }, { alg: -257 }],
    attestation: 'none',
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: [{ id: 'AQID', type: 'public-key' }],
  });
  const request = beginAssertion({
    rpId: config.rpId,
    challenge,
    allow: [
      { id: Uint8Array.of(1, 2, 3), transports: ['internal'] },
      { id: Uint8Array.of(4, 5, 6), transports: [] },
      { id: Uint8Array.of(7, 8, 9) },
    ],
  });
  expect(request).toEqual({
    rpId: 'ikrar.example',
    challenge: base64url(challenge),
    timeout: 120_000,
    userVerification: 'required',
    allowCredentials: [
      { id: 'AQID', type: 'public-key', transports: ['internal'] },
      { id: 'BAUG', type: 'public-key' },
      { id: 'BwgJ', type: 'public-key' },
    ],
  });
});

describe.each(['ES256', 'EdDSA', 'RS256'] as const)('%s', (algorithm) => {
  test('is registered, signs, and its SPKI verifies without the library', async () => {
    const phone = new Authenticator({ algorithm });
    const made = await register(phone);
    expect(made).toMatchObject({
      alg: algorithm,
      counter: 0,
      backupEligible: true,
      transports: ['internal', 'hybrid'],
    });
    const { publicKey } = phone.credentials[0]!.keys;
    expect(hex(made.spki)).toBe(hex(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))));

    const options = beginAssertion({ rpId: config.rpId, challenge, allow: [made] });
    const response = await phone.get(options, config.origin, { counter: 7 });
    expect(credentialIdOf(response)).toEqual(made.id);
    const credential = { ...made, userHandle };
    expect(await finishAssertion({ config, challenge, credential, response })).toMatchObject({
      counter: 7,
      flags: { userPresent: true, userVerified: true, backupEligible: true, backedUp: true },
    });
  });

  test('what we verify is what the WebAuthn library verifies, and so with what we refuse', async () => {
    const phone = new Authenticator({ algorithm });
    const made = await register(phone);
    const options = beginAssertion({ rpId: config.rpId, challenge, allow: [made] });
    const ours = (response: unknown): Promise<boolean> =>
      finishAssertion({ config, challenge, credential: { ...made, userHandle }, response }).then(
        () => true,
        () => false,
      );
    const theirs = (response: Awaited<ReturnType<Authenticator['get']>>): Promise<boolean> =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: base64url(challenge),
        expectedOrigin: config.origin,
        expectedRPID: config.rpId,
        credential: { id: base64url(made.id), publicKey: made.publicKey, counter: 0 },
      }).then(
        ({ verified }) => verified,
        () => false,
      );
    for (let turn = 0; turn < 8; turn++) {
      const honest = await phone.get(options, config.origin);
      expect([await ours(honest), await theirs(honest)]).toEqual([true, true]);
      // Another counter than the one that was signed.
      const altered = await phone.get(options, config.origin);
      altered.response.authenticatorData = `${honest.response.authenticatorData.slice(0, -2)}EA`;
      expect([await ours(altered), await theirs(altered)]).toEqual([false, false]);
    }
  });
});

test.each([
  ['bound to its device', { synced: false }, {}, { backupEligible: false, backedUp: false }],
  ['not copied yet', {}, { clearFlags: 0x10 }, { backupEligible: true, backedUp: false }],
  ['copied', {}, {}, { backupEligible: true, backedUp: true }],
])('the flags of a passkey that is %s', async (_, options, knobs, flags) => {
  const phone = new Authenticator(options);
  const made = await register(phone);
  const request = beginAssertion({ rpId: config.rpId, challenge, allow: [made] });
  const response = await phone.get(request, config.origin, knobs);
  const asserted = await finishAssertion({
    config,
    challenge,
    credential: { ...made, userHandle },
    response,
  });
  expect(asserted.flags).toEqual({ userPresent: true, userVerified: true, ...flags });
});

test('a phone that has one of the excluded passkeys makes no second one', async () => {
  const phone = new Authenticator();
  const made = await register(phone);
  await expect(phone.create(await creation([made.id]), config.origin)).rejects.toThrow('already registered');
});

test('a registration is never a signature, and a signature no registration', async () => {
  const phone = new Authenticator();
  const created = await phone.create(await creation(), config.origin);
  const made = await finishRegistration({ config, challenge, response: created });
  const credential = { ...made, userHandle };
  await expect(finishAssertion({ config, challenge, credential, response: created })).rejects.toMatchObject({
    code: 'passkey-response',
  });
  const asserted = await phone.get(
    beginAssertion({ rpId: config.rpId, challenge, allow: [made] }),
    config.origin,
  );
  await expect(finishRegistration({ config, challenge, response: asserted })).rejects.toMatchObject({
    code: 'passkey-response',
  });
});

describe('a registration is refused', () => {
  const key = (name: string, value: unknown): Knobs => ({
    clientData: (data) => ({ ...data, [name]: value }),
  });
  const cases: [string, Knobs, PasskeyCode][] = [
    ['in a frame', key('crossOrigin', true), 'client-data-framed'],
    ['for a signature', key('type', 'webauthn.get'), 'client-data-type'],
    ['for another challenge', key('challenge', 'AAAA'), 'client-data-challenge'],
    ['from another origin', key('origin', 'https://ikrar.example.net'), 'client-data-origin'],
    ['of another relying party', { rpId: 'lain.example' }, 'other-site'],
    ['without verification', { clearFlags: 0x04 }, 'user-not-verified'],
    ['without presence', { clearFlags: 0x01 }, 'user-not-present'],
    ['with a reserved flag', { setFlags: 0x20 }, 'authenticator-data-flags'],
    [
      'without a key',
      { clearFlags: 0x40, authenticatorData: (b) => b.slice(0, 38) },
      'authenticator-data-flags',
    ],
    ['of 37 bytes', { authenticatorData: (b) => b.slice(0, 37) }, 'authenticator-data-size'],
    ['with bytes after', { authenticatorData: (b) => concat(b, Uint8Array.of(0)) }, 'passkey-registration'],
    [
      'of an id that is not its own',
      { answer: (a) => ({ ...a, id: 'AAAA', rawId: 'AAAA' }) },
      'other-credential',
    ],
    [
      'without an attestation object',
      { answer: (a) => ({ ...a, response: { ...(a.response as object), attestationObject: 'AAAA' } }) },
      'passkey-response',
    ],
  ];
  for (const [name, knobs, code] of cases) {
    test(name, async () => expect(await verdict(knobs)).toBe(code));
  }

  test('of an id that is empty, or longer than any', async () => {
    const of = (id: Bytes): Knobs => ({
      authenticatorData: (data) =>
        concat(data.subarray(0, 53), Uint8Array.of(id.length >> 8, id.length & 255), id, data.subarray(87)),
      answer: (answer) => ({ ...answer, id: base64url(id), rawId: base64url(id) }),
    });
    expect(await verdict(of(randomBytes(1023)))).toBe('accepted');
    expect(await verdict(of(randomBytes(1024)))).toBe('other-credential');
    expect(await verdict(of(new Uint8Array(0)))).toBe('passkey-registration');
  });

  test('with an RSA key that anyone can sign for: its exponent is 1', async () => {
    const authenticatorData: Knobs['authenticatorData'] = (data) => {
      const at = data.length - 3;
      return hex(data.subarray(at)) === '010001'
        ? concat(data.subarray(0, at), Uint8Array.of(0, 0, 1))
        : data;
    };
    expect(await verdict({ authenticatorData }, new Authenticator({ algorithm: 'RS256' }))).toBe(
      'passkey-key',
    );
    expect(await verdict({}, new Authenticator({ algorithm: 'RS256' }))).toBe('accepted');
  });

  test('with an Ed25519 key that anyone can sign for: a point of small order, however it is spelled', async () => {
    const registered = (point: Uint8Array) =>
      verdict(
        { authenticatorData: (data) => concat(data.subarray(0, -32), point) },
        new Authenticator({ algorithm: 'EdDSA' }),
      );
    expect(SMALL_ORDER_ENCODINGS).toHaveLength(14);
    for (const point of SMALL_ORDER_ENCODINGS) expect(await registered(point)).toBe('passkey-key');
    expect(await registered(new Uint8Array(32).fill(9))).toBe('accepted');
  });

  test('with a number where the authenticator data belong: nothing of that length is set aside', async () => {
    const attestationObject = base64url(
      concat(Uint8Array.of(0xa1, 0x68), utf8('authData'), Uint8Array.of(0x19, 0x04, 0x00)),
    );
    const answer: Knobs['answer'] = (given) => ({
      ...given,
      response: { ...(given.response as object), attestationObject },
    });
    expect(await verdict({ answer })).toBe('passkey-response');
  });

  test('with an algorithm that was not asked for', async () => {
    // -7 as the last but one field of the key becomes -35 (ES384).
    const swap = (bytes: Bytes): Bytes => {
      const at = bytes.findIndex(
        (byte, i) => byte === 0x03 && bytes[i + 1] === 0x26 && bytes[i + 2] === 0x20,
      );
      return concat(bytes.subarray(0, at + 1), Uint8Array.of(0x38, 0x22), bytes.subarray(at + 2));
    };
    expect(await verdict({ authenticatorData: swap })).toBe('passkey-registration');
  });

  test('with a point that is not on the curve', async () => {
    const flip = (bytes: Bytes): Bytes => {
      const out = bytes.slice();
      out[out.length - 1]! ^= 1;
      return out;
    };
    expect(await verdict({ authenticatorData: flip })).toBe('passkey-key');
  });
});

describe('a registration is accepted', () => {
  test('with an attestation nobody asked for: it is not looked at', async () => {
    for (const fmt of ['packed', 'apple', 'something-new']) {
      expect(await verdict({ attestation: { fmt, attStmt: map() } })).toBe('accepted');
    }
  });

  test('with hints for the next prompt, of which those are kept that can be some', async () => {
    const kept = async (transports: unknown): Promise<string[]> => {
      const answer: Knobs['answer'] = (given) => ({
        ...given,
        response: { ...(given.response as object), transports },
      });
      return (await register(new Authenticator(), { answer })).transports;
    };
    expect(await kept(undefined)).toEqual([]);
    expect(await kept('internal')).toEqual([]);
    expect(await kept(['usb', 'smart-card', 'usb'])).toEqual(['usb', 'smart-card']);
    expect(await kept(['', 'USB', 'a b', ' usb', 'usb ', 1, null, ['usb'], 'a'.repeat(21)])).toEqual([]);
    expect(await kept(['a'.repeat(20)])).toEqual(['a'.repeat(20)]);
    expect(await kept([...'abcdefghij'])).toEqual([...'abcdefgh']);
  });

  test('from a phone that does not sync', async () => {
    const made = await register(new Authenticator({ synced: false }));
    expect(made.backupEligible).toBe(false);
  });
});
