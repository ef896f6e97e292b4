/**
 * The signing page: opens an invitation, leads through its steps, asks the phone's passkey and sees the signature home.
 * All words come from the server, as data; the shell has the screens. Shown by test/browser/sign.test.ts, and before a
 * server that lies by test/browser/lying-server.test.ts.
 */
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { parseInvitation } from '../invitation/token.ts';
import { normalizeSymbols } from '../lib/base32.ts';
import { base64url } from '../lib/base64.ts';
import { randomBytes } from '../lib/bytes.ts';
import type { Digest } from '../lib/sha256.ts';
import type {
  Halted,
  Issued,
  Opened,
  Prepared,
  Receipt,
  Refused,
  Sent,
  Trouble,
} from '../pages/sign/reply.ts';
import type { Held } from '../passkey/creation.ts';
import { formatPrompt } from '../passkey/prompt.ts';
import { parseCode } from '../statement/code.ts';
import { parseStatement } from '../statement/statement.ts';
import { keepKey, keptKey, saysItIsFor, standing } from './passkey/kept-keys.ts';
import { isSignedBy, spkiDigest } from './passkey/own-key.ts';
import { comparePrompt, type Device, type Disagreement, type Signable } from './passkey/signable.ts';
import { createPasskey, PasskeyTrouble, usePasskey } from './passkey/webauthn.ts';
import { compareStatement, readShown, type Shown } from './sign/compare-statement.ts';
import {
  allOutgoing,
  asKept,
  forgetOutgoing,
  isStored,
  keepOutgoing,
  keepSigned,
  keptOutgoing,
  keptSigned,
  knowRecorded,
  nameOf,
  namesOf,
  needsTap,
  type Outgoing,
  signedHere,
} from './sign/kept.ts';
import {
  box,
  forgetHelp,
  keepOnly,
  knowHelp,
  onAct,
  reveal,
  showList,
  showScreen,
  showText,
  title,
  whomToAsk,
  writePledge,
} from './sign/screen.ts';
import { Failing, pause, post, postPatiently, Unreachable } from './sign/send.ts';
import { insideApp, obstacle, wayOut } from './sign/surroundings.ts';

const PURPOSE = 'kunci-penanda-tangan';

/** Whose invitation is open. */
interface Guest {
  shown: Shown;
  create: Extract<Opened, { outcome: 'open' }>['create'];
  /** When it came, by this phone's clock. */
  at: number;
  /** Whether this phone has a passkey of theirs: how often it will ask. */
  known: Known;
}

/** `mungkin`: it may have the one passkey that the server knows. `beberapa`: or one of several, and must be asked which. */
type Known = 'ya' | 'belum' | 'mungkin' | 'beberapa';

/**
 * A person has ticked the box below the words that this script showed, and pressed the button there. It ends with the
 * first other screen that they go to, and nothing is asked of a passkey without it.
 */
interface Consent {
  box: HTMLInputElement;
  known: Known;
  stop: AbortController;
}

let undangan = '';
/** What that invitation is known by: of the symbols that came, and what the server says besides. */
let names: readonly string[] = [];
let guest: Guest | undefined;
/** The step that is on the screen. */
let step: string | undefined;
/** The box on the screen, once a person has ticked it there. */
let ticked: HTMLInputElement | undefined;
let consent: Consent | undefined;
/** How far the signing has come, so that a second try goes on from there. */
let made: { response: RegistrationResponseJSON; text: string } | undefined;
let key: string | undefined;
/** Digest of the key's public half, where this phone knows it. */
let kunci: Digest | null = null;
let issued: Issued | undefined;
/** A person wants a new passkey, whatever there is: the old one was refused, or the phone has it no more. */
let fresh = false;
/** An old passkey was asked for. */
let returning = false;
/** The phone has shown a prompt since the last tap, and the person has answered it. */
let answered = false;
/** One signing at a time: the next waits until the one before has noticed that it is over. */
let running: Promise<void> = Promise.resolve();
/** Of the invitations that were opened, the last alone is shown. */
let opening = 0;
let wake: (() => void) | undefined;
/** What was last typed, so that one wrong letter needn't be sixteen. */
let typed = '';

