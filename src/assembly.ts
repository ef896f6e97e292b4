/** The world from its parts: one assembly for both doors, for tests and for measurements. */
import { type CanaryMemory, openCanary } from './ledger/canary.ts';
import { cosign } from './ledger/cosign.ts';
import { formatWitnessKey } from './ledger/cosignature.ts';
import { type How, type Memory, openGuard } from './ledger/guard.ts';
import type { Halt } from './ledger/halt.ts';
import { follows, publish } from './ledger/publish.ts';
import type { AskedWitness } from './ledger/witness-list.ts';
import { coalesce } from './lib/coalesce.ts';
import type { Services } from './services.ts';
import * as signatures from './signature/signatures.ts';

/** What a runtime brings. */
interface Parts
  extends Pick<
    Services,
    'config' | 'db' | 'secret' | 'signer' | 'sealerOf' | 'timeAuthorities' | 'mirror' | 'turns' | 'later'
  > {
  witnesses: AskedWitness[];
  /** Whether a cron does what isn't done by requests. */
  cron?: boolean;
  /** What the installation lacks, where it is open all the same. */
  missing?: readonly string[];
  /** Why the keys are not this database's, or null: nothing is written then, all can be read. */
  strangeKeys?(how: How): Promise<Halt | null>;
  /** What was found out before: where requests share nothing else. */
  memory?: { guard: Memory; canary: CanaryMemory };
  /** For how many milliseconds what was found out is believed; as guard and canary have it unless told. */
  fresh?: number;
}

interface Assembled {
  services: Services;
  /** Asks all witnesses, also those who have said so already: whether one knows of more than the database has. */
  askAgain(ms?: number): Promise<void>;
}

export function assemble({
  witnesses,
  missing = [],
  cron = false,
  strangeKeys,
  memory,
  fresh,
  ...parts
}: Parts): Assembled {
  const { db, signer, mirror, later } = parts;
  const believed = fresh === undefined ? {} : { fresh };
  const askWitnesses = coalesce(() => cosign(db, witnesses));
  const guard = openGuard(
    {
      publish: coalesce(async () => {
        const covered = await publish(db, signer, mirror);
        // Nobody waits for them.
        later(askWitnesses());
        return covered;
      }),
      follows: () => follows(db, signer, mirror),
    },
    { later, ...believed, ...(memory && { memory: memory.guard }) },
  );
  const services: Services = {
    ...parts,
    ...guard,
    missing,
    cron,
    witnesses: witnesses.map(({ verifier }) => ({ name: verifier.name, key: formatWitnessKey(verifier) })),
    halted: async (how) => (await strangeKeys?.(how ?? {})) ?? guard.halted(how),
    canary: openCanary(() => signatures.tryRecording(db), {
      ...believed,
      ...(memory && { memory: memory.canary }),
    }),
  };
  return { services, askAgain: (ms) => cosign(db, witnesses, { again: true, ...(ms && { ms }) }) };
}
