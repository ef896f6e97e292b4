/** Reads the QRs of a picture, from the camera or from a file: by the browser itself, else by a library. */
import type { QrQuestion } from '../qr-worker.ts';

/** The texts of all QRs in it. `hard`: one that is hard to read is worth waiting for. */
export type Reader = (picture: HTMLCanvasElement, hard: boolean) => Promise<string[]>;

/** Shape Detection API; not yet among the types of the web. */
interface BarcodeDetectorClass {
  new (options: {
    formats: string[];
  }): { detect(source: HTMLCanvasElement): Promise<{ rawValue: string }[]> };
  getSupportedFormats(): Promise<string[]>;
}

/** src/client/qr-worker.ts, nearly as large as all else of the page: for browsers that need it, when they do. */
export const LIBRARY = '/aset/qr.js';
/** Where the page that was kept has it inside (keep.ts). */
export const LIBRARY_KEPT = 'pembaca-qr';

let opened: Promise<Reader | null> | null = null;

/** Null: this browser needs the library, and it can't be loaded. The next time it is tried again. */
export async function openReader(): Promise<Reader | null> {
  opened ??= openOwn().then((own) => own ?? openLibrary());
  const reader = await opened;
  if (reader === null) opened = null;
  return reader;
}

async function openOwn(): Promise<Reader | null> {
  const Detector = (globalThis as { BarcodeDetector?: BarcodeDetectorClass }).BarcodeDetector;
  if (!Detector) return null;
  try {
    if (!(await Detector.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new Detector({ formats: ['qr_code'] });
    // Where the part of the system that it asks is missing, it says so at the first picture.
    await detector.detect(document.createElement('canvas'));
    return async (picture) => (await detector.detect(picture)).map(({ rawValue }) => rawValue);
  } catch {
    return null;
  }
}

async function openLibrary(): Promise<Reader | null> {
  const worker = await startWorker();
  if (worker === null) return null;
  // It answers in the order in which it is asked.
  const waiting: ((texts: string[]) => void)[] = [];
  worker.addEventListener('message', ({ data }: MessageEvent<string[]>) => waiting.shift()?.(data));
  // One picture that can't be read is not the last.
  worker.addEventListener('error', () => waiting.shift()?.([]));
  return (picture, hard) =>
    new Promise((done) => {
      const { width, height } = picture;
      const { data } = picture.getContext('2d')!.getImageData(0, 0, width, height);
      waiting.push(done);
      worker.postMessage({ data, width, height, hard } satisfies QrQuestion, [data.buffer]);
    });
}

/** Trusted Types (W3C): the site's policy lets no text become a script but by the one policy that is named so. */
interface TrustedTypes {
  createPolicy(
    name: 'ikrar',
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): URL;
  };
}

/** The library's address, or that of its text in a page that was kept; nothing else. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('ikrar', {
  createScriptURL: (address) => {
    if (address !== LIBRARY && !address.startsWith('blob:')) throw new TypeError('reader: another script');
    return address;
  },
});
const asScript = (address: string): URL | string => policy?.createScriptURL(address) ?? address;

function startWorker(): Promise<Worker | null> {
  const kept = document.getElementById(LIBRARY_KEPT);
  const address = kept ? URL.createObjectURL(new Blob([kept.textContent!])) : LIBRARY;
  return new Promise((done) => {
    try {
      const worker = new Worker(asScript(address));
      worker.addEventListener('message', () => done(worker), { once: true });
      worker.addEventListener('error', () => done(null), { once: true });
    } catch {
      done(null);
    }
  });
}