const here = (): Device => ({ origin: location.origin, now: Date.now() });

function fragment(): string {
  const { hash } = location;
  try {
    const text = decodeURIComponent(hash.slice(1));
    // What a chat put beside it is for the service to leave out.
    return normalizeSymbols(text) ?? text;
  } catch {
    return hash.slice(1);
  }
}

async function start(): Promise<void> {
  undangan = fragment();
  return undangan ? begin() : showDoor();
}

async function begin(): Promise<void> {
  names = [await nameOf(undangan)];
  const kept = await keptOutgoing(names);
  knowHelp(kept?.help);
  return kept && !needsTap(kept) ? deliver(kept) : open();
}

/** Where a code is typed. What else is kept here is named, and waits for a tap: it may be another's. */
async function showDoor(): Promise<void> {
  const unsent = await allOutgoing();
  leave('kode');
  showList(
    'simpanan',
    unsent.map(({ undangan: id, statement }) => ({ id, words: whoseOf(statement) })),
  );
}

/** One that can't be read, of another version, hides none of the others. */
function whoseOf(statement: string): { nama: string; kegiatan: string } {
  try {
    const { nama, kegiatan } = parseStatement(statement);
    return { nama, kegiatan };
  } catch {
    return { nama: 'Tanda tangan dari versi lain', kegiatan: '' };
  }
}

const unsentOf = async (element: HTMLElement): Promise<Outgoing | undefined> =>
  (await allOutgoing()).find((one) => one.undangan === element.dataset.simpanan);

async function openUnsent(element: HTMLElement): Promise<void> {
  const one = await unsentOf(element);
  if (!one) return showDoor();
  history.replaceState(null, '', `#${one.undangan}`);
  return start();
}

async function throwUnsent(element: HTMLElement): Promise<void> {
  const one = await unsentOf(element);
  if (one) await forgetOutgoing(one);
  return showDoor();
}

/** Whatever an answer says about the invitation besides. */
function learn(reply: object): void {
  const { names: said, help } = reply as Partial<Refused>;
  if (Array.isArray(said)) names = [...new Set([...names, ...said])];
  knowHelp(help);
}

/** To another screen: whatever was agreed to on the one before is over. */
function leave(name: string, words?: Readonly<Record<string, string>>): HTMLElement {
  consent?.stop.abort();
  consent = ticked = step = undefined;
  removeEventListener('online', reopen);
  return showScreen(name, words);
}

/** Nobody's invitation is open any more: nothing on the page can sign. */
function close(): void {
  consent?.stop.abort();
  guest = consent = made = key = issued = undefined;
  kunci = null;
}

const reopen = (): void => void open();

async function open(): Promise<void> {
  close();
  returning = false;
  leave('membuka');
  const turn = ++opening;
  let reply: Opened;
  let kept: Outgoing | undefined;
  try {
    reply = await ask();
    if (turn !== opening) return;
    kept = await keptOutgoing(names);
  } catch (error) {
    if (turn !== opening) return;
    again = open;
    if (error instanceof Failing) {
      knowHelp(error.help);
      showTrouble(error.trouble);
    } else if (error instanceof Unreachable) {
      showTrouble('unreachable');
      // Opening again signs nothing.
      addEventListener('online', reopen, { once: true });
    } else fail(error);
    return;
  }
  if (turn !== opening) return;
  // Kept under the other spelling of this invitation.
  if (kept && !needsTap(kept) && reply.outcome !== 'recorded') return deliver(kept);
  if (kept && reply.outcome === 'refused') await settle(kept, reply);
  if (turn !== opening) return;
  if (reply.outcome !== 'open') return receive(reply);
  if (kept) {
    leave('tersimpan', { teks: kept.statement });
    return;
  }
  const read = await readShown(reply.shown, here());
  const trouble = await obstacle();
  const known = read.ok ? await howKnown(reply.create, read.shown) : 'belum';
  if (turn !== opening) return;
  if (!read.ok) {
    console.warn('sign: refused:', read.what);
    showTrouble(read.code === 'illegible' ? 'data-illegible' : 'statement-differs');
    return;
  }
  guest = { shown: read.shown, create: reply.create, at: Date.now(), known };
  if (trouble) showTrouble(trouble);
  else showFirst();
}

