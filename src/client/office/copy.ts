/** Buttons that copy the text of another element: `<button data-salin="id" data-done="Tersalin" hidden>`. */
import { element } from './page.ts';

export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-salin]')) {
    const from = element(button.dataset.salin!);
    button.hidden = false;
    button.addEventListener('click', async () => {
      const text = from instanceof HTMLTextAreaElement ? from.value : (from.textContent ?? '');
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = button.dataset.done ?? button.textContent;
      } catch {
        getSelection()?.selectAllChildren(from);
        if (from instanceof HTMLTextAreaElement) from.select();
      }
    });
  }
}
