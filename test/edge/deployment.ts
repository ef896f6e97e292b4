/** A house as it is deployed: what the bindings of wrangler.toml say of it. */
import type { Bindings } from '../../src/edge/bindings.ts';
import { exportSigner, type NewSigner } from '../../src/ledger/note.ts';
import { base64 } from '../../src/lib/base64.ts';
import type { House } from '../house.ts';
import { type FaultyBucket, openBucket } from './bucket.ts';

/** The secrets, by their names. */
export const secretsOf = async ({
  services,
  keys,
}: Pick<House, 'services' | 'keys'>): Promise<
  Record<'IKRAR_LEDGER_KEY' | 'IKRAR_SECRET' | 'IKRAR_SEAL_KEY', string>
> => ({
  IKRAR_LEDGER_KEY: base64(await exportSigner(services.signer as NewSigner)),
  IKRAR_SECRET: base64(keys.secret),
  IKRAR_SEAL_KEY: base64(keys.seal.key),
});

/** All of them, with a bucket that has what is published. */
export async function deploy(house: House): Promise<{ bucket: FaultyBucket; whole: Bindings }> {
  await house.services.publish();
  const bucket = openBucket();
  bucket.objects.set('checkpoint', (await house.services.mirror.read())!);
  const { origin } = house.services.config;
  return {
    bucket,
    whole: {
      DB: { connectionString: house.serviceUrl },
      MIRROR: bucket,
      IKRAR_ORIGIN: origin,
      ...(await secretsOf(house)),
    },
  };
}