/** Asks what the invitation opens, with all that this phone signed with it; again, if the answer says by what else it is known. */
async function ask(): Promise<Opened> {
  const mine = await digests();
  const reply = await postPatiently<Opened>('/undangan', { undangan, ...pernyataan(mine) });
  learn(reply);
  const all = await digests();
  if (reply.outcome === 'recorded' || all.length === mine.length) return reply;
  return postPatiently<Opened>('/undangan', { undangan, ...pernyataan(all) });
}

/** Of what this phone signed with the invitation. With it the receipt opens also where the card was replaced since. */
const digests = async (): Promise<Digest[]> => (await keptSigned(names)).map((one) => one.pernyataan);

/** The server reads no more of them. */
const pernyataan = (all: readonly Digest[]): { pernyataan?: readonly Digest[] } =>
  all.length === 0 ? {} : { pernyataan: all.slice(-20) };

function showFirst(): void {
  history.replaceState({ step: 'data' }, '');
  showStep('data');
}

/** A step of the invitation, with its words put in anew: the box on it is never ticked. */
function showStep(name: string): void {
  if (!guest) return;
  leave(name, guest.shown.told);
  step = name;
  if (name === 'ikrar') {
    writePledge(guest.shown.isi);
    box()!.checked = false;
    keepOnly('known', guest.known);
  }
}

function showTrouble(trouble: Trouble): void {
  const ongoing = consent;
  if (ongoing) {
    // The prompt came to nothing: a tap goes on, from the same words and the same tick.
    step = undefined;
    showScreen(trouble);
  } else leave(trouble);
  reveal('lama', returning);
  const address = `${location.origin}/u#${undangan}`;
  const out = document.querySelector<HTMLAnchorElement>('a[data-keluar]');
  const link = insideApp(navigator.userAgent) ? wayOut(navigator.userAgent, address) : null;
  if (out && link) {
    out.href = link;
    out.hidden = false;
  }
  const typed = document.querySelector<HTMLInputElement>('input[data-alamat]');
  if (typed) typed.value = address;
}

/** Pressed below the words of the pledge. */
function agree(): void {
  const now = box();
  if (!guest || step !== 'ikrar' || !now || !agreed()) return;
  consent = { box: now, known: guest.known, stop: new AbortController() };
  again = () => (consent ? sign(consent) : guest ? showStep('ikrar') : open());
  sign(consent);
}

/** Thrown where a signing goes on that nobody wants any more. */
class Over extends Error {}

/** Throws `Over` unless the person still agrees, with the box as they left it. */
function stillAgreed(mine: Consent): Guest {
  if (consent !== mine || !mine.box.checked || mine.stop.signal.aborted || !guest) throw new Over();
  return guest;
}

function sign(mine: Consent): Promise<void> {
  running = running.then(() => trySigning(mine));
  return running;
}

