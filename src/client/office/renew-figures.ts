/** The figures of the front page, kept up to date while somebody looks. Shown by test/browser/office-home.test.ts. */
import type { OfficeFigures } from '../../pages/office/office-home.tsx';

/** Milliseconds between two questions; while there is no answer, twice as long each time. */
const EVERY = 10_000;
const LONGEST = 5 * 60_000;

/** Between two that are read aloud: a hall signs faster than anyone wants to hear. */
const SPOKEN = 60_000;

/** What hinders the figures from going on, or the page around them from being true. Said as long as it holds, whatever else is said. */
const STATES = {
  ended: 'Sesi berakhir. Muat ulang untuk masuk lagi.',
  roleless: 'Peran Anda sudah berakhir. Muat ulang untuk melihat yang berlaku.',
  another: 'Petugas lain masuk di peramban ini. Muat ulang untuk melihat halamannya.',
  changed: 'Kegiatan atau peran Anda berubah. Muat ulang untuk melihatnya.',
} as const;
type State = keyof typeof STATES;

export function renewFigures(): void {
  const place = document.querySelector<HTMLElement>('[data-angka]');
  if (!place) return;
  let pause = EVERY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let spoken = Date.now();
  let asking = false;

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  async function ask(): Promise<void> {
    // Whoever comes back to the page is answered then.
    if (document.hidden || asking) return;
    clearTimeout(timer);
    asking = true;
    try {
      const state = await renew();
      show(place!, state);
      pause = EVERY;
      // Asking keeps no session running, so it ends while nobody is at the desk: then it is asked again when somebody comes back.
      if (state === null || state === 'changed') later();
    } catch {
      // What is known stays said; the page says as of when its figures are.
      pause = Math.min(pause * 2, LONGEST);
      later();
    } finally {
      asking = false;
    }
  }

  async function renew(): Promise<State | null> {
    const answer = await fetch(place!.dataset.angka!, { headers: { accept: 'application/json' } });
    if (answer.status === 401) return 'ended';
    if (answer.status === 403) return 'roleless';
    if (!answer.ok) throw new Error(String(answer.status));
    const figures = (await answer.json()) as OfficeFigures;
    if (figures.siapa !== place!.dataset.siapa) return 'another';
    const holds = figures.tanda === place!.dataset.tanda;
    const changed = put(place!, figures);
    if (holds && changed.length > 0 && Date.now() - spoken >= SPOKEN) {
      spoken = Date.now();
      write(place!, '[data-kabar]', changed.join(' '));
    }
    return holds ? null : 'changed';
  }

  for (const back of [
    ['visibilitychange', document],
    ['focus', window],
  ] as const)
    back[1].addEventListener(back[0], () => {
      if (document.hidden) clearTimeout(timer);
      else void ask();
    });
  later();
}

/** Puts newer figures in their place. Returns what is to be read aloud of those that have changed. */
function put(where: HTMLElement, { per, kegiatan }: OfficeFigures): string[] {
  write(where, '[data-per]', per);
  const changed: string[] = [];
  for (const { id, nilai, dari, kabar, ...words } of kegiatan) {
    const figure = where.querySelector<HTMLElement>(`[data-kegiatan="${id}"]`);
    const bar = figure?.querySelector('progress');
    if (!figure || !bar || (bar.value === nilai && bar.max === dari)) continue;
    for (const [name, text] of Object.entries(words)) write(figure, `[data-${name}]`, text);
    bar.max = dari;
    bar.value = nilai;
    changed.push(kabar);
  }
  return changed;
}

/** For everyone to see, and read aloud; null: all holds. As of when something is, is said of nothing that doesn't. */
function show(where: HTMLElement, state: State | null): void {
  for (const per of where.querySelectorAll<HTMLElement>('[data-per]')) per.hidden = state !== null;
  const place = where.querySelector<HTMLElement>('[data-keadaan]')!;
  place.className = state === null ? 'hidden-text' : 'notice warn';
  write(where, '[data-keadaan]', state === null ? '' : STATES[state]);
}

function write(within: HTMLElement, where: string, text: string): void {
  const found = within.querySelector(where);
  if (found && found.textContent !== text) found.textContent = text;
}
