/** The figures of the front page, kept up to date while somebody looks. Shown by test/browser/office-home.test.ts. */
import type { OfficeFigures } from '../../pages/office/office-home.tsx';

/** Milliseconds between two questions; while there is no answer, twice as long each time. */
const EVERY = 10_000;
const LONGEST = 5 * 60_000;

/** Between two that are read aloud: a hall signs faster than anyone wants to hear. */
const SPOKEN = 60_000;

export function renewFigures(): void {
  const place = document.querySelector<HTMLElement>('[data-angka]');
  if (!place) return;
  let pause = EVERY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let spoken = Date.now();

  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };

  async function ask(): Promise<void> {
    // Whoever comes back to the page is answered then.
    if (document.hidden) return;
    try {
      const answer = await fetch(place!.dataset.angka!, { headers: { accept: 'application/json' } });
      // Asking keeps no session running, so it ends while nobody is at the desk.
      if (answer.status === 401) return stop(place!, 'Sesi berakhir. Muat ulang untuk masuk lagi.');
      if (answer.status === 403)
        return stop(place!, 'Peran Anda sudah berakhir. Muat ulang untuk melihat yang berlaku.');
      if (!answer.ok) throw new Error(String(answer.status));
      put(place!, (await answer.json()) as OfficeFigures);
      pause = EVERY;
    } catch {
      // The page says as of when its figures are.
      pause = Math.min(pause * 2, LONGEST);
    }
    later();
  }

  function put(where: HTMLElement, { per, kegiatan }: OfficeFigures): void {
    write(where, '[data-per]', per);
    const shown = [...where.querySelectorAll<HTMLElement>('[data-kegiatan]')].map(
      (one) => one.dataset.kegiatan,
    );
    // Opened, closed, or no longer of the officer's role.
    const stale = shown.length !== kegiatan.length || !kegiatan.every(({ id }) => shown.includes(id));
    if (stale) say(where, 'Kegiatan atau peran Anda berubah. Muat ulang untuk melihatnya.');
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
    if (changed.length === 0 || stale || Date.now() - spoken < SPOKEN) return;
    spoken = Date.now();
    write(where, '[data-kabar]', changed.join(' '));
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (!document.hidden) void ask();
  });
  later();
}

/** The session has ended, or the role: what stands is no longer renewed, and the page says so. */
function stop(where: HTMLElement, sentence: string): void {
  for (const figure of where.querySelectorAll<HTMLElement>('[data-per]')) figure.hidden = true;
  say(where, sentence);
}

/** For everyone to see, and read aloud. */
function say(where: HTMLElement, sentence: string): void {
  const place = where.querySelector<HTMLElement>('[data-kabar]')!;
  place.className = 'notice warn';
  write(where, '[data-kabar]', sentence);
}

function write(within: HTMLElement, where: string, text: string): void {
  const found = within.querySelector(where);
  if (found && found.textContent !== text) found.textContent = text;
}
