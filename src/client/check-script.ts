/**
 * Checks files on /periksa, on this device alone; and in the copy of that page which is kept for use without a network.
 * Shown by test/browser/check.test.ts, and what photos and scans do by test/browser/picture.test.ts.
 */
import type { Trust } from '../proof/check-proof.ts';
import { able } from './check/able.ts';
import { offerCamera } from './check/camera.ts';
import { type Gathered, gather } from './check/gather.ts';
import { judge } from './check/judge.ts';
import { keepPage } from './check/keep.ts';
import { look } from './check/look.ts';
import { clear, showOutcome, showReport } from './check/report.ts';
import { showSighting } from './check/sighting.ts';
import { offerTrust } from './check/trust.ts';
import { say } from './check/words.ts';

const part = document.getElementById('berkas')!;
const input = document.getElementById('pilih') as HTMLInputElement;
const work = document.getElementById('kerja') as HTMLProgressElement;
const result = document.getElementById('hasil')!;
const ledger: Trust = { verifier: part.dataset.kunci!, source: 'bawaan' };

let latest = new AbortController();
/** Looked at again when the reader has chosen something else to trust. */
let last: File[] = [];

async function examine(files: File[]): Promise<void> {
  if (files.length === 0) return;
  last = files;
  latest.abort();
  latest = new AbortController();
  const { signal } = latest;
  clear();
  say('memeriksa');
  work.removeAttribute('value');
  work.hidden = false;
  const gathered = await gather(files);
  const tell = signal.aborted ? null : await answer(gathered, files, signal);
  if (signal.aborted) return;
  work.hidden = true;
  say(null);
  tell?.();
}

/** What to show in the end, if it is still wanted then. */
async function answer(gathered: Gathered, files: File[], signal: AbortSignal): Promise<() => void> {
  const names = files.map(({ name }) => name).join(', ');
  if (gathered.kind === 'outcome') return () => showOutcome(gathered.outcome, names);
  if (gathered.kind === 'pictures') {
    const { pictures } = gathered;
    // Nothing that the reader trusts changes what a picture says.
    last = [];
    const semua = String(pictures.length);
    let told = 0;
    const found = await look(pictures, {
      signal,
      progress: (part, picture) => {
        if (signal.aborted) return;
        work.value = part;
        if (told !== picture)
          say(pictures.length > 1 ? 'mencari-beberapa' : 'mencari', 'kabar', { ke: String(picture), semua });
        told = picture;
      },
    });
    return () => showSighting(found, names, pictures.length);
  }
  const trust = await trusted();
  if (typeof trust === 'string') return () => showOutcome(trust, names);
  const judged = await judge(gathered, trust, {
    ledger,
    asking: () => {
      if (!signal.aborted) say('membandingkan');
    },
  });
  return () => showReport(judged, names);
}

const trusted = offerTrust(ledger, () => void examine(last));

input.addEventListener('change', () => {
  const files = [...(input.files ?? [])];
  void examine(files).finally(() => {
    // So that the same file, once changed, can be picked again.
    input.value = '';
  });
});

result.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element) || !target.closest('[data-lagi]')) return;
  last = [];
  clear();
  input.focus({ preventScroll: true });
  part.scrollIntoView({ block: 'start' });
});

// Wherever it is dropped on the page: a browser would otherwise leave the page and open it.
addEventListener('dragover', (event) => {
  event.preventDefault();
  part.classList.add('over');
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) part.classList.remove('over');
});
addEventListener('drop', (event) => {
  event.preventDefault();
  part.classList.remove('over');
  void examine([...(event.dataTransfer?.files ?? [])]);
});

keepPage();
offerCamera();
// Now, so that what an old browser needs is there when the network is not.
void able();
