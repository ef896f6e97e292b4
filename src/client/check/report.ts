/** What the check answered: first the sentence that counts, then whom it is about, each step, and what it doesn't show. */
import { formatDay } from '../../lib/zone.ts';
import type { Outcome } from '../../pages/check/outcome.ts';
import type { Report } from '../../proof/check.ts';
import { detailOf, limitSentences, sentenceOf, stepWords } from '../../proof/verdicts.ts';
import { formatCode } from '../../statement/code.ts';
import { parseStatement, type Statement } from '../../statement/statement.ts';
import { filled, words } from './words.ts';

const place = document.getElementById('hasil')!;

/** Null: nothing is known yet. `names`: of the files. */
export function show(outcome: Outcome | null, names = ''): void {
  place.replaceChildren(...(outcome === null ? [] : [words(outcome)]));
  const first = place.firstElementChild;
  if (!(first instanceof HTMLElement)) return;
  place.append(filled('nama-berkas', { berkas: names }));
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: 'start' });
}

/** Answers with where the status at the site is to be told. */
export function showReport(
  outcome: Outcome,
  names: string,
  { verdict, steps, limits }: Report,
  { statement, fetched }: { statement: Uint8Array | null; fetched: boolean },
): HTMLElement {
  show(outcome, names);
  if (fetched) place.append(words('bukti-situs'));
  const said = statement && readable(statement);
  if (said) {
    if (verdict !== 'asli') place.append(words('menurut-berkas'));
    place.append(
      filled('siapa', {
        nama: said.nama,
        jabatan: said.jabatan,
        kegiatan: said.kegiatan,
        wilayah: `${said.wilayah.nama} (${said.wilayah.kode})`,
        tanggal: formatDay(said.tanggal),
        kode: formatCode(said.kode),
      }),
    );
  }
  const status = document.createElement('div');
  place.append(status);
  // Without a proof there is one reason for all that was not done, and it stands above.
  const proofless = outcome === 'tidak-terbaca' || outcome === 'tanpa-bukti';
  const listed = proofless ? steps.filter((step) => step.outcome !== 'tidak diperiksa') : steps;
  if (listed.length > 0) place.append(words('daftar-langkah'));
  for (const verdict of listed) {
    place.querySelector('.verdicts')!.append(
      filled(`langkah-${verdict.outcome}`, {
        langkah: stepWords[verdict.step].name,
        kalimat: sentenceOf(verdict),
        rincian: detailOf(verdict),
      }),
    );
  }
  if (limits.length > 0) {
    place.append(words('batas'));
    for (const limit of limits) {
      const item = document.createElement('li');
      item.textContent = limitSentences[limit];
      place.lastElementChild!.append(item);
    }
  }
  return status;
}

function readable(statement: Uint8Array): Statement | null {
  try {
    return parseStatement(statement);
  } catch {
    return null;
  }
}
