/** All drills, in the order in which they are held. */
import { backupDrills } from './drills/backup.ts';
import { clockDrills } from './drills/clock.ts';
import { databaseDrills } from './drills/database.ts';
import { diskDrills } from './drills/disk.ts';
import { keyDrills } from './drills/keys.ts';
import { networkDrills } from './drills/network.ts';
import { processDrills, versionDrills } from './drills/process.ts';
import { standbyDrills } from './drills/standby.ts';
import type { Drill } from './run.ts';

/** `other`: folder of a second built version; null if there is none. */
export const drillsWith = (other: string | null): Drill[] => [
  ...processDrills,
  ...versionDrills(other),
  ...databaseDrills,
  ...diskDrills,
  ...backupDrills,
  ...networkDrills,
  ...standbyDrills,
  ...keyDrills,
  ...clockDrills,
];
