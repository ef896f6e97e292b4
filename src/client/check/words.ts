/** The page's own sentences, which the server has put into it: `<template id="kata-…">`. */

export function words(name: string): DocumentFragment {
  const template = document.getElementById(`kata-${name}`) as HTMLTemplateElement;
  return template.content.cloneNode(true) as DocumentFragment;
}

/** As `words`, with values put in where `data-isi` names them. What has no value is taken out. */
export function filled(name: string, values: Record<string, string | undefined>): DocumentFragment {
  const fragment = words(name);
  for (const place of fragment.querySelectorAll<HTMLElement>('[data-isi]')) {
    const value = values[place.dataset.isi!];
    if (value === undefined) place.remove();
    else place.textContent = value;
  }
  return fragment;
}

/** Where a line is told and read aloud at once. */
type Told =
  | 'kabar'
  | 'kabar-simpan'
  | 'kabar-kamera'
  | 'kabar-kebijakan'
  | 'kabar-ringkasan'
  | 'kabar-konsistensi';

/** Null: nothing more. */
export function say(name: string | null, place: Told = 'kabar', values: Record<string, string> = {}): void {
  document.getElementById(place)!.replaceChildren(...(name === null ? [] : [filled(name, values)]));
}
