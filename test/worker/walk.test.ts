/** The walk over every address by every role, in workerd. */
import { openHouse } from '../house.ts';
import { walkTheSite } from '../pages/office/walk.ts';
import { openWorker } from './worker.ts';

const house = await openHouse();
const enter = async () => {
  const copy = await house.services.mirror.read();
  return (await openWorker(house, { copy: copy! })).request;
};
walkTheSite(house, enter, { briefly: true });
