/** Reads a QR with the camera. What it says goes the way of a pasted link: the server looks where it leads. */
import { openReader, type Reader } from './reader.ts';
import { say } from './words.ts';

const PAUSE = 200;
/** Enough for a QR that fills a third of the picture, and quick on an old phone. */
const LONGEST = 800;

export function offerCamera(): void {
  const screen = document.getElementById('kamera');
  if (!screen || !navigator.mediaDevices) return;
  const [open, close] = [...screen.querySelectorAll('button')] as [HTMLButtonElement, HTMLButtonElement];
  const video = screen.querySelector('video')!;
  const canvas = document.createElement('canvas');
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
    const reader = await openReader();
    if (reader === null) say('pembaca-belum', 'kabar-kamera');
    else if (!(await look())) say('kamera-tertutup', 'kabar-kamera');
    else void scan(reader);
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

  const read = async (reader: Reader): Promise<string | undefined> => {
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0) return undefined;
    const scale = Math.min(1, LONGEST / Math.max(videoWidth, videoHeight));
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return (await reader(canvas, false))[0];
  };

  const scan = async (reader: Reader): Promise<void> => {
    const mine = stream;
    while (stream === mine) {
      // One picture that can't be read is not the last.
      const found = await read(reader).catch(() => undefined);
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
