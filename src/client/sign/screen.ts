/**
 * What is on the screen: one template of the shell (`<template id="layar-…">`), with words put in as text. Nothing that a
 * server sends becomes markup, and nothing is on the page that isn't shown.
 */
import { formatTelephone, parseTelephone, telephoneLinks } from '../../lib/telephone.ts';
import { linesOf } from '../../naskah/wording.ts';
import type { Refused } from '../../pages/sign/reply.ts';

const layer = document.getElementById('layar')!;

type Words = Readonly<Record<string, string>>;

function copyOf(name: string, words: Words): DocumentFragment {
  const template = document.getElementById(`layar-${name}`) as HTMLTemplateElement;
  const screen = template.content.cloneNode(true) as DocumentFragment;
  for (const place of screen.querySelectorAll<HTMLElement>('[data-isi]'))
    place.textContent = words[place.dataset.isi!] ?? '';
  return screen;
}

/** `words`: by the names of `data-isi`. */
export function showScreen(name: string, words: Words = {}): HTMLElement {
  layer.replaceChildren(copyOf(name, words));
  showHelp();
  return settle();
}

/** Whom to ask, once an invitation has said it. */
let help: Refused['help'] = null;

/** Also on the screen that stands. An answer that doesn't say it takes nothing away. */
export function knowHelp(known: Refused['help'] | undefined): void {
  if (!known) return;
  help = known;
  showHelp();
}

export const whomToAsk = (): Refused['help'] => help;

/** Another invitation, perhaps of another office. */
export function forgetHelp(): void {
  help = null;
}

/** On a screen that has a place for it. A number is a link only if it is one as the service keeps it. */
function showHelp(): void {
  const place = layer.querySelector<HTMLElement>('[data-bantuan]');
  if (!place || !help) return;
  const { kontakNomor, ...words } = help;
  const number = parseTelephone(kontakNomor) === kontakNomor ? kontakNomor : null;
  const card = copyOf('bantuan', { ...words, nomor: number === null ? '' : formatTelephone(number) });
  const drop = (what: string): void => {
    for (const element of card.querySelectorAll(`[data-${what}]`)) element.remove();
  };
  if (place.dataset.bantuan === 'ringkas') drop('acara');
  if (help.kontakNama === '') drop('kontak');
  if (number === null) drop('nomor');
  else {
    const { call, chat } = telephoneLinks(number);
    card.querySelector<HTMLAnchorElement>('[data-telepon]')!.href = call;
    if (chat === null) drop('obrolan');
    else card.querySelector<HTMLAnchorElement>('[data-obrolan]')!.href = chat;
  }
  place.replaceChildren(card);
  place.hidden = false;
}

/** Into the place for a list, a copy of one template for each; `data-simpanan` of its buttons says which. */
export function showList(name: string, items: readonly { words: Words; id: string }[]): void {
  const place = layer.querySelector<HTMLElement>('[data-daftar]')!;
  place.hidden = items.length === 0;
  for (const { words, id } of items) {
    const copy = copyOf(name, words);
    for (const button of copy.querySelectorAll<HTMLElement>('[data-act]')) button.dataset.simpanan = id;
    place.append(copy);
  }
}

/** The words of a pledge, a line an element, blank ones too: joined by LF they are the wording byte for byte. */
export function writePledge(isi: string): void {
  const lines = linesOf(isi).map(({ kind, text }) => {
    const line = document.createElement('p');
    line.className = kind;
    line.textContent = text;
    return line;
  });
  layer.querySelector('[data-naskah]')!.replaceChildren(...lines);
}

/** Of the elements that have `data-name`, only those with this value stay. */
export function keepOnly(name: string, value: string): void {
  for (const element of layer.querySelectorAll<HTMLElement>(`[data-${name}]`))
    if (element.dataset[name] !== value) element.remove();
}

/** Whether the elements that have `data-name` are there. */
export function reveal(name: string, shown: boolean): void {
  for (const element of layer.querySelectorAll<HTMLElement>(`[data-${name}]`)) element.hidden = !shown;
}

/** The box to tick on the screen that is shown, if it has one. */
export const box = (): HTMLInputElement | null => layer.querySelector<HTMLInputElement>('[name="setuju"]');

/** A screen is read from its top: by the eye, by a screen reader, and in the window's title. */
function settle(): HTMLElement {
  const heading = layer.querySelector('h1');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    title();
  }
  scrollTo(0, 0);
  return layer;
}

/** The window is called as the screen is. */
export function title(): void {
  document.title = `${layer.querySelector('h1')?.textContent} · Ikrar`;
}

/** The text that a passkey is being asked over, on the screen that waits for it. */
export function showText(text: string): void {
  const place = layer.querySelector<HTMLElement>('[data-teks]');
  if (!place) return;
  place.hidden = false;
  place.querySelector('pre')!.textContent = text;
}

/** `act` for every button and link with `data-act`, now and later, that a person pressed. */
export function onAct(act: (name: string, element: HTMLElement) => void): void {
  document.addEventListener('click', (event) => {
    const element = (event.target as Element).closest<HTMLElement>('[data-act]');
    if (!element) return;
    event.preventDefault();
    if (event.isTrusted) act(element.dataset.act!, element);
  });
}