/** From one tap: make a passkey if there is none, have the statement issued, sign it, send it. */
async function trySigning(mine: Consent): Promise<void> {
  answered = false;
  try {
    stillAgreed(mine);
    step = undefined;
    showScreen('meminta');
    keepOnly('known', mine.known);
    issued ??= await prepare(mine);
    const { shown } = stillAgreed(mine);
    if (!issued) return;
    const compared = await compareStatement(issued.statement, shown, kunci, here());
    stillAgreed(mine);
    if (!compared.ok) return refuse(compared);
    const response = await usePasskey(tell(compared.text), allowed(issued), mine.stop.signal);
    stillAgreed(mine);
    if (!(await isOwn(response, issued, compared.said.kunci))) {
      return refuse({ ok: false, code: 'text-differs', what: 'kunci' });
    }
    stillAgreed(mine);
    const { statement, ticket } = issued;
    const outgoing: Outgoing = { undangan, names, statement, ticket, response, help: whomToAsk() };
    // Kept before it is sent: from here on a lost network or a closed page loses nothing, where a browser keeps anything.
    await keepSigned(outgoing);
    await keepOutgoing(outgoing);
    void deliver(outgoing);
  } catch (error) {
    if (error instanceof Over || consent !== mine) return;
    // A prompt that comes after another may lack the tap that the browser wants to see.
    stumble(error, answered && issued !== undefined);
  }
}

/** Only the passkey that was made or found here; how to reach it is the server's to say. */
const allowed = ({ options }: Issued): Held[] => [
  (options.allowCredentials as Held[] | undefined)?.find(({ id }) => id === key) ?? { id: key! },
];

/**
 * Whether the signature is by a passkey for this purpose and this name, and by the key that the statement names. What this
 * phone doesn't remember, the signature says, before anything leaves; what turns out to be for another stays so.
 */
async function isOwn(
  response: Parameters<typeof saysItIsFor>[0],
  { publicKey }: Issued,
  named: Digest,
): Promise<boolean> {
  const nama = guest!.shown.told.nama!;
  const stands = await standing(response.id, PURPOSE, nama);
  const said = await saysItIsFor(response, PURPOSE, nama);
  const own = response.id === key && stands !== 'foreign' && (said ?? stands === 'own');
  if (own && kunci === null && (await isSignedBy(named, publicKey, response))) kunci = named;
  if (!own && stands === 'unknown') await keepKey(response.id, { untuk: PURPOSE, nama: null, kunci: null });
  if (!own || kunci === null) return false;
  await keepKey(response.id, { untuk: PURPOSE, nama, kunci });
  return true;
}

/** Shows a text while the phone asks for the passkey. */
function tell<Text extends Signable>(text: Text): Text {
  showText(text);
  return text;
}

/** The phone refuses: what it was asked over isn't what it shows. */
function refuse({ code, what }: Disagreement): void {
  console.warn('sign: refused:', what);
  close();
  showTrouble(code === 'clock-wrong' ? 'clock-wrong' : 'statement-differs');
}

/** Undefined if the server or the phone refused, and the reason is on the screen. */
async function prepare(mine: Consent): Promise<Issued | undefined> {
  const { signal } = mine.stop;
  const nama = guest!.shown.told.nama!;
  const usable = await usableKeys(guest!);
  key ??= usable.own;
  returning ||= usable.own !== undefined;
  if (key === undefined && made === undefined) {
    await renew(mine);
    const { create } = stillAgreed(mine);
    const compared = comparePrompt(PURPOSE, create.text, nama, here());
    if (!compared.ok) {
      refuse(compared);
      return undefined;
    }
    try {
      const { response, spki } = await createPasskey(PURPOSE, tell(compared.text), usable.unknown, signal);
      answered = true;
      made = { response, text: create.text };
      kunci = await spkiDigest(spki);
      await keepKey(response.id, { untuk: PURPOSE, nama, kunci });
    } catch (error) {
      if (!(error instanceof PasskeyTrouble) || error.trouble !== 'known-here') throw error;
      returning = answered = true;
      key = await recognise(mine, usable.unknown);
    }
  }
  const { create } = stillAgreed(mine);
  if (made === undefined) kunci = (await keptKey(key!))?.kunci ?? null;
  const { ticket } = create;
  const reply = await (made === undefined
    ? postPatiently<Prepared>('/undangan/pernyataan', { undangan, kunci: key }, signal)
    : postPatiently<Prepared>('/undangan/kunci', { undangan, ...made, ticket }, signal));
  stillAgreed(mine);
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
  return reply.issued;
}

/** A text to make a passkey over serves for an hour. */
const GROWS_OLD = 45 * 60_000;

