/**
 * Every refusal of the strict layer, each with an answer that is signed by a real key and right in all else. `alone` says
 * what the WebAuthn library makes of it without us: what it accepts, the strict layer alone keeps out.
 */
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { describe, expect, test } from 'vitest';
import { base64url, fromBase64url } from '../../src/lib/base64.ts';
import { type Bytes, concat, hex, randomBytes, utf8, utf8Text } from '../../src/lib/bytes.ts';
import { Failure } from '../../src/lib/failure.ts';
import {
  beginAssertion,
  beginRegistration,
  finishAssertion,
  finishRegistration,
  type PasskeyCode,
} from '../../src/passkey/ceremony.ts';
import { type Algorithm, parseEcdsa } from '../../src/passkey/strict.ts';
import { Authenticator, type AuthenticatorOptions, type Knobs, twin } from '../authenticator.ts';

const config = { origin: 'https://ikrar.example', rpId: 'ikrar.example' };
const challenge = randomBytes(32);

async function registered(options: AuthenticatorOptions = {}) {
  const phone = new Authenticator(options);
  const userHandle = randomBytes(32);
  const creation = await beginRegistration({
    rpId: config.rpId,
    challenge,
    userHandle,
    userName: 'Siti',
    displayName: 'Siti',
    exclude: [],
  });
  const response = await phone.create(creation, config.origin);
  const made = await finishRegistration({ config, challenge, response });
  return { phone, credential: { ...made, userHandle } };
}

const phones: Record<Algorithm, Awaited<ReturnType<typeof registered>>> = {
  ES256: await registered(),
  EdDSA: await registered({ algorithm: 'EdDSA' }),
  RS256: await registered({ algorithm: 'RS256' }),
};
const unsynced = await registered({ synced: false });

type Holder = (typeof phones)['ES256'];

const answerOf = ({ phone, credential }: Holder, knobs: Knobs, origin = config.origin) =>
  phone.get(beginAssertion({ rpId: config.rpId, challenge, allow: [credential] }), origin, knobs);

async function verdict({ credential }: Holder, response: unknown): Promise<PasskeyCode | 'accepted'> {
  try {
    await finishAssertion({ config, challenge, credential, response });
    return 'accepted';
  } catch (error) {
    if (error instanceof Failure) return error.code as PasskeyCode;
    throw error;
  }
}

async function alone({ credential }: Holder, response: AuthenticationResponseJSON): Promise<boolean> {
  try {
    const { verified } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: base64url(challenge),
      expectedOrigin: config.origin,
      expectedRPID: config.rpId,
      requireUserVerification: true,
      credential: { id: base64url(credential.id), publicKey: credential.publicKey, counter: 0 },
    });
    return verified;
  } catch {
    return false;
  }
}

const text = (change: (text: string) => string) => (bytes: Bytes) => utf8(change(utf8Text(bytes)));
const key = (name: string, value: unknown): Knobs => ({ clientData: (data) => ({ ...data, [name]: value }) });
const handle = (userHandle: unknown): Knobs => ({
  answer: (answer) => ({ ...answer, response: { ...(answer.response as object), userHandle } }),
});
/** Client data of so many bytes. */
const sized = (length: number): Knobs => ({
  clientDataBytes: (bytes) => concat(bytes, new Uint8Array(length - bytes.length).fill(0x20)),
});
const tlv = (tag: number, value: Uint8Array) => concat(Uint8Array.of(tag, value.length), value);

interface Case {
  knobs: Knobs;
  code: PasskeyCode;
  holder?: Holder;
  origin?: string;
  /** What the library alone makes of it. */
  alone: 'accepts' | 'refuses';
}

