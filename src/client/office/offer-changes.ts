/**
 * More or fewer officers or passkeys: `<form data-tindakan="…" data-id="…" data-kunci="…">`. What is signed the browser reads
 * from the text and compares with the page; a passkey that is added is made first, so that the older one signs for it.
 */

import type { Digest } from '../../lib/sha256.ts';
import { formatDigest, sha256 } from '../../lib/sha256.ts';
import { oneLine } from '../../lib/text.ts';
import type { Zona } from '../../lib/zone.ts';
import type { RoleText, Tindakan } from '../../office/change.ts';
import { endOfDay, type Peran, startOfDay } from '../../office/role.ts';
import type { Held } from '../../passkey/creation.ts';
import { keepKey, keysOf, saysItIsFor } from '../passkey/kept-keys.ts';
import { spkiDigest } from '../passkey/own-key.ts';
import { comparePrompt } from '../passkey/signable.ts';
import { createPasskey, usePasskey } from '../passkey/webauthn.ts';
import { compareChange } from './compare-change.ts';
import { NO_KEY, officersKeys } from './own-keys.ts';
import {
  announce,
  announceThere,
  askServer,
  complain,
  disagreement,
  during,
  element,
  here,
  OFFLINE,
  promptRefusal,
  type Refusal,
  shownValue,
  showSignable,
} from './page.ts';

export function offerChanges(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-tindakan]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!event.isTrusted) return;
      const button = form.querySelector('button')!;
      during(button, async () => {
        complain(form, {});
        const refusal = await change(form);
        if (!refusal) return;
        announce(refusal);
        complain(form, refusal.wrong ?? {});
      });
    });
  }
}

interface Made {
  answer: { text: string; response: unknown };
  kunci: Digest;
}

/** A passkey that was made here and waits for an older one to sign for it: not made twice. */
let made: Made | null = null;

async function change(form: HTMLFormElement): Promise<Refusal | null> {
  const tindakan = form.dataset.tindakan as Tindakan;
  const oleh = shownValue('oleh');
  const nama = form.querySelector<HTMLInputElement>('[name=nama]')?.value;
  if (tindakan === 'tambah-kunci' && !made) {
    const key = await makeKey(oleh);
    if ('next' in key) return key;
    made = key;
  }
  const added = tindakan === 'tambah-kunci' ? made : null;
  const { sampai, versi, ikut } = form.dataset;
  const peran = roleIn(form, tindakan);
  const wanted = {
    tindakan,
    nama,
    id: form.dataset.id,
    kunci: added?.kunci ?? (tindakan === 'akhiri-kunci' ? form.dataset.kunci : undefined),
    ...(sampai !== undefined && { sampai: Number(sampai) }),
    ...(versi !== undefined && { versi: Number(versi) }),
    ...(ikut !== undefined && { ikut }),
    ...(peran && {
      peran: peran.peran,
      kegiatan: peran.kegiatan?.id ?? '',
      lembaga: peran.lembaga,
      jabatan: peran.jabatan,
      mulai: typed(form, 'mulai'),
      hingga: typed(form, 'hingga'),
    }),
  };
  const begun = await askServer<{ ok: true; text: string; keys: Held[] }>(
    '/kantor/petugas/perubahan/teks',
    wanted,
  );
  if (!begun.ok) return begun;
  const expected = {
    tindakan,
    oleh,
    petugas: tindakan === 'undang' ? oneLine(nama ?? '') : form.dataset.id ? shownValue('petugas') : oleh,
    id: form.dataset.id ?? null,
    kunci: added ? [added.kunci] : shownKeys(form),
    peran,
  };
  const compared = compareChange(begun.text, expected, here());
  if (!compared.ok) return disagreement(compared);
  const allowed = await officersKeys(begun.keys);
  if (allowed.length === 0) return NO_KEY;
  let response: unknown;
  try {
    const answer = await usePasskey(showSignable(compared.text), allowed);
    if ((await saysItIsFor(answer, 'kunci-petugas')) === false) return NO_KEY;
    response = answer;
  } catch (error) {
    const refusal = promptRefusal(error);
    if (!added) return refusal;
    // What the next tap says yes to stands on the button: who made the key may be gone, and somebody else's it may be.
    form.querySelector('button')!.textContent =
      `Setujui kunci ${added.kunci.slice(7, 15)} yang baru dibuat di sini`;
    return {
      ...refusal,
      next: 'Kunci baru sudah dibuat. Setujui dengan kunci lama, atau muat ulang bila bukan Anda yang membuatnya.',
    };
  }
  const done = await askServer<{ ok: true; tautan?: string; untuk?: string }>('/kantor/petugas/perubahan', {
    wanted,
    answer: { text: begun.text, response },
    ...(added && { added: added.answer }),
  });
  if (!done.ok) {
    // Refused, or its text has lapsed: made for nothing. Without a network nobody has said so.
    if (done !== OFFLINE) made = null;
    return done;
  }
  if (done.tautan === undefined) {
    announceThere({ title: doneIn(form, tindakan), next: `Untuk ${expected.petugas}.` });
    location.replace('/kantor/petugas');
    return null;
  }
  element('tautan').textContent = done.tautan;
  element('tautan-untuk').textContent = done.untuk ?? '';
  element('tautan-baru').hidden = false;
  // There is one now.
  document.getElementById('tanpa-tautan')?.remove();
  const place = element('tautan-baru');
  place.setAttribute('role', 'group');
  place.setAttribute('aria-label', 'Tautan sekali pakai sudah dibuat');
  place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: 'nearest' });
  form.reset();
  return null;
}

