/**
 * The signing page: opens an invitation, leads through its steps, asks the phone's passkey and sees the signature home.
 * All words come from the server. Shown by test/browser/sign.test.ts.
 */
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { normalizeSymbols } from '../lib/base32.ts';
import { base64url } from '../lib/base64.ts';
import { randomBytes } from '../lib/bytes.ts';
import type { Digest } from '../lib/sha256.ts';
import type { Issued, Opened, Prepared, Sent, Trouble } from '../pages/sign/reply.ts';
import { formatPrompt } from '../passkey/prompt.ts';
import { formatCode } from '../statement/code.ts';
import { parseStatement } from '../statement/statement.ts';
import { comparePrompt, type Device, type Disagreement, type Signable } from './passkey/signable.ts';
import { createPasskey, PasskeyTrouble, usePasskey } from './passkey/webauthn.ts';
import {
  allKeys,
  allOutgoing,
  forgetOutgoing,
  keepKey,
  keepOutgoing,
  keptKey,
  type Outgoing,
} from './sign/kept.ts';
import { isSignedBy, keyDigest } from './sign/own-key.ts';
import {
  fillSteps,
  hasStep,
  onAct,
  showHtml,
  shownPledge,
  shownValue,
  showStep,
  showTemplate,
  showText,
  valueOnScreen,
} from './sign/screen.ts';
import { pause, post, postPatiently, Unreachable } from './sign/send.ts';
import { compareStatement } from './sign/statement.ts';
import { insideApp, obstacle, wayOut } from './sign/surroundings.ts';

type Open = Extract<Opened, { outcome: 'open' }>;

let undangan = '';
let guest: Open | undefined;
/** How far the signing has come, so that a second try goes on from there. */
let made: { response: RegistrationResponseJSON; text: string } | undefined;
let key: string | undefined;
/** Digest of the key's public half, where this phone knows it. */
let kunci: Digest | null = null;
let issued: Issued | undefined;
let busy = false;
let wake: (() => void) | undefined;
/** What was last typed, so that one wrong letter needn't be sixteen. */
let typed = '';

const here = (): Device => ({ origin: location.origin, now: Date.now() });

const fragment = (): string => normalizeSymbols(decodeURIComponent(location.hash.slice(1))) ?? '';

async function start(): Promise<void> {
  undangan = fragment();
  const outgoing = await allOutgoing();
  const waiting = undangan ? outgoing.find((one) => one.undangan === undangan) : outgoing[0];
  if (waiting) return deliver(waiting);
  if (!undangan) {
    showTemplate('kode');
    return;
  }
  return open();
}

async function open(): Promise<void> {
  guest = made = key = issued = undefined;
  kunci = null;
  showTemplate('membuka');
  let reply: Opened;
  try {
    reply = await postPatiently<Opened>('/undangan', { undangan });
  } catch (error) {
    return stumble(error, open);
  }
  if (reply.outcome !== 'open') return receive(reply);
  const trouble = await obstacle();
  fillSteps(reply.html);
  guest = reply;
  if (trouble) showTrouble(trouble);
  else showFirst();
}

function showFirst(): void {
  history.replaceState({ step: 'data' }, '');
  showStep('data');
}

function showTrouble(trouble: Trouble): void {
  const screen = showTemplate(trouble);
  const address = `${location.origin}/u#${undangan}`;
  const out = screen.querySelector<HTMLAnchorElement>('a[data-keluar]');
  const link = insideApp(navigator.userAgent) ? wayOut(navigator.userAgent, address) : null;
  if (out && link) {
    out.href = link;
    out.hidden = false;
  }
  const typed = screen.querySelector<HTMLInputElement>('input[data-alamat]');
  if (typed) typed.value = address;
}

/** From one tap: make a passkey if there is none, have the statement issued, sign it, send it. */
async function sign(): Promise<void> {
  if (busy || !guest) return;
  busy = true;
  // A prompt that comes after an answer of ours may lack the tap that the browser wants to see.
  const chained = issued === undefined;
  try {
    showTemplate('meminta');
    issued ??= await prepare(guest);
    if (!issued) return;
    const screen = { value: shownValue, pledge: shownPledge() };
    const compared = await compareStatement(issued.statement, screen, kunci, here());
    if (!compared.ok) return refuse(compared);
    const response = await usePasskey(shown(compared.text), allowed(issued));
    // A phone that doesn't remember which key it has: the signature says so, before anything leaves.
    if (kunci === null) {
      const own = await isSignedBy(compared.said.kunci, issued.publicKey, response);
      if (!own) return refuse({ ok: false, code: 'text-differs', what: 'kunci' });
      kunci = compared.said.kunci;
      await keepKey(response.id, kunci);
    }
    const outgoing: Outgoing = {
      undangan,
      statement: issued.statement,
      ticket: issued.ticket,
      response,
    };
    // Kept before it is sent: from here on a lost network or a closed page loses nothing.
    await keepOutgoing(outgoing);
    void deliver(outgoing);
  } catch (error) {
    const untapped = chained && issued !== undefined;
    stumble(error, sign, untapped);
  } finally {
    busy = false;
  }
}

