import { expect, test } from 'vitest';
import { faultsOf } from './axe.ts';
import { openPhone } from './browser.ts';

test('the browser runs here and keeps a passkey', async () => {
  const phone = await openPhone();
  await phone.page.route('http://localhost:9/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Ikrar</h1>' }),
  );
  await phone.page.goto('http://localhost:9/');
  const made = await phone.page.evaluate(async () => {
    const credential = await navigator.credentials.create({
      publicKey: {
        challenge: new Uint8Array(32),
        rp: { id: 'localhost', name: 'Ikrar' },
        user: { id: new Uint8Array(32), name: 'contoh', displayName: 'Contoh' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
      },
    });
    return credential?.type;
  });
  expect(made).toBe('public-key');
  expect(await phone.passkeys()).toHaveLength(1);
  await phone.verifyPerson(false);
});

test('what a screen reader can’t say, and nobody can read, is a fault', async () => {
  const { page } = await openPhone();
  await page.setContent(
    '<html><title>Ikrar</title><main><img src="data:,"><p style="color:#ddd">Ikrar</p></main>',
  );
  const faults = await faultsOf(page);
  expect(faults.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['color-contrast', 'html-has-lang', 'image-alt']),
  );
});
