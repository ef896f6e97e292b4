/**
 * The last screen before an officer's passkey: what will be signed, written here from the texts themselves. The page's own
 * words go; the button that asks the passkey is made here and stands on no other screen.
 */
import { formatCode } from '../../statement/code.ts';
import type { Statement } from '../../statement/statement.ts';
import type { Withdrawal } from '../../withdrawal/withdrawal.ts';
import { announce, during } from './page.ts';

function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

export interface Review {
  pledge: Statement;
  withdrawal: Withdrawal;
  /** The text that is signed, as it is. */
  text: string;
  title: string;
  warning: string;
  button: string;
}

/** `act`: what the button does. Going back loads the page anew. */
export function review(shown: Review, act: () => Promise<void>): void {
  const { pledge, withdrawal } = shown;
  const rows: [string, string][] = [
    ['Nama', pledge.nama],
    ['Jabatan', pledge.jabatan],
    ['Wilayah', `${pledge.wilayah.kode} ${pledge.wilayah.nama}`],
    ['Kegiatan', pledge.kegiatan],
    ['Penyelenggara', `${withdrawal.penyelenggara.wilayah} ${withdrawal.penyelenggara.nama}`],
    ['Kode', formatCode(withdrawal.kode)],
    ['Alasan', withdrawal.alasan],
  ];
  const facts = made(
    'dl',
    'facts',
    ...rows.flatMap(([name, value]) => [made('dt', '', name), made('dd', '', value)]),
  );
  const heading = made('h1', '', shown.title);
  heading.tabIndex = -1;
  const news = made('div', '');
  news.id = 'kabar';
  news.setAttribute('aria-live', 'polite');
  const sign = made('button', '', shown.button);
  sign.type = 'button';
  sign.addEventListener('click', ({ isTrusted }) => void (isTrusted && during(sign, act)));
  const back = made('button', 'secondary', 'Kembali');
  back.type = 'button';
  back.addEventListener('click', () => location.reload());
  const text = made(
    'details',
    '',
    made('summary', '', 'Teks yang ditandatangani'),
    made('pre', '', shown.text),
  );
  text.id = 'teks';
  document
    .getElementById('isi')!
    .replaceChildren(
      heading,
      facts,
      made('p', '', shown.warning),
      news,
      made('p', 'actions', sign, back),
      text,
    );
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  announce(null);
}