/** Only the passkey that was made or found here; how to reach it is the server's to say. */
const allowed = ({ options }: Issued) => [
  options.allowCredentials?.find(({ id }) => id === key) ?? { id: key! },
];

/** Shows a text while the phone asks for the passkey. */
function shown<Text extends Signable>(text: Text): Text {
  showText(text);
  return text;
}

/** The phone refuses: what it was asked over isn't what it shows. */
function refuse({ code, what }: Disagreement): void {
  console.warn('sign: refused:', what);
  issued = undefined;
  showTrouble(code === 'clock-wrong' ? 'clock-wrong' : 'statement-differs');
}

/** Undefined if the server or the phone refused, and the reason is on the screen. */
async function prepare(open: Open): Promise<Issued | undefined> {
  key ??= await rememberedKey(open);
  if (key === undefined && made === undefined) {
    const { text, options } = open.create;
    const compared = comparePrompt('kunci-penanda-tangan', text, shownValue('nama'), here());
    if (!compared.ok) {
      refuse(compared);
      return undefined;
    }
    try {
      const { response, spki } = await createPasskey(shown(compared.text), options);
      made = { response, text };
      kunci = await keyDigest(spki);
    } catch (error) {
      if (!(error instanceof PasskeyTrouble) || error.trouble !== 'known-here') throw error;
      key = await recognise(open);
    }
  }
  if (made === undefined) kunci = await keptKey(key!);
  const { ticket } = open.create;
  const reply = await (made === undefined
    ? postPatiently<Prepared>('/undangan/pernyataan', { undangan, kunci: key })
    : postPatiently<Prepared>('/undangan/kunci', { undangan, ...made, ticket }));
  if (reply.outcome !== 'issued') {
    receive(reply);
    return undefined;
  }
  key ??= made!.response.id;
  if (reply.issued.credentialId !== key) {
    refuse({ ok: false, code: 'text-differs', what: 'credentialId' });
    return undefined;
  }
  made = undefined;
  await keepKey(key, kunci);
  return reply.issued;
}

/** What the server would accept from this person. */
const usable = ({ create }: Open): { id: string }[] => create.options.excludeCredentials ?? [];

async function rememberedKey(open: Open): Promise<string | undefined> {
  const kept = await allKeys();
  return usable(open).find(({ id }) => kept.includes(id))?.id;
}

/**
 * The phone has one of the usable passkeys but not which: with several, it must be asked. The text is made here, and what
 * signs it is thrown away.
 */
async function recognise(open: Open): Promise<string | undefined> {
  const [only, ...others] = usable(open);
  if (only && others.length === 0) return only.id;
  const device = here();
  const terbit = `${new Date(device.now).toISOString().slice(0, 19)}Z`;
  const acak = base64url(randomBytes(32));
  const text = formatPrompt('pengenalan', { situs: device.origin, terbit, acak });
  const compared = comparePrompt('pengenalan', text, null, device);
  if (!compared.ok) throw new Error(`sign: ${compared.what}`);
  return (await usePasskey(shown(compared.text), usable(open))).id;
}

/**
 * Sends until the ledger has it. Again after a reload, and as often as it takes: the server answers the same each time.
 * Null: it was sent earlier and waits for the ledger.
 */
async function deliver(outgoing: Outgoing | null): Promise<void> {
  if (outgoing) undangan = outgoing.undangan;
  // There is no way back to the steps: it is signed.
  fillSteps('');
  const screen = showTemplate('kirim');
  let arrived = outgoing === null;
  for (let attempt = 0; ; attempt++) {
    showState(screen, arrived);
    try {
      const reply = await (arrived
        ? post<Sent>('/undangan/status', { undangan })
        : post<Sent>('/undangan/tanda-tangan', outgoing));
      if (reply.outcome === 'recorded' || reply.outcome === 'refused') {
        await forgetOutgoing(undangan);
        receive(reply);
        if (reply.outcome === 'recorded' && outgoing && !isReceiptOf(outgoing))
          showTrouble('receipt-differs');
        return;
      }
      if (reply.outcome === 'waiting') {
        if (!arrived) attempt = 0;
        arrived = true;
      } else if (outgoing) {
        // Nothing is known of it there, or it may be gone again: it is sent once more.
        arrived = false;
      } else if (reply.outcome === 'missing') {
        return open();
      }
      showState(screen, arrived, reply.outcome === 'halted' ? 'henti' : undefined);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      showState(screen, arrived, 'putus');
    }
    await pause(attempt, (now) => {
      wake = now;
    });
  }
}

