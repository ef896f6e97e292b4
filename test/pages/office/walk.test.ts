/** The walk over every address by every role, on Node. */
import { openHouse } from '../../house.ts';
import { walkTheSite } from './walk.ts';

const house = await openHouse();
walkTheSite(house, async () => house.request);
