/** Files that come in parts: which were asked for, on the page that lists them. How far one is, the browser shows itself. */

export function offerAgain(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-lagi]')) {
    link.addEventListener('click', () => {
      link.closest('tr')?.querySelector('[aria-live]')?.replaceChildren('Unduhan dimulai.');
      link.textContent = link.dataset.lagi!;
    });
  }
}