const refusals: Record<string, Case> = {
  'client data of 5 kB': {
    knobs: key('padding', 'x'.repeat(5000)),
    code: 'client-data-size',
    alone: 'accepts',
  },
  'a BOM before the client data': {
    knobs: { clientDataBytes: (bytes) => concat(Uint8Array.of(0xef, 0xbb, 0xbf), bytes) },
    code: 'client-data-encoding',
    alone: 'accepts',
  },
  'client data that is not UTF-8': {
    knobs: {
      clientDataBytes: (bytes) =>
        concat(bytes.subarray(0, -1), utf8(',"x":"'), Uint8Array.of(0xff), utf8('"}')),
    },
    code: 'client-data-encoding',
    alone: 'accepts',
  },
  'client data that is not JSON': {
    knobs: { clientDataBytes: text((json) => `${json},`) },
    code: 'client-data-json',
    alone: 'refuses',
  },
  'client data that is no object': {
    knobs: { clientDataBytes: () => utf8('[]') },
    code: 'client-data-json',
    alone: 'refuses',
  },
  'client data as long as a field may be': {
    knobs: sized(24_576),
    code: 'client-data-size',
    alone: 'accepts',
  },
  'client data of one byte too many': {
    knobs: sized(2049),
    code: 'client-data-size',
    alone: 'accepts',
  },
  'client data that are null': {
    knobs: { clientDataBytes: () => utf8('null') },
    code: 'client-data-json',
    alone: 'refuses',
  },
  'client data that are a word': {
    knobs: { clientDataBytes: () => utf8('"webauthn.get"') },
    code: 'client-data-json',
    alone: 'refuses',
  },
  'the challenge twice': {
    knobs: { clientDataBytes: text((json) => json.replace('{', '{"challenge":"AAAA",')) },
    code: 'client-data-key-twice',
    alone: 'accepts',
  },
  'the origin twice, once escaped': {
    knobs: {
      clientDataBytes: text((json) => json.replace('{', '{"\\u006frigin":"https://lain.example",')),
    },
    code: 'client-data-key-twice',
    alone: 'accepts',
  },
  'a key twice deep inside': {
    knobs: { clientDataBytes: text((json) => json.replace('{', '{"x":[{"a":1,"a":2}],')) },
    code: 'client-data-key-twice',
    alone: 'accepts',
  },
  'a registration as a signature': {
    knobs: key('type', 'webauthn.create'),
    code: 'client-data-type',
    alone: 'refuses',
  },
  'a payment as a signature': {
    knobs: key('type', 'payment.get'),
    code: 'client-data-type',
    alone: 'refuses',
  },
  'another challenge': {
    knobs: key('challenge', base64url(randomBytes(32))),
    code: 'client-data-challenge',
    alone: 'refuses',
  },
  'the challenge with padding': {
    knobs: key('challenge', `${base64url(challenge)}=`),
    code: 'client-data-challenge',
    alone: 'refuses',
  },
  'a look-alike origin': {
    knobs: {},
    origin: 'https://ikrar.example.net',
    code: 'client-data-origin',
    alone: 'refuses',
  },
  'the origin with a slash': {
    knobs: key('origin', 'https://ikrar.example/'),
    code: 'client-data-origin',
    alone: 'refuses',
  },
  'a list with the origin': {
    knobs: key('origin', [config.origin]),
    code: 'client-data-origin',
    alone: 'refuses',
  },
  'no origin': { knobs: key('origin', undefined), code: 'client-data-origin', alone: 'refuses' },
  'a frame of another site': {
    knobs: key('crossOrigin', true),
    code: 'client-data-framed',
    alone: 'accepts',
  },
  'crossOrigin that is no boolean': {
    knobs: key('crossOrigin', 0),
    code: 'client-data-framed',
    alone: 'accepts',
  },
  'an empty topOrigin': { knobs: key('topOrigin', ''), code: 'client-data-framed', alone: 'accepts' },
  'our own topOrigin': {
    knobs: key('topOrigin', config.origin),
    code: 'client-data-framed',
    alone: 'refuses',
  },
  'extension data': {
    knobs: { setFlags: 0x80, authenticatorData: (bytes) => concat(bytes, Uint8Array.of(0xa0)) },
    code: 'authenticator-data-size',
    alone: 'accepts',
  },
  'a key in an assertion': {
    knobs: {
      setFlags: 0x40,
      authenticatorData: (bytes) =>
        concat(bytes, new Uint8Array(16), Uint8Array.of(0, 1, 7), phones.ES256.credential.publicKey),
    },
    code: 'authenticator-data-size',
    alone: 'accepts',
  },
  'a byte too many': {
    knobs: { authenticatorData: (bytes) => concat(bytes, Uint8Array.of(0)) },
    code: 'authenticator-data-size',
    alone: 'refuses',
  },
  'a byte too few': {
    knobs: { authenticatorData: (bytes) => bytes.slice(0, 36) },
    code: 'authenticator-data-size',
    alone: 'refuses',
  },
  'a reserved flag (bit 1)': {
    knobs: { setFlags: 0x02 },
    code: 'authenticator-data-flags',
    alone: 'accepts',
  },
  'a reserved flag (bit 5)': {
    knobs: { setFlags: 0x20 },
    code: 'authenticator-data-flags',
    alone: 'accepts',
  },
  'a key announced and not there': {
    knobs: { setFlags: 0x40 },
    code: 'authenticator-data-flags',
    alone: 'refuses',
  },
  'nobody present': { knobs: { clearFlags: 0x01 }, code: 'user-not-present', alone: 'refuses' },
  'nobody verified': { knobs: { clearFlags: 0x04 }, code: 'user-not-verified', alone: 'refuses' },
  'backed up without being eligible': {
    knobs: { clearFlags: 0x08 },
    code: 'authenticator-data-backup',
    alone: 'refuses',
  },
  // What its making said hides nothing here: it was never eligible.
  'backed up without ever being eligible': {
    knobs: { setFlags: 0x10 },
    holder: unsynced,
    code: 'authenticator-data-backup',
    alone: 'refuses',
  },
  'no longer eligible for backup': {
    knobs: { clearFlags: 0x18 },
    code: 'authenticator-data-backup',
    alone: 'accepts',
  },
  'another relying party': { knobs: { rpId: 'lain.example' }, code: 'other-site', alone: 'refuses' },
  'bytes after the signature': {
    knobs: { signature: (der) => concat(der, Uint8Array.of(0)) },
    code: 'signature-shape',
    alone: 'accepts',
  },
  'bytes inside the sequence': {
    knobs: {
      signature: (der) => tlv(0x30, concat(der.subarray(2), Uint8Array.of(5, 0))),
    },
    code: 'signature-shape',
    alone: 'accepts',
  },
  'a length in two bytes': {
    knobs: { signature: (der) => concat(Uint8Array.of(0x30, 0x81), der.subarray(1)) },
    code: 'signature-shape',
    alone: 'accepts',
  },
  'an indefinite length': {
    knobs: { signature: (der) => concat(Uint8Array.of(0x30, 0x80), der.subarray(2), Uint8Array.of(0, 0)) },
    code: 'signature-shape',
    alone: 'accepts',
  },
  'r and s without DER': { knobs: { signature: parseEcdsa }, code: 'signature-shape', alone: 'refuses' },
  'an empty signature': {
    knobs: { signature: () => new Uint8Array() },
    code: 'signature-shape',
    alone: 'refuses',
  },
  'a signature of zeros': {
    knobs: { signature: () => Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0) },
    code: 'signature-shape',
    alone: 'refuses',
  },
  'an Ed25519 signature of 65 bytes': {
    knobs: { signature: (bytes) => concat(bytes, Uint8Array.of(0)) },
    holder: phones.EdDSA,
    code: 'signature-shape',
    alone: 'refuses',
  },
  'an RSA signature shorter than its modulus': {
    knobs: { signature: (bytes) => bytes.slice(1) },
    holder: phones.RS256,
    code: 'signature-shape',
    alone: 'refuses',
  },
  'the user handle of another': {
    knobs: { userHandle: randomBytes(32) },
    code: 'other-user',
    alone: 'accepts',
  },
  'a user handle that is no text': { knobs: handle(0), code: 'passkey-response', alone: 'accepts' },
  'a signature by another key': {
    knobs: { answer: (answer) => answer, signature: () => derOf(randomBytes(64)) },
    code: 'signature-wrong',
    alone: 'refuses',
  },
};