/** The page lay open: fetches the invitation again, before a clock is accused. Throws `Over` if it says something else now. */
async function renew(mine: Consent): Promise<void> {
  const { create, shown, at } = stillAgreed(mine);
  const compared = comparePrompt(PURPOSE, create.text, shown.told.nama!, here());
  const old = Date.now() - at > GROWS_OLD || Date.now() < at;
  if (!old && (compared.ok || compared.code !== 'clock-wrong')) return;
  const reply = await postPatiently<Opened>('/undangan', { undangan }, mine.stop.signal);
  stillAgreed(mine);
  if (reply.outcome !== 'open') receive(reply);
  else {
    const read = await readShown(reply.shown, here());
    stillAgreed(mine);
    if (read.ok && JSON.stringify(read.shown) === JSON.stringify(shown)) {
      guest = { ...stillAgreed(mine), create: reply.create, at: Date.now() };
      return;
    }
    // Another list or other words since: to be read from the beginning.
    void open();
  }
  throw new Over();
}

/** Of the passkeys that the server would accept from this person: the one made here for them, and those unknown here. */
async function usableKeys({
  create,
  shown,
}: Pick<Guest, 'create' | 'shown'>): Promise<{ own: string | undefined; unknown: Held[] }> {
  const unknown: Held[] = [];
  // Nothing is excluded then either: a device that has the old one would refuse to make another.
  if (fresh) return { own: undefined, unknown };
  for (const held of (create.options.excludeCredentials ?? []) as Held[]) {
    const stands = await standing(held.id, PURPOSE, shown.told.nama!);
    if (stands === 'own') return { own: held.id, unknown: [] };
    if (stands === 'unknown') unknown.push(held);
  }
  return { own: undefined, unknown };
}

async function howKnown(create: Guest['create'], shown: Shown): Promise<Known> {
  const { own, unknown } = await usableKeys({ create, shown });
  if (own !== undefined) return 'ya';
  return unknown.length === 0 ? 'belum' : unknown.length === 1 ? 'mungkin' : 'beberapa';
}

/** With the tick that stands, or from the beginning where none does. */
function makeNewKey(): void {
  fresh = true;
  key = made = issued = undefined;
  kunci = null;
  if (!consent) return void open();
  consent.known = 'belum';
  void sign(consent);
}

/**
 * The phone has one of the usable passkeys but not which: with several, it must be asked. The text is made here, and what
 * signs it is thrown away.
 */
async function recognise(mine: Consent, unknown: readonly Held[]): Promise<string> {
  stillAgreed(mine);
  const [only, ...others] = unknown;
  if (only && others.length === 0) return only.id;
  const device = here();
  const terbit = `${new Date(device.now).toISOString().slice(0, 19)}Z`;
  const acak = base64url(randomBytes(32));
  const text = formatPrompt('pengenalan', { situs: device.origin, terbit, acak });
  const compared = comparePrompt('pengenalan', text, null, device);
  if (!compared.ok) throw new Error(`sign: ${compared.what}`);
  return (await usePasskey(tell(compared.text), unknown, mine.stop.signal)).id;
}

/**
 * Sends until the ledger has it. Again after a reload, and as often as it takes: the server answers the same each time.
 * Null: it was sent earlier and waits for the ledger.
 */
