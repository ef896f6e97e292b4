/** What the environment sets, and the files it names: all that is wrong in one error. Shown by test/node/settings.test.ts. */
import { parseSettings, type Settings } from '../config.ts';
import { type AskedWitness, parseWitnessList, type WitnessList } from '../ledger/witness-list.ts';
import { readFileIfAny, refuseFolder } from './file.ts';
import { type Proxies, parseProxies } from './remote-address.ts';

export interface Read {
  settings: Settings;
  /** From the file that IKRAR_WITNESSES names; none without it. */
  witnesses: AskedWitness[];
  /** IKRAR_PROXIES: whose word is believed of where a request comes from. */
  proxies: Proxies['trusted'];
}

/** Throws a `SettingsError`. */
export async function readSettings(environment: Record<string, string | undefined>): Promise<Read> {
  const { witnesses, problems } = await readWitnesses(environment.IKRAR_WITNESSES?.trim() ?? '');
  const proxies = parseProxies(environment.IKRAR_PROXIES ?? '');
  const settings = parseSettings(environment, refuseFolder, [...problems, ...proxies.problems]);
  return { settings, witnesses, proxies: proxies.trusted };
}

async function readWitnesses(path: string): Promise<WitnessList> {
  if (path === '') return { witnesses: [], problems: [] };
  try {
    const text = await readFileIfAny(path);
    if (text === null) return { witnesses: [], problems: [`IKRAR_WITNESSES "${path}" tidak ada.`] };
    const { witnesses, problems } = await parseWitnessList(text);
    return { witnesses, problems: problems.map((problem) => `IKRAR_WITNESSES ${problem}`) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { witnesses: [], problems: [`IKRAR_WITNESSES "${path}" tidak dapat dibaca (${code}).`] };
  }
}
