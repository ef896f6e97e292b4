/** What the office's scripts share: elements by name, questions to the server, words on the page. */
import type { Device, Disagreement, Signable } from '../passkey/signable.ts';

export function element<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`office: no #${id}`);
  return found as E;
}

export const here = (): Device => ({ origin: location.origin, now: Date.now() });

/** What the page says of `nama` … (`data-isi`); null where it says nothing, or two things. */
export function shownValue(name: string): string | null {
  const said = [...document.querySelectorAll(`[data-isi="${name}"]`)].map((place) => place.textContent);
  return new Set(said).size === 1 ? said[0]! : null;
}

/** Shows a text where the page has a place for it, while the device asks for the passkey. */
export function showSignable<Text extends Signable>(text: Text): Text {
  const place = document.getElementById('teks');
  if (place) {
    place.hidden = false;
    place.querySelector('pre')!.textContent = text;
  }
  return text;
}

export interface Refusal {
  ok: false;
  code?: string;
  title: string;
  next: string;
  /** By the name of the field. */
  wrong?: Record<string, string>;
  /** Where to go on, in another tab: what was typed stays here. `here`: in this one, since the address has what was typed. */
  link?: { href: string; name: string; here?: boolean };
}

export const SESSION_ENDED: Refusal = {
  ok: false,
  title: 'Sesi sudah berakhir',
  next: 'Isian Anda masih ada di sini. Masuk di tab baru, lalu tekan tombol tadi sekali lagi.',
  link: { href: '/kantor/masuk', name: 'Masuk di tab baru' },
};

export const OFFLINE: Refusal = {
  ok: false,
  title: 'Tidak ada sambungan',
  next: 'Periksa jaringan, lalu coba lagi.',
};

