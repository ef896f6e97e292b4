/** Reads a QR with the camera. What it says goes the way of a pasted link: the server looks where it leads. */
import { say } from './words.ts';

/** Shape Detection API; not yet among the types of the web. */
interface BarcodeDetectorClass {
  new (options: { formats: string[] }): { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
  getSupportedFormats(): Promise<string[]>;
}

type Reader = (video: HTMLVideoElement) => string | null | Promise<string | null>;

const PAUSE = 200;
/** src/client/qr.ts, ten times as large as this: for browsers that need it, when they do. */
const LIBRARY = '/aset/qr.js';

export function offerCamera(): void {
  const screen = document.getElementById('kamera');
  if (!screen || !navigator.mediaDevices) return;
  const [open, close] = [...screen.querySelectorAll('button')] as [HTMLButtonElement, HTMLButtonElement];
  const video = screen.querySelector('video')!;
  let stream: MediaStream | null = null;

  const stop = (): void => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = close.hidden = true;
    open.hidden = false;
  };

  const start = async (): Promise<void> => {
    say(null, 'kabar-kamera');
    open.disabled = true;
    const read = await openReader();
    if (read === null) say('pembaca-belum', 'kabar-kamera');
    else if (!(await look())) say('kamera-tertutup', 'kabar-kamera');
    else void scan(read);
    open.disabled = false;
  };

  const look = async (): Promise<boolean> => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      video.srcObject = stream;
      video.hidden = close.hidden = false;
      open.hidden = true;
      close.focus();
      await video.play();
      return true;
    } catch {
      stop();
      return false;
    }
  };

  const scan = async (read: Reader): Promise<void> => {
    const mine = stream;
    while (stream === mine) {
      // One picture that can't be read is not the last.
      const found = await Promise.resolve(video)
        .then(read)
        .catch(() => null);
      if (found && stream === mine) {
        stop();
        location.assign(`/periksa?kode=${encodeURIComponent(found.slice(0, 300))}`);
        return;
      }
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  };

  open.addEventListener('click', () => void start());
  close.addEventListener('click', () => {
    stop();
    open.focus();
  });
  addEventListener('pagehide', stop);
  screen.hidden = false;
}

/** The browser's own, else the library; null if that can't be loaded. */
async function openReader(): Promise<Reader | null> {
  const Detector = (globalThis as { BarcodeDetector?: BarcodeDetectorClass }).BarcodeDetector;
  const formats = (await Detector?.getSupportedFormats().catch((): string[] => [])) ?? [];
  if (Detector && formats.includes('qr_code')) {
    const detector = new Detector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  try {
    const library: typeof import('../qr.ts') = await import(LIBRARY);
    return library.readQr;
  } catch {
    return null;
  }
}
