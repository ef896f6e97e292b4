/** A photo or a scan, told by its bytes and never by its name. Shown by test/browser/picture.test.ts. */

/** ISO base media files: HEIC and AVIF. */
const BRANDS = /^(?:hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs])$/;
/** More points than any phone or scanner takes would fill the memory. */
const MOST_POINTS = 220_000_000;
/** What a reader needs of a picture of a sheet; larger ones are made smaller, for a phone's memory. */
const LONGEST = 6000;

/** `head`: its first bytes; 32 are enough. Whether this browser can open it is another question. */
export function isPicture(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head.subarray(0, 16));
  return (
    isJpeg(head) ||
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    /^GIF8[79]a/.test(text) ||
    /^(?:II\*\0|MM\0\*)/.test(text) ||
    /^RIFF.{4}WEBP/s.test(text) ||
    // Its size stands at the beginning, and four bytes of zero behind.
    /^BM.{4}\0{4}/s.test(text) ||
    (text.slice(4, 8) === 'ftyp' && BRANDS.test(text.slice(8, 12)))
  );
}

export const isJpeg = (head: Uint8Array): boolean => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;

/**
 * Null: this browser can't. How it lies (EXIF) is left as it is: a QR is read from any side, and browsers differ in how to
 * ask for it.
 */
export async function openPicture(blob: Blob): Promise<ImageBitmap | null> {
  try {
    if (tooMany(new Uint8Array(await blob.slice(0, 32).arrayBuffer()))) return null;
    const whole = await createImageBitmap(blob);
    const scale = LONGEST / Math.max(whole.width, whole.height);
    if (scale >= 1) return whole;
    const smaller = await createImageBitmap(whole, {
      resizeWidth: Math.max(1, Math.round(whole.width * scale)),
      resizeHeight: Math.max(1, Math.round(whole.height * scale)),
      resizeQuality: 'high',
    });
    whole.close();
    return smaller;
  } catch {
    return null;
  }
}

/** A PNG of one colour is small however large it is; it says how large first. */
function tooMany(head: Uint8Array): boolean {
  if (head[0] !== 0x89 || head.length < 24) return false;
  const numbers = new DataView(head.buffer, head.byteOffset, head.length);
  return numbers.getUint32(16) * numbers.getUint32(20) > MOST_POINTS;
}
