/** The figure of a public list, kept up to date while somebody looks: in a hall it hangs on the wall. Shown by test/browser/list.test.ts. */
import type { ListFigure } from '../pages/list/tables.tsx';

/** Answers may be kept for ten seconds. */
const EVERY = 15_000;

const section = document.querySelector<HTMLElement>('[data-jumlah]');

async function renew({ dataset }: HTMLElement): Promise<void> {
  const answer = await fetch(dataset.jumlah!);
  if (!answer.ok) return;
  const figure = (await answer.json()) as ListFigure;
  // Tables, deadline and names are as they were loaded, and the page then says so.
  if (section!.querySelector('[data-per]')!.textContent !== figure.per)
    section!.querySelector<HTMLElement>('[data-selebihnya]')!.hidden = false;
  put('.total', figure.sudah);
  put('[data-wajib]', figure.wajib);
  put('[data-persen]', figure.persen);
  put('[data-per]', figure.per);
  const bar = section!.querySelector('progress')!;
  bar.max = figure.dari;
  bar.value = figure.nilai;
}

function put(where: string, text: string): void {
  section!.querySelector(where)!.textContent = text;
}

if (section) {
  setInterval(() => {
    // Without a network the page says as of when its figure is.
    if (!document.hidden) renew(section).catch(() => {});
  }, EVERY);
}