/** What has been done, as the next page says it. */
function doneIn(form: HTMLFormElement, tindakan: Tindakan): string {
  switch (tindakan) {
    case 'beri-peran':
      return /^Ubah/.test(form.querySelector('button')!.textContent)
        ? 'Peran sudah diubah'
        : 'Peran sudah diberikan';
    case 'akhiri-peran':
      return 'Peran sudah diakhiri';
    case 'akhiri-kunci':
      return 'Kunci sandi sudah diakhiri';
    case 'tambah-kunci':
      return 'Kunci sandi sudah ditambah';
    case 'keluarkan':
      return 'Petugas sudah dikeluarkan';
    case 'jamin':
      return 'Jaminan sudah dicatat';
    default:
      return 'Sudah dicatat';
  }
}

const typed = (form: HTMLFormElement, name: string): string =>
  form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`)?.value ?? '';

/** The role that is given, as it was filled in, or the one that ends, as the page says it. */
function roleIn(form: HTMLFormElement, tindakan: Tindakan): RoleText | null {
  const { kegiatan: ended, zona } = form.dataset;
  if (tindakan === 'akhiri-peran') {
    const kegiatan = ended ? { id: ended, judul: shownValue('kegiatan') ?? '' } : null;
    const peran = shownValue('peran') as Peran;
    return { peran, kegiatan, lembaga: '', jabatan: '', mulai: null, sampai: null };
  }
  if (tindakan !== 'undang' && tindakan !== 'beri-peran') return null;
  const event = form.querySelector<HTMLSelectElement>('[name=kegiatan]')?.selectedOptions[0];
  const [from, until] = [typed(form, 'mulai'), typed(form, 'hingga')];
  return {
    peran: typed(form, 'peran') as Peran,
    kegiatan: event?.value ? { id: event.value, judul: event.textContent } : null,
    lembaga: oneLine(typed(form, 'lembaga')),
    jabatan: oneLine(typed(form, 'jabatan')),
    mulai: from === '' ? null : startOfDay(from, zona as Zona),
    sampai: until === '' ? null : endOfDay(until, zona as Zona),
  };
}

/** The passkeys that it is about: each that the text names is one that the page shows, and the other way round. */
function shownKeys(form: HTMLFormElement): Digest[] {
  const keys = (form.dataset.kunci ?? '').split(' ').filter((key) => key !== '') as Digest[];
  const onPage = [...document.querySelectorAll('[data-isi="kunci"]')].map((place) =>
    place.textContent.trim(),
  );
  const same = keys.length === onPage.length && keys.every((key) => onPage.includes(key.slice(7, 15)));
  return same ? keys : [];
}

async function makeKey(nama: string | null): Promise<Made | Refusal> {
  const begun = await askServer<{ ok: true; text: string; options: { excludeCredentials?: Held[] } }>(
    '/kantor/petugas/perubahan/kunci',
    {},
  );
  if (!begun.ok) return begun;
  const { text, options } = begun;
  const compared = comparePrompt('kunci-petugas', text, nama, here());
  if (!compared.ok) return disagreement(compared);
  try {
    // A second one on the same device is no second one, whatever the server leaves out.
    const own = (await keysOf('kunci-petugas', nama ?? '')).map((id): Held => ({ id }));
    const held = [...(options.excludeCredentials ?? []), ...own];
    const { response, spki } = await createPasskey('kunci-petugas', showSignable(compared.text), held);
    const kunci = await spkiDigest(spki);
    await keepKey(response.id, { untuk: 'kunci-petugas', nama, kunci });
    if (!spki) return UNREADABLE;
    return { answer: { text, response }, kunci: kunci ?? formatDigest(await sha256(spki)) };
  } catch (error) {
    return promptRefusal(error);
  }
}

const UNREADABLE: Refusal = {
  ok: false,
  title: 'Browser ini terlalu lama',
  next: 'Pakai tautan untuk perangkat lain, atau browser yang lebih baru.',
};