async function deliver(outgoing: Outgoing | null): Promise<void> {
  // There is no way back to the steps: it is signed.
  close();
  const screen = leave('kirim');
  if (outgoing) {
    ({ undangan } = outgoing);
    names = await namesOf(outgoing);
    knowHelp(outgoing.help);
  }
  const stored = outgoing === null || isStored(outgoing);
  let arrived = outgoing === null;
  for (let attempt = 0; ; attempt++) {
    let least = 0;
    if (outgoing && !arrived) {
      // What the person has done with it in another page holds here too.
      const kept = await asKept(outgoing);
      if (!kept || needsTap(kept)) return open();
    }
    showState(screen, { arrived, stored });
    try {
      const reply = await (arrived
        ? post<Sent>('/undangan/status', { undangan, ...pernyataan(await digests()) })
        : post<Sent>('/undangan/tanda-tangan', bodyOf(outgoing!)));
      learn(reply);
      if (reply.outcome === 'recorded') return showReceipt(reply);
      if (reply.outcome === 'refused' && reply.fate !== 'passes') {
        if (outgoing) await settle(outgoing, reply);
        return receive(reply);
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
      const why = reply.outcome === 'halted' ? 'henti' : reply.outcome === 'refused' ? 'gangguan' : undefined;
      showState(screen, { arrived, stored, why });
    } catch (error) {
      if (error instanceof Failing) {
        least = error.wait;
        knowHelp(error.help);
        showState(screen, { arrived, stored, why: error.trouble === 'service-busy' ? 'ramai' : 'gangguan' });
      } else if (error instanceof Unreachable) showState(screen, { arrived, stored, why: 'putus' });
      else throw error;
    }
    await pause(
      attempt,
      (now) => {
        wake = now;
      },
      least,
    );
  }
}

/** What is the server's of it. */
const bodyOf = ({ undangan, statement, ticket, response }: Outgoing): object => ({
  undangan,
  statement,
  ticket,
  response,
});

/** What a refusal makes of a signature that was kept. One that doesn't say is taken for one that a repair can undo. */
async function settle(outgoing: Outgoing, { code, fate = 'repair' }: Refused): Promise<void> {
  if (fate === 'never') await forgetOutgoing(outgoing);
  else if (await asKept(outgoing)) await keepOutgoing({ ...outgoing, names, refused: code, fate });
}

/**
 * A receipt is compared whenever it is shown, with all that this phone signed for this invitation; and says so if it signed
 * nothing. It is an alarm if the ledger had another of ours, or has another in place of one that was just on its way. That is
 * said once of the latter: then the way is over.
 */
async function showReceipt({ receipt }: { receipt: Receipt }): Promise<void> {
  close();
  knowHelp(receipt.help);
  const kept = await keptOutgoing(names);
  const mine = await keptSigned(names);
  const own =
    mine.find((one) => one.pernyataan === receipt.pernyataan) ??
    (mine.length === 0 ? await signedHere(receipt.pernyataan) : undefined);
  const forged = !parseCode(receipt.kode).ok || (own !== undefined && own.kode !== receipt.kode);
  const another = own === undefined && (kept !== undefined || mine.some(({ tercatat }) => tercatat));
  if (kept && !forged) await forgetOutgoing(kept);
  if (forged || another) return showTrouble('receipt-differs');
  fresh = false;
  const { help: _, ...words } = receipt;
  if (own) await knowRecorded(own, { names });
  // Whoever signed with this card may be somebody else: only what was signed here is the reader's for sure.
  const screen = leave(own ? 'tercatat' : 'tercatat-lain', words as unknown as Record<string, string>);
  keepOnly('earlier', receipt.earlier ? 'ya' : 'tidak');
  title();
  const page = `/p/${receipt.kode}`;
  for (const link of screen.querySelectorAll<HTMLAnchorElement>('a[data-ke]'))
    link.href = page + link.dataset.ke;
  const button = screen.querySelector<HTMLElement>('[data-act="bagikan"]');
  if (button) Object.assign(button.dataset, { alamat: page, judul: `Ikrar ${receipt.nama}` });
}

/** Why a signature stays where it is: the network is gone, the ledger stands still, the service fails, or has too much to do. */
type Why = 'putus' | 'henti' | 'gangguan' | 'ramai';

/** One of the three states in words. `stored`: it is on this phone also when the page is closed. */
function showState(
  screen: HTMLElement,
  { arrived, stored, why }: { arrived: boolean; stored: boolean; why?: Why | undefined },
): void {
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
  for (const line of screen.querySelectorAll<HTMLElement>('[data-stored]'))
    line.hidden = line.dataset.stored !== (stored ? 'ya' : 'tidak');
  const live = screen.querySelector('[data-kabar]')!;
  if (live.textContent !== words) live.textContent = words;
}

/** The end of a way: a receipt, a refusal, or a signature that waits for the ledger. */
function receive(reply: Sent): void {
  if (reply.outcome === 'waiting') void deliver(null);
  else if (reply.outcome === 'missing') void open();
  else if (reply.outcome === 'recorded') void showReceipt(reply);
  else void showRefusal(reply);
}

/** Also where the signature is that a repair may still bring home. */
async function showRefusal(reply: Refused | Halted): Promise<void> {
  close();
  learn(reply);
  const kept = await keptOutgoing(names);
  leave('ditolak', { title: reply.title, next: reply.next });
  keepOnly('kept', kept === undefined ? '' : isStored(kept) ? 'ketuk' : 'halaman');
  keepOnly('offer', kept !== undefined && reply.offer === 'open' ? '' : reply.offer);
  reveal('lain', reply.offer !== 'type');
  const input = document.querySelector<HTMLInputElement>('input[name="kode"]');
  if (input) input.value = typed;
}

/** By a tap, once the door that was shut is open again. From here on it is on its way like any other. */
async function sendAgain(): Promise<void> {
  const kept = await keptOutgoing(names);
  if (!kept) return open();
  const { refused: _, fate: __, ...outgoing } = kept;
  await keepOutgoing(outgoing);
  return deliver(outgoing);
}

async function throwAway(): Promise<void> {
  const kept = await keptOutgoing(names);
  if (kept) await forgetOutgoing(kept);
  return open();
}

/** What the button of a trouble does. */
let again: (() => unknown) | undefined;

/** A signing that didn't come to its end. It goes on by a tap alone: never by itself, up to a prompt. */
function stumble(error: unknown, untapped: boolean): void {
  if (error instanceof Failing) {
    knowHelp(error.help);
    showTrouble(error.trouble);
  } else if (error instanceof Unreachable) showTrouble('interrupted');
  else if (error instanceof PasskeyTrouble && error.trouble !== 'known-here') {
    const trouble = error.trouble === 'second-tap' && !untapped ? 'cancelled' : error.trouble;
    // Nobody may have cancelled: a phone that looks for a passkey and has it no more says the same.
    const silent = returning && (trouble === 'cancelled' || trouble === 'timed-out');
    showTrouble(silent ? 'key-silent' : trouble);
  } else fail(error);
}

function fail(error: unknown): void {
  console.error(error);
  showTrouble('phone-failed');
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
      return agree();
    case 'baca':
      return showStep('ikrar');
    case 'ulang':
      return void (again ?? open)();
    case 'buka':
      return void open();
    case 'kunci-baru':
      return makeNewKey();
    case 'lanjut':
      return guest ? showFirst() : void open();
    case 'buka-simpanan':
      return void openUnsent(element);
    case 'buang-simpanan':
      return void throwUnsent(element);
    case 'kirim-lagi':
      return void sendAgain();
    case 'buang':
      return void throwAway();
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
  fresh = false;
  const read = parseInvitation(typed);
  undangan = read.ok ? read.symbols : typed.trim().slice(0, 200);
  forgetHelp();
  // In the fragment, so that a reload comes back here.
  history.replaceState(null, '', `#${encodeURIComponent(undangan)}`);
  void begin();
});

/** Whether the box on the screen is ticked, by hand and since it was shown; says so if it isn't. */
function agreed(): boolean {
  const now = box()!;
  const yes = now.checked && now === ticked;
  document.querySelector<HTMLElement>('[data-centang]')!.hidden = yes;
  if (!yes) now.focus();
  return yes;
}

document.addEventListener('change', ({ target, isTrusted }) => {
  if (!isTrusted || target === null || target !== box()) return;
  ticked = target as HTMLInputElement;
  agreed();
});

// Also while the phone asks: who goes back has thought better of it.
addEventListener('popstate', ({ state }) => {
  if (state?.step) showStep(state.step);
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
