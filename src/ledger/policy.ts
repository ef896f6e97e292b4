/**
 * Witness policy (quorum): k of n witnesses whom the one who checks has chosen are enough. Shown by test/ledger/policy.test.ts.
 *
 *     # ikrar/kebijakan-saksi@v1
 *     witness saksi.example/satu saksi.example/satu+8d66cf3f+BAAB…
 *     witness saksi.example/dua saksi.example/dua+1c2d3e4f+BAAC…
 *     witness saksi.example/tiga saksi.example/tiga+5a6b7c8d+BAAD…
 *     group saksi 2 saksi.example/satu saksi.example/dua saksi.example/tiga
 *     quorum saksi
 *
 * The name of the format; a line for each witness, with the name of its key and the key (cosignature.ts); how many of
 * them are needed, and their names again, in that order. It is a policy after https://c2sp.org/tlog-policy, so tools for
 * that read it; of the policies that can be written there we read this one form. Each line ends with LF.
 */
import { equal } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { checkCosignatures, formatWitnessKey, parseWitnessKey } from './cosignature.ts';
import type { NoteVerifier } from './note.ts';

export type PolicyCode = 'policy-malformed';

export interface Policy {
  /** How many witnesses are enough: 1 to all of them. */
  enough: number;
  /** 1 to 32, of different names and different keys. */
  witnesses: NoteVerifier[];
}

const HEAD = '# ikrar/kebijakan-saksi@v1';
const GROUP = 'saksi';
/** Names that mean something else in a policy. */
const TAKEN = [GROUP, 'none'];
const MOST_WITNESSES = 32;

/** Throws a `TypeError` if a part can't stand in a policy. */
export function formatPolicy({ enough, witnesses }: Policy): string {
  const names = witnesses.map(({ name }) => name);
  if (witnesses.length > MOST_WITNESSES) throw new TypeError('policy: too many witnesses');
  if (!Number.isInteger(enough) || enough < 1 || enough > witnesses.length) {
    throw new TypeError('policy: not a number of witnesses');
  }
  // One who could vouch under two names would count twice.
  const again = witnesses.some(({ publicKey }, at) =>
    witnesses.slice(0, at).some((other) => equal(other.publicKey, publicKey)),
  );
  if (again || new Set([...names, ...TAKEN]).size !== names.length + TAKEN.length) {
    throw new TypeError('policy: a name or a key twice');
  }
  return [
    HEAD,
    ...witnesses.map((witness) => `witness ${witness.name} ${formatWitnessKey(witness)}`),
    `group ${GROUP} ${enough} ${names.join(' ')}`,
    `quorum ${GROUP}`,
    '',
  ].join('\n');
}

/** Reads what `formatPolicy` prints. Throws `policy-malformed` on anything else. */
export async function parsePolicy(text: string): Promise<Policy> {
  try {
    const lines = text.split('\n');
    const group = lines.findIndex((line) => line.startsWith('group '));
    const keys = lines.slice(1, group).map((line) => line.split(' ')[2]!);
    if (keys.length <= MOST_WITNESSES) {
      const witnesses = await Promise.all(keys.map((key) => parseWitnessKey(key)));
      const policy = { enough: Number(lines[group]!.split(' ')[2]), witnesses };
      if (formatPolicy(policy) === text) return policy;
    }
  } catch (cause) {
    throw new Failure<PolicyCode>('policy-malformed', undefined, { cause });
  }
  throw new Failure<PolicyCode>('policy-malformed');
}

export interface Vouched {
  /** Names of the witnesses who countersigned, in the order of the policy. */
  by: string[];
  /** Of those whose countersignatures are of no time that can be, so that they don't count. */
  untimely: string[];
  enough: boolean;
}

/**
 * Which witnesses of the policy vouch for the checkpoint of this note. `timely`: whether one may have countersigned then, in
 * seconds since 1970, as he says himself. Others' lines are ignored. A line that claims to be by one of them and isn't spoils
 * all: throws as `checkCosignatures` does. A key is known by its name and id, so lines of another algorithm (ML-DSA-44) are
 * others' too. The ledger's own signature is not looked at: `checkNote`.
 */
export async function checkPolicy(
  { enough, witnesses }: Policy,
  note: string,
  timely: (time: number) => boolean = () => true,
): Promise<Vouched> {
  const by: string[] = [];
  const untimely: string[] = [];
  for (const witness of witnesses) {
    const said = await checkCosignatures(note, witness);
    if (said.length === 0) continue;
    (said.some(({ time }) => timely(time)) ? by : untimely).push(witness.name);
  }
  return { by, untimely, enough: by.length >= enough };
}
