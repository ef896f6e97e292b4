/** Reads a QR with the camera, in browsers that can by themselves. What it says goes the way of a pasted link. */
import { say } from './words.ts';

/** Shape Detection API; not yet among the types of the web. */
interface BarcodeDetector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface BarcodeDetectorClass {
  new (options: { formats: string[] }): BarcodeDetector;
  getSupportedFormats(): Promise<string[]>;
}

const PAUSE = 200;

export async function offerCamera(): Promise<void> {
  const screen = document.getElementById('kamera');
  const Detector = (globalThis as { BarcodeDetector?: BarcodeDetectorClass }).BarcodeDetector;
  if (!screen || !Detector || !navigator.mediaDevices) return;
  const formats = await Detector.getSupportedFormats().catch((): string[] => []);
  if (!formats.includes('qr_code')) return;
  const [open, close] = screen.querySelectorAll('button');
  const video = screen.querySelector('video')!;
  let stream: MediaStream | null = null;

  const stop = (): void => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = close!.hidden = true;
    open!.hidden = false;
  };
  const start = async (): Promise<void> => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      video.srcObject = stream;
      video.hidden = close!.hidden = false;
      open!.hidden = true;
      close!.focus();
      await video.play();
      const detector = new Detector({ formats: ['qr_code'] });
      while (stream) {
        const [found] = await detector.detect(video);
        if (found && stream) {
          stop();
          location.assign(`/periksa?kode=${encodeURIComponent(found.rawValue.slice(0, 300))}`);
          return;
        }
        await new Promise((done) => setTimeout(done, PAUSE));
      }
    } catch {
      stop();
      say('kamera-tertutup');
    }
  };
  open!.addEventListener('click', () => void start());
  close!.addEventListener('click', () => {
    stop();
    open!.focus();
  });
  screen.hidden = false;
}
