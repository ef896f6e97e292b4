/** What is on the screen: one of the steps that came with the invitation, or one of the shell's own screens. */

const steps = document.getElementById('langkah')!;
const layer = document.getElementById('layar')!;

/** Puts the steps of an invitation on the page; `showStep` shows one of them. */
export function fillSteps(html: string): void {
  steps.innerHTML = html;
}

const stepOf = (name: string): HTMLElement | null => steps.querySelector(`[data-step="${name}"]`);

export const hasStep = (name: string): boolean => stepOf(name) !== null;

export function showStep(name: string): void {
  for (const step of steps.querySelectorAll<HTMLElement>('[data-step]'))
    step.hidden = step.dataset.step !== name;
  layer.replaceChildren();
  steps.hidden = false;
  settle(stepOf(name));
}

/** Shows a screen that the server made, or a template of the shell: `<template id="layar-…">`. */
export function showHtml(html: string): HTMLElement {
  layer.innerHTML = html;
  return settle(layer);
}

export function showTemplate(name: string): HTMLElement {
  const template = document.getElementById(`layar-${name}`) as HTMLTemplateElement;
  layer.replaceChildren(template.content.cloneNode(true));
  return settle(layer);
}

/** A screen is read from its top: by the eye, by a screen reader, and in the window's title. */
function settle(screen: HTMLElement | null): HTMLElement {
  if (!screen) throw new Error('screen: no such step');
  if (screen === layer) steps.hidden = true;
  const heading = screen.querySelector('h1');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    document.title = `${heading.textContent} · Ikrar`;
  }
  scrollTo(0, 0);
  return screen;
}

/** Lines of the pledge as they stand on the screen, joined as they were parted. */
export function shownPledge(): string {
  const lines = [...steps.querySelectorAll('[data-baris]')].map((line) => line.textContent);
  return `${lines.join('\n')}\n`;
}

/** What the steps say of `nama`, `jabatan` …; every place that says it must say the same. */
export const shownValue = (name: string): string | null => valueIn(steps, name);

/** The same of the screen that is shown in place of the steps. */
export const valueOnScreen = (name: string): string | null => valueIn(layer, name);

function valueIn(place: HTMLElement, name: string): string | null {
  const values = new Set(
    [...place.querySelectorAll(`[data-isi="${name}"]`)].map((element) => element.textContent),
  );
  return values.size === 1 ? [...values][0]! : null;
}

/** The text that a passkey is being asked over, on the screen that waits for it. */
export function showText(text: string): void {
  const place = layer.querySelector<HTMLElement>('[data-teks]');
  if (!place) return;
  place.hidden = false;
  place.querySelector('pre')!.textContent = text;
}

/** `act` for every button and link with `data-act`, now and later. */
export function onAct(act: (name: string, element: HTMLElement) => void): void {
  document.addEventListener('click', (event) => {
    const element = (event.target as Element).closest<HTMLElement>('[data-act]');
    if (!element) return;
    event.preventDefault();
    act(element.dataset.act!, element);
  });
}
