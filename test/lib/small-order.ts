/** The points of Ed25519 whose order divides 8, worked out by point arithmetic, in every spelling that some reader takes. */
import { Point } from '@noble/ed25519';
import { type Bytes, fromHex } from '../../src/lib/bytes.ts';

const FIELD = Point.CURVE().p;

/** Of order 8; its multiples are all eight. */
const GENERATOR = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');

export const TORSION: Point[] = [Point.ZERO];
for (let more = GENERATOR; !more.is0(); more = more.add(GENERATOR)) TORSION.push(more);

/** y in 255 bits, also where it is not below p; and the sign of x, both if x is 0. */
export function encodingsOf(point: Point): Bytes[] {
  const { x, y } = point.toAffine();
  const signs = x === 0n ? [0n, 1n] : [x & 1n];
  const found: Bytes[] = [];
  for (let spelled = y; spelled < 2n ** 255n; spelled += FIELD) {
    for (const sign of signs) {
      const number = spelled + (sign << 255n);
      found.push(fromHex(number.toString(16).padStart(64, '0')).reverse());
    }
  }
  return found;
}

export const SMALL_ORDER_ENCODINGS: Bytes[] = TORSION.flatMap(encodingsOf);
