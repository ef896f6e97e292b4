/** What the check answered: first the sentence that counts, then whom it is about, what the site says, each step, and what it doesn't show. */
import { formatDay } from '../../lib/zone.ts';
import type { CheckOutcome } from '../../pages/check/check-outcome.ts';
import type { CheckVerdict } from '../../proof/check-proof.ts';
import { detailOf, limitSentences, stepWords, verdictSentence } from '../../proof/verdicts.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement, type Statement } from '../../statement/statement.ts';
import type { Judged } from './judge.ts';
import { pageOf, registeredWords } from './registered.ts';
import { filled, words } from './words.ts';

const place = document.getElementById('hasil')!;

export const clear = (): void => place.replaceChildren();

/** Above everything else on the page. `names`: of the files; `more`: what stands below the sentence. */
export function showOutcome(
  outcome: CheckOutcome,
  names: string,
  { values = {}, more = [] }: { values?: Record<string, string>; more?: (Node | null)[] } = {},
): void {
  const below = more.filter((part) => part !== null);
  place.replaceChildren(
    filled(outcome, values),
    filled('nama-berkas', { berkas: names }),
    ...below,
    words('lagi'),
  );
  const notice = place.querySelector<HTMLElement>('.notice')!;
  const title = notice.querySelector('h2')!;
  title.id = 'putusan';
  notice.tabIndex = -1;
  notice.setAttribute('role', 'alert');
  notice.setAttribute('aria-labelledby', title.id);
  notice.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'start' });
}

/** What was signed is proven of these. */
const PROVEN: readonly CheckOutcome[] = ['dokumen-asli', 'bukti-asli', 'dicabut', 'kertas-lain'];

export function showReport(judged: Judged, names: string): void {
  const { outcome, report, statement, site, fetched, registered } = judged;
  const genuine = outcome === 'dokumen-asli' || outcome === 'bukti-asli';
  const proven = PROVEN.includes(outcome);
  const said = statement && readable(statement);
  const facts = said && factsOf(said, proven);
  const asked = registered && registeredWords(registered, outcome);
  const who = genuine
    ? [facts, asked]
    : [asked, facts && words(proven ? 'yang-ditandatangani' : 'menurut-berkas'), facts];
  showOutcome(outcome, names, {
    values: { asal: site ?? '', ...sizesIn(report.steps) },
    more: [
      causes(report.steps),
      fetched ? words('bukti-situs') : null,
      ...who,
      said && outcome === 'kertas-lain' ? filled('isi', { isi: said.isi }) : null,
      stepsOf(judged),
      limitsOf(report.limits),
    ],
  });
  const page = pageOf(statement);
  if (page === null) return;
  for (const link of place.querySelectorAll<HTMLAnchorElement>('a[data-alamat]')) link.href = page;
  for (const link of place.querySelectorAll<HTMLAnchorElement>('a[data-unduh]')) link.href = `${page}.pdf`;
}

/** Of the kept checkpoint and of the proof's: the smaller first, as the ledger's address has them. */
function sizesIn(steps: CheckVerdict[]): { lama: string; baru: string } {
  const detail = steps.find(({ step }) => step === 'simpanan')?.detail ?? '';
  const [lama = '‹lama›', baru = '‹baru›'] = detail
    .split(' ')
    .filter(Boolean)
    .sort((a, b) => Number(a) - Number(b));
  return { lama, baru };
}

function factsOf(said: Statement, proven: boolean): DocumentFragment {
  const facts = filled('siapa', {
    nama: said.nama,
    jabatan: said.jabatan,
    kegiatan: said.kegiatan,
    wilayah: `${said.wilayah.nama} (${said.wilayah.kode})`,
    tanggal: formatDay(said.tanggal),
    kode: formatCode(said.kode),
  });
  facts.querySelector('dl')!.classList.toggle('claimed', !proven);
  return facts;
}

const stepValues = (verdict: CheckVerdict): Record<string, string | undefined> => ({
  langkah: stepWords[verdict.step].name,
  kalimat: verdictSentence(verdict),
  rincian: detailOf(verdict),
});

/** Why it failed, without unfolding anything. */
function causes(steps: CheckVerdict[]): DocumentFragment | null {
  const failed = steps.filter(({ outcome }) => outcome === 'gagal');
  if (failed.length === 0) return null;
  const list = words('sebab');
  for (const verdict of failed) list.querySelector('ul')!.append(filled('sebab-satu', stepValues(verdict)));
  return list;
}

function stepsOf({ outcome, report: { steps } }: Judged): DocumentFragment | null {
  // Without a proof there is one reason for all that was not done, and it stands above.
  const proofless = outcome === 'tidak-terbaca' || outcome === 'tanpa-bukti';
  const listed = proofless ? steps.filter((step) => step.outcome !== 'tidak diperiksa') : steps;
  if (listed.length === 0) return null;
  const failed = listed.filter((step) => step.outcome === 'gagal');
  const list = filled(failed.length > 0 ? 'langkah-ada-gagal' : 'langkah-tanpa-gagal', {
    terbukti: String(listed.filter((step) => step.outcome === 'terbukti').length),
    semua: String(listed.length),
    gagal: failed.map(({ step }) => stepWords[step].name).join(', '),
  });
  // Which one it was is what is asked next.
  list.querySelector('details')!.open = outcome.startsWith('kurang');
  for (const verdict of listed) {
    list.querySelector('ol')!.append(filled(`langkah-${verdict.outcome}`, stepValues(verdict)));
  }
  return list;
}

function limitsOf(limits: Judged['report']['limits']): DocumentFragment | null {
  if (limits.length === 0) return null;
  const list = words('batas');
  for (const limit of limits) {
    const item = document.createElement('li');
    item.textContent = limitSentences[limit];
    list.querySelector('ul')!.append(item);
  }
  return list;
}

function readable(statement: Uint8Array): Statement | null {
  try {
    return parseStatement(statement);
  } catch {
    return null;
  }
}