function derOf(raw: Uint8Array): Bytes {
  raw[0] = 1;
  raw[32] = 1;
  return tlv(0x30, concat(tlv(2, raw.subarray(0, 32)), tlv(2, raw.subarray(32))));
}

describe('refused', () => {
  for (const [name, { knobs, code, holder = phones.ES256, origin, alone: expected }] of Object.entries(
    refusals,
  )) {
    test(name, async () => {
      const answer = await answerOf(holder, knobs, origin);
      expect(await verdict(holder, answer)).toBe(code);
      expect((await alone(holder, answer)) ? 'accepts' : 'refuses').toBe(expected);
    });
  }

  test('eligible once, never again', async () => {
    const turned = { ...unsynced, credential: { ...unsynced.credential, backupEligible: true } };
    expect(await verdict(turned, await answerOf(unsynced, {}))).toBe('authenticator-data-backup');
  });

  test('an integer with a needless zero', async () => {
    // The library minds it only where r fills its 32 bytes, so draw one that doesn't: one in 512.
    let answer = await answerOf(phones.ES256, {});
    let raw = parseEcdsa(fromBase64url(answer.response.signature));
    while (raw[0] !== 0 || raw[1]! >= 0x80) {
      answer = await answerOf(phones.ES256, {});
      raw = parseEcdsa(fromBase64url(answer.response.signature));
    }
    const der = fromBase64url(answer.response.signature);
    const s = der.subarray(4 + der[3]!);
    const padded = tlv(0x30, concat(tlv(2, raw.subarray(0, 32)), s));
    const wrong = { ...answer, response: { ...answer.response, signature: base64url(padded) } };
    expect(await verdict(phones.ES256, answer)).toBe('accepted');
    expect(await verdict(phones.ES256, wrong)).toBe('signature-shape');
    expect(await alone(phones.ES256, wrong)).toBe(true);
  });

  describe('as the DER of r and s', () => {
    const one = [2, 1, 1];
    /** 2^255 and more need a zero before. */
    const full = [2, 33, 0, ...Array(32).fill(0xff)];
    const sequence = (...parts: number[][]) => Uint8Array.of(0x30, parts.flat().length, ...parts.flat());

    test.each([
      ['the smallest', [one, one], `${'00'.repeat(31)}01`.repeat(2)],
      ['the greatest', [full, full], 'ff'.repeat(64)],
      ['a zero that is needed', [[2, 2, 0, 0x80], one], `${'00'.repeat(31)}80${'00'.repeat(31)}01`],
    ])('%s is read', (_, parts, raw) => {
      expect(hex(parseEcdsa(sequence(...parts)))).toBe(raw);
    });

    test.each<[string, Uint8Array]>([
      ['no byte', new Uint8Array(0)],
      ['no integer', sequence()],
      ['one integer', sequence(one)],
      ['three integers', sequence(one, one, one)],
      ['a set', concat(Uint8Array.of(0x31), sequence(one, one).subarray(1))],
      ['another type as r', sequence([3, 1, 1], one)],
      ['another type as s', sequence(one, [3, 1, 1])],
      ['an integer of no byte', sequence([2, 0], one)],
      ['an integer of no byte, at the end', sequence(one, [2, 0])],
      ['the type of an integer alone', sequence(one, [2])],
      ['an integer that claims more than there is', sequence(one, [2, 2, 1])],
      ['a first integer that claims all', sequence([2, 4, 1, 2, 1, 1])],
      ['a negative r', sequence([2, 1, 0x80], one)],
      ['a negative s', sequence(one, [2, 32, ...Array(32).fill(0xff)])],
      ['zero as r', sequence([2, 1, 0], one)],
      ['zero as s', sequence(one, [2, 1, 0])],
      ['a needless zero', sequence([2, 2, 0, 0x7f], one)],
      ['33 bytes', sequence([2, 33, 1, ...Array(32).fill(0)], one)],
      ['a byte after', concat(sequence(one, one), Uint8Array.of(0))],
      ['a byte within, after s', sequence(one, one, [0])],
      ['a length that is too small', Uint8Array.of(0x30, 5, ...one, ...one)],
    ])('%s is not', (_, der) => {
      expect(() => parseEcdsa(der)).toThrow('signature-shape');
    });
  });

  test('a signature of another client data', async () => {
    const answer = await answerOf(phones.ES256, {});
    const other = await answerOf(phones.ES256, key('extra', 1));
    const mixed = {
      ...answer,
      response: { ...answer.response, clientDataJSON: other.response.clientDataJSON },
    };
    expect(await verdict(phones.ES256, mixed)).toBe('signature-wrong');
  });

  test('an answer of another passkey', async () => {
    const answer = await answerOf(unsynced, {});
    expect(await verdict(phones.ES256, answer)).toBe('other-credential');
    // The same id is claimed, but the key is another.
    const { credential } = phones.ES256;
    const claimed = { ...answer, id: base64url(credential.id), rawId: base64url(credential.id) };
    expect(
      await verdict({ ...phones.ES256, credential: { ...credential, backupEligible: false } }, claimed),
    ).toBe('other-user');
  });

  const answers: Record<string, (answer: Record<string, unknown>) => unknown> = {
    nothing: () => null,
    'a list': (answer) => [answer],
    'no response': ({ response: _, ...answer }) => answer,
    'another type': (answer) => ({ ...answer, type: 'password' }),
    'a rawId that differs': (answer) => ({ ...answer, rawId: 'AAAA' }),
    'an id with padding': (answer) => ({ ...answer, id: `${answer.id}=`, rawId: `${answer.id}=` }),
    'a signature that is no text': (answer) => ({
      ...answer,
      response: { ...(answer.response as object), signature: 1 },
    }),
    'a signature in base64': (answer) => ({
      ...answer,
      response: { ...(answer.response as object), signature: '+/==' },
    }),
    'a field of a letter too many': (answer) => ({
      ...answer,
      response: { ...(answer.response as object), clientDataJSON: 'A'.repeat(32_772) },
    }),
    'fields of a megabyte': (answer) => ({
      ...answer,
      response: { ...(answer.response as object), clientDataJSON: 'A'.repeat(1_000_000) },
    }),
  };
  for (const [name, change] of Object.entries(answers)) {
    test(`${name} instead of an answer`, async () => {
      const answer = await answerOf(phones.ES256, {});
      expect(await verdict(phones.ES256, change(answer as unknown as Record<string, unknown>))).toBe(
        'passkey-response',
      );
    });
  }
});

