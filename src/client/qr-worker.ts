/**
 * A worker that reads every QR in a picture, for browsers that can't by themselves: apart from the page, which stays awake.
 * Loaded once there is a picture to read (check/reader.ts).
 */
import jsQR, { type QRCode } from 'jsqr';
import { hasFinderPatterns } from './finder-patterns.ts';

/** `hard`: whether it is worth a second look, which takes as long as the first. */
export interface QrQuestion {
  data: Uint8ClampedArray;
  width: number;
  height: number;
  hard: boolean;
}

/** A paper of ours bears one. */
const MOST = 4;

function readAll({ data, width, height, hard }: QrQuestion): string[] {
  const gray = grayOf(data);
  const found = readEach(gray, width, height);
  if (!hard) return found;
  // A hand that trembled: with its edges made sharper it may be read.
  return [...found, ...readEach(sharpen(gray, width, height), width, height)];
}

/** One byte a point, as the library weighs colours. */
function grayOf(data: Uint8ClampedArray): Uint8ClampedArray {
  const gray = new Uint8ClampedArray(data.length / 4);
  for (let at = 0; at < gray.length; at++) {
    gray[at] = 0.2126 * data[4 * at]! + 0.7152 * data[4 * at + 1]! + 0.0722 * data[4 * at + 2]!;
  }
  return gray;
}

/** The library asks for colours. */
function colouredOf(gray: Uint8ClampedArray): Uint8ClampedArray {
  const data = new Uint8ClampedArray(4 * gray.length);
  for (let at = 0; at < gray.length; at++) {
    data[4 * at] = data[4 * at + 1] = data[4 * at + 2] = gray[at]!;
    data[4 * at + 3] = 255;
  }
  return data;
}

function readEach(gray: Uint8ClampedArray, width: number, height: number): string[] {
  const found: string[] = [];
  for (let looks = 0; looks < MOST && hasFinderPatterns(gray, width, height); looks++) {
    const code = jsQR(colouredOf(gray), width, height, { inversionAttempts: 'dontInvert' });
    if (!code) break;
    if (code.data) found.push(code.data);
    cover(code.location, gray, width, height);
  }
  return found;
}

/** The library finds one QR in a picture; without it, it finds the next. */
function cover(
  { topLeftCorner, topRightCorner, bottomLeftCorner, bottomRightCorner }: QRCode['location'],
  gray: Uint8ClampedArray,
  width: number,
  height: number,
): void {
  const corners = [topLeftCorner, topRightCorner, bottomLeftCorner, bottomRightCorner];
  const within = (value: number, end: number): number => Math.max(0, Math.min(end, Math.round(value)));
  const left = within(Math.min(...corners.map(({ x }) => x)), width);
  const right = within(Math.max(...corners.map(({ x }) => x)), width);
  const top = within(Math.min(...corners.map(({ y }) => y)), height);
  const bottom = within(Math.max(...corners.map(({ y }) => y)), height);
  for (let y = top; y < bottom; y++) gray.fill(255, y * width + left, y * width + right);
}

const RADIUS = 2;
const STRENGTH = 2;

/** Unsharp masking: each point is moved away from the mean of its neighbours. */
function sharpen(gray: Uint8ClampedArray, width: number, height: number): Uint8ClampedArray {
  const across = new Float32Array(gray.length);
  for (let y = 0; y < height; y++) mean(gray, across, y * width, 1, width);
  const around = new Float32Array(gray.length);
  for (let x = 0; x < width; x++) mean(across, around, x, width, height);
  const sharp = new Uint8ClampedArray(gray.length);
  for (let at = 0; at < gray.length; at++) sharp[at] = gray[at]! + STRENGTH * (gray[at]! - around[at]!);
  return sharp;
}

/** Of each of the `count` points from `first` on, `step` apart, and its neighbours. */
function mean(
  from: Float32Array | Uint8ClampedArray,
  to: Float32Array,
  first: number,
  step: number,
  count: number,
): void {
  let sum = 0;
  let many = 0;
  for (let at = -RADIUS; at < count; at++) {
    if (at + RADIUS < count) {
      sum += from[first + (at + RADIUS) * step]!;
      many++;
    }
    if (at > RADIUS) {
      sum -= from[first + (at - RADIUS - 1) * step]!;
      many--;
    }
    if (at >= 0) to[first + at * step] = sum / many;
  }
}

/** The worker says `siap` once it is loaded; then the texts of each picture, in the order in which they were sent. */
addEventListener('message', ({ data }: MessageEvent<QrQuestion>) => postMessage(readAll(data)));
postMessage('siap');
