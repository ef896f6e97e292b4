/** Cards with progress: the server sends a line for each sheet, with its piece of the PDF. Without this script the form does it. */
import { fromBase64 } from '../../lib/base64.ts';
import { announce, during, element, OFFLINE, type Refusal, SESSION_ENDED } from './page.ts';

type Line = { done: number; total: number; pdf: string } | { name: string } | { title: string; next: string };

export function makeCards(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-kartu]')) {
    const button = form.querySelector<HTMLButtonElement>('[type=submit]')!;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      during(button, () => make(form));
    });
  }
}

async function make(form: HTMLFormElement): Promise<void> {
  const box = element('kemajuan');
  const bar = box.querySelector('progress')!;
  const words = box.querySelector('span')!;
  // Where it was asked for: a list of many parts is longer than the screen.
  form.after(box);
  box.hidden = false;
  bar.removeAttribute('value');
  words.textContent = 'Menyiapkan undangan…';
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/x-ndjson' },
    });
    if (response.status === 401) return announce(SESSION_ENDED);
    if (!response.ok) return announce((await response.json()) as Refusal);
    if (!response.body) throw new Error('cards: no body');
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let whole = false;
    for await (const line of linesOf(response.body)) {
      const said = JSON.parse(line) as Line;
      if ('title' in said) return announce(said);
      if ('name' in said) {
        whole = true;
        offer(new Blob(pieces, { type: 'application/pdf' }), said.name);
        element('cetak-ulang').hidden = false;
        form.closest('tr')?.querySelector('[data-belum]')?.replaceChildren(`${bar.max} kartu, sudah dibuat`);
        continue;
      }
      pieces.push(fromBase64(said.pdf));
      bar.max = said.total;
      bar.value = said.done;
      words.textContent = `${said.done} dari ${said.total} kartu`;
    }
    if (!whole) throw new Error('cards: cut');
  } catch {
    announce(OFFLINE);
  } finally {
    box.hidden = true;
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop()!;
    yield* lines.filter((line) => line !== '');
    if (done) return;
  }
}

function offer(pdf: Blob, name: string): void {
  const link = element<HTMLAnchorElement>('unduh-kartu');
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(pdf);
  link.download = name;
  link.hidden = false;
  announce({ title: 'Kartu siap', next: 'Unduhan dimulai. Jika tidak, tekan tombol Unduh kartu.' }, 'good');
  link.click();
}