describe('accepted, since honest phones send it', () => {
  const honest: Record<string, { knobs: Knobs; holder?: Holder }> = {
    'the usual': { knobs: {} },
    'no crossOrigin': { knobs: key('crossOrigin', undefined) },
    'eligible for backup, unlike at its making': { knobs: { setFlags: 0x08 }, holder: unsynced },
    'backed up, unlike at its making': { knobs: { setFlags: 0x18 }, holder: unsynced },
    androidPackageName: { knobs: key('androidPackageName', 'com.android.chrome') },
    'Chrome’s reminder not to compare templates': {
      knobs: key('other_keys_can_be_added_here', 'do not compare clientDataJSON against a template'),
    },
    'keys in another order': {
      knobs: { clientData: (data) => Object.fromEntries(Object.entries(data).reverse()) },
    },
    'white space': { knobs: { clientDataBytes: text((json) => `${json.replaceAll(',', ' ,\n ')} `) } },
    'client data as long as they may be': { knobs: sized(2048) },
    'letters beyond ASCII': { knobs: key('catatan', 'Ā’ 🙂') },
    'a high s': { knobs: { s: 'high' } },
    'a low s': { knobs: { s: 'low' } },
    'a passkey that is not backed up yet': { knobs: { clearFlags: 0x10 } },
    'a passkey bound to its device': { knobs: {}, holder: unsynced },
    'no user handle': { knobs: { userHandle: null } },
    'a user handle that is null': { knobs: handle(null) },
    'a user handle that is empty': { knobs: handle('') },
    'a counter': { knobs: { counter: 4_294_967_295 } },
    Ed25519: { knobs: {}, holder: phones.EdDSA },
    RSA: { knobs: {}, holder: phones.RS256 },
    'more in the answer': {
      knobs: { answer: (answer) => ({ ...answer, authenticatorAttachment: 'cross-platform', x: 1 }) },
    },
  };
  for (const [name, { knobs, holder = phones.ES256 }] of Object.entries(honest)) {
    test(name, async () => expect(await verdict(holder, await answerOf(holder, knobs))).toBe('accepted'));
  }

  test('a few hundred signatures of every length', async () => {
    const { phone, credential } = phones.ES256;
    const lengths = new Set<number>();
    for (let i = 0; i < 300; i++) {
      const answer = await answerOf({ phone, credential }, {});
      const der = fromBase64url(answer.response.signature);
      lengths.add(der.length);
      expect(parseEcdsa(der)).toHaveLength(64);
      expect(parseEcdsa(twin(der)).subarray(0, 32)).toEqual(parseEcdsa(der).subarray(0, 32));
    }
    expect(lengths.size).toBeGreaterThan(2);
  });
});
