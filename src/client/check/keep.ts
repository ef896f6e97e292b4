/**
 * Makes one HTML file of this page, to be kept: script, style and the ledger's key inside. Its policy lets it run this
 * script, use this style, and ask nobody anything. It is put together here from what is loaded, so that the server needs no
 * second page.
 */
import { base64 } from '../../lib/base64.ts';
import { utf8 } from '../../lib/bytes.ts';
import { sha256 } from '../../lib/sha256.ts';
import { formatDay } from '../../lib/zone.ts';
import { STAND_IN } from './able.ts';
import { LIBRARY, LIBRARY_KEPT } from './reader.ts';
import { say } from './words.ts';

export function keepPage(): void {
  const button = document.getElementById('simpan') as HTMLButtonElement | null;
  button?.addEventListener('click', async () => {
    button.disabled = true;
    try {
      download(await assemblePage(), 'periksa-ikrar.html');
      say('tersimpan', 'kabar-simpan');
    } catch {
      say('belum-tersimpan', 'kabar-simpan');
    } finally {
      button.disabled = false;
    }
  });
}

async function assemblePage(): Promise<string> {
  const root = document.documentElement.cloneNode(true) as HTMLElement;
  const find = <T extends HTMLElement>(selector: string): T => root.querySelector<T>(selector)!;
  const script = await load(find<HTMLScriptElement>('script[src]').getAttribute('src')!);
  const standIn = await load(STAND_IN);
  const reader = await load(LIBRARY);
  const style = await load(find<HTMLLinkElement>('link[rel="stylesheet"]').getAttribute('href')!);

  for (const left of root.querySelectorAll('[data-daring], nav, .brand img, link, script, noscript'))
    left.remove();
  for (const alone of root.querySelectorAll<HTMLElement>('[data-luring]')) alone.hidden = false;
  for (const empty of root.querySelectorAll('#hasil, [id^="kabar"]')) empty.replaceChildren();
  for (const without of root.querySelectorAll<HTMLElement>('[id^="tanpa-"]')) without.hidden = true;
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href^="/"]')) {
    link.href = new URL(link.getAttribute('href')!, location.origin).href;
  }
  find('[data-isi="disimpan"]').textContent = formatDay(new Date().toISOString().slice(0, 10));
  find('body').dataset.asal = location.origin;

  const head = find('head');
  // The page may be kept here and opened in an older browser; what it needs there stands first.
  const scripts = [standIn, script];
  head.append(element('style', style), ...scripts.map((code) => element('script', code, { type: 'module' })));
  // No script but a text, from which a worker is made.
  head.append(element('script', reader, { type: 'text/plain', id: LIBRARY_KEPT }));
  const sources = (await Promise.all(scripts.map(digest))).map((source) => `'${source}'`).join(' ');
  const policy = `default-src 'none'; script-src ${sources}; style-src '${await digest(style)}'; worker-src blob:`;
  // It rules what stands below it.
  head
    .querySelector('meta[charset]')!
    .after(element('meta', '', { 'http-equiv': 'content-security-policy', content: policy }));
  return `<!doctype html>\n${root.outerHTML}\n`;
}

async function load(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`keep: ${address} answers ${answer.status}`);
  // As a parser of HTML reads it, since that is what the digest is compared with.
  return (await answer.text()).replace(/\r\n?/g, '\n');
}

const digest = async (text: string): Promise<string> => `sha256-${base64(await sha256(utf8(text)))}`;

function element(name: string, text: string, attributes: Record<string, string> = {}): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  // Not as `textContent`: Trusted Types lets no text become a script here, and this one runs elsewhere.
  made.append(text);
  return made;
}

function download(html: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