/** Whether the receipt on the screen names the pledge that this phone signed. */
const isReceiptOf = ({ statement }: Outgoing): boolean =>
  valueOnScreen('kode') === formatCode(parseStatement(statement).kode);

/** One of the three states in words; `why` it stays there: the network is gone, or the ledger stands still. */
function showState(screen: HTMLElement, arrived: boolean, why?: 'putus' | 'henti'): void {
  const state = arrived ? 'terkirim' : 'belum';
  let words = '';
  for (const item of screen.querySelectorAll<HTMLElement>('[data-state]')) {
    if (item.dataset.state === state) {
      item.setAttribute('aria-current', 'step');
      words = item.textContent ?? '';
    } else {
      item.removeAttribute('aria-current');
    }
  }
  screen.querySelector<HTMLElement>('[data-tunda]')!.hidden = why === undefined;
  for (const line of screen.querySelectorAll<HTMLElement>('[data-why]'))
    line.hidden = line.dataset.why !== why;
  for (const line of screen.querySelectorAll<HTMLElement>('[data-when]'))
    line.hidden = line.dataset.when !== state;
  const live = screen.querySelector('[data-kabar]')!;
  if (live.textContent !== words) live.textContent = words;
}

/** The end of a way: a receipt, a refusal, or a signature that waits for the ledger. */
function receive(reply: Sent): void {
  if (reply.outcome === 'waiting') void deliver(null);
  else if (reply.outcome === 'missing') void open();
  else {
    fillSteps('');
    showHtml(reply.html);
  }
  const input = document.querySelector<HTMLInputElement>('input[name="kode"]');
  if (input) input.value = typed;
}

let again: (() => Promise<void>) | undefined;

function stumble(error: unknown, retry: () => Promise<void>, untapped = false): void {
  again = retry;
  if (error instanceof Unreachable) {
    showTrouble('unreachable');
    addEventListener('online', repeat, { once: true });
  } else if (error instanceof PasskeyTrouble && error.trouble !== 'known-here') {
    showTrouble(error.trouble === 'second-tap' && !untapped ? 'cancelled' : error.trouble);
  } else {
    console.error(error);
    showTrouble('phone-failed');
  }
}

function repeat(): void {
  removeEventListener('online', repeat);
  void (again ?? open)();
}

async function copy(text: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.done ?? button.textContent;
  } catch {
    document.querySelector<HTMLInputElement>('input[data-alamat]')?.select();
  }
}

async function share(button: HTMLElement): Promise<void> {
  const url = new URL(button.dataset.alamat!, location.origin).href;
  if (!navigator.share) return copy(url, button);
  await navigator.share({ title: button.dataset.judul ?? document.title, url }).catch(() => {});
}

onAct((name, element) => {
  switch (name) {
    case 'langkah':
      history.pushState({ step: element.dataset.to }, '');
      return showStep(element.dataset.to!);
    case 'kembali':
      return history.back();
    case 'tanda-tangan':
      return agreed() ? void sign() : undefined;
    case 'baca':
      return showStep('ikrar');
    case 'ulang':
      return repeat();
    case 'buka':
      return void open();
    case 'lanjut':
      return guest ? showFirst() : void open();
    case 'kirim-ulang':
      return wake?.();
    case 'salin':
      return void copy(document.querySelector<HTMLInputElement>('input[data-alamat]')!.value, element);
    case 'bagikan':
      return void share(element);
  }
});

document.addEventListener('submit', (event) => {
  const input = (event.target as HTMLFormElement).elements.namedItem('kode');
  if (!(input instanceof HTMLInputElement)) return;
  event.preventDefault();
  typed = input.value;
  undangan = normalizeSymbols(typed) ?? typed;
  // In the fragment, so that a reload comes back here.
  history.replaceState(null, '', `#${encodeURIComponent(undangan)}`);
  void open();
});

/** Whether the box is ticked; says so if it isn't. */
function agreed(): boolean {
  const box = document.querySelector<HTMLInputElement>('[name="setuju"]')!;
  document.querySelector<HTMLElement>('[data-centang]')!.hidden = box.checked;
  if (!box.checked) box.focus();
  return box.checked;
}

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.name === 'setuju') agreed();
});

addEventListener('popstate', ({ state }) => {
  if (state?.step && !busy && hasStep(state.step)) showStep(state.step);
});

// Another card opened in the same window; the page's own `#isi` is none.
addEventListener('hashchange', () => {
  if (fragment() !== undangan) location.reload();
});
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  document.getElementById('isi')!.focus();
});

void start();