export async function askServer<Answer>(path: string, body?: unknown): Promise<Answer | Refusal> {
  try {
    const response = await fetch(path, {
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    if (response.status === 401) return SESSION_ENDED;
    return (await response.json()) as Answer | Refusal;
  } catch {
    return OFFLINE;
  }
}

/** Shows a message where the page keeps them; an empty one clears it. */
export function announce(
  message: Pick<Refusal, 'title' | 'next' | 'link'> | null,
  kind: 'bad' | 'good' | 'wait' = 'bad',
): void {
  const place = element('kabar');
  place.replaceChildren();
  if (!message) return;
  const notice = document.createElement('div');
  notice.className = `notice ${kind}`;
  notice.setAttribute('role', kind === 'bad' ? 'alert' : 'status');
  const title = document.createElement('strong');
  title.textContent = message.title;
  const next = document.createElement('p');
  next.textContent = message.next;
  notice.append(title, next);
  if (message.link) {
    const link = document.createElement('a');
    link.href = message.link.href;
    link.textContent = message.link.name;
    if (!message.link.here) {
      link.target = '_blank';
      link.rel = 'noopener';
    }
    const way = document.createElement('p');
    way.append(link);
    notice.append(way);
  }
  place.append(notice);
  notice.scrollIntoView({ block: 'nearest' });
}

/** One act at a time: the button rests while it runs. */
export async function during(button: HTMLButtonElement, act: () => Promise<void>): Promise<void> {
  if (button.disabled) return;
  button.disabled = true;
  announce(null);
  try {
    await act();
  } finally {
    button.disabled = false;
    // A button that rests loses the focus: it goes to what was said, or back.
    if (document.activeElement === document.body) (sayable() ?? button).focus();
  }
}

/** What was said last, to be read from its beginning. */
function sayable(): HTMLElement | null {
  const notice = document.querySelector<HTMLElement>('#kabar > .notice');
  if (notice) notice.tabIndex = -1;
  return notice;
}

const NEWS = 'kabar-halaman';

/** Said on the next page: what was done on the one that is left. */
export function announceThere(message: Pick<Refusal, 'title' | 'next'>): void {
  try {
    sessionStorage.setItem(NEWS, JSON.stringify(message));
  } catch {
    // The page shows it all the same, as it stands.
  }
}

/** What the page before has left to be said, once; in a place that was there before, so that it is read aloud. */
export function announceLeft(): void {
  try {
    const left = sessionStorage.getItem(NEWS);
    sessionStorage.removeItem(NEWS);
    if (left && document.getElementById('kabar')) {
      announce(JSON.parse(left) as Pick<Refusal, 'title' | 'next'>, 'good');
      sayable()?.focus();
    }
  } catch {
    // Nothing was left.
  }
}

/** The sentence for a text that isn't what the page shows; the passkey wasn't asked. */
export function disagreement({ code, what }: Disagreement): Refusal {
  console.warn('office: refused:', what);
  return code === 'clock-wrong'
    ? {
        ok: false,
        title: 'Jam perangkat ini salah',
        next: 'Setel tanggal dan jam otomatis, lalu coba lagi.',
      }
    : {
        ok: false,
        title: 'Permintaan tidak cocok dengan halaman ini',
        next: 'Perangkat menolak menandatangani. Muat ulang halaman. Bila terulang, hubungi pengelola layanan.',
      };
}

/** The sentence for a prompt that came to nothing. */
export function promptRefusal(error: unknown): Refusal {
  const trouble = (error as { trouble?: string }).trouble;
  if (trouble === 'known-here') {
    return {
      ok: false,
      title: 'Perangkat ini sudah punya kunci sandi Anda',
      next: 'Pakai perangkat lain atau kunci keamanan untuk kunci kedua.',
    };
  }
  if (trouble === 'cancelled' || trouble === 'second-tap' || trouble === 'timed-out') {
    return { ok: false, title: 'Belum jadi', next: 'Permintaan dibatalkan atau waktunya habis. Coba lagi.' };
  }
  if (trouble === 'no-screen-lock') {
    return {
      ok: false,
      title: 'Kunci layar belum dipasang',
      next: 'Pasang PIN atau sidik jari, lalu coba lagi.',
    };
  }
  return {
    ok: false,
    title: 'Kunci sandi tidak dapat dipakai di sini',
    next: 'Pakai Chrome, Edge, Firefox, atau Safari yang terbaru.',
  };
}

/**
 * A sentence at each field that needs mending, and above in what was said, from where it leads to the field. The focus goes to the field,
 * or to what was said where there are several.
 */
export function complain(form: HTMLFormElement, wrong: Record<string, string>): void {
  for (const old of form.querySelectorAll('.error')) old.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  const list = document.createElement('ul');
  const inputs: HTMLElement[] = [];
  for (const [name, sentence] of Object.entries(wrong)) {
    const input = document.getElementById(name === 'wilayah' ? 'cari-wilayah' : name);
    // A role that has begun has no field for its day.
    if (!input) continue;
    inputs.push(input);
    const text = document.createElement('p');
    text.className = 'error';
    text.id = `${input.id}-salah`;
    text.textContent = sentence;
    input.before(text);
    input.setAttribute('aria-invalid', 'true');
    const hint = document.getElementById(`${input.id}-petunjuk`);
    input.setAttribute('aria-describedby', hint ? `${hint.id} ${text.id}` : text.id);
    const mended = (): void => {
      text.remove();
      input.removeAttribute('aria-invalid');
    };
    input.addEventListener('input', mended, { once: true });
    const link = document.createElement('a');
    link.href = `#${input.id}`;
    link.textContent = sentence;
    link.addEventListener('click', (event) => {
      // The address may hold a link's token, which stays.
      event.preventDefault();
      input.focus();
    });
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  const notice = element('kabar').firstElementChild as HTMLElement | null;
  if (!notice || list.childElementCount === 0) return;
  notice.append(list);
  (inputs.length === 1 ? inputs[0]! : sayable()!).focus();
}
