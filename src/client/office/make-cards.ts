/** Cards with progress: the server sends a line for every few cards, and the PDF last. Without this script the form does it. */
import { fromBase64 } from '../../lib/base64.ts';
import { announce, during, element, OFFLINE, type Refusal, SESSION_ENDED } from './page.ts';

type Line = { done: number; total: number } | { pdf: string; name: string } | { title: string; next: string };

export function makeCards(): void {
  const form = element<HTMLFormElement>('buat-kartu');
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')!;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(button, () => make(form.action));
  });
}

async function make(address: string): Promise<void> {
  const box = element('kemajuan');
  const bar = box.querySelector('progress')!;
  const words = box.querySelector('span')!;
  box.hidden = false;
  bar.removeAttribute('value');
  words.textContent = 'Menyiapkan undangan…';
  try {
    const response = await fetch(address, { method: 'POST', headers: { accept: 'application/x-ndjson' } });
    if (response.status === 401) return announce(SESSION_ENDED);
    if (!response.ok) return announce((await response.json()) as Refusal);
    if (!response.body) throw new Error('cards: no body');
    for await (const line of linesOf(response.body)) {
      const said = JSON.parse(line) as Line;
      if ('pdf' in said) offer(said.pdf, said.name);
      else if ('title' in said) announce(said);
      else {
        bar.max = said.total;
        bar.value = said.done;
        words.textContent = `${said.done} dari ${said.total} kartu`;
      }
    }
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

function offer(pdf: string, name: string): void {
  const link = element<HTMLAnchorElement>('unduh-kartu');
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([fromBase64(pdf)], { type: 'application/pdf' }));
  link.download = name;
  link.hidden = false;
  announce({ title: 'Kartu siap', next: 'Unduhan dimulai. Jika tidak, tekan tombol Unduh kartu.' }, 'good');
  link.click();
}
