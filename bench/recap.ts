/**
 * Budgets: "recap of 84,000 rows as XLSX", at most 64 MB above idle, against the CSV of the same rows; and "recap of 852 as PDF",
 * at most two seconds, against that.
 */
import { connect } from '../src/db.ts';
import { drawRecap } from '../src/export/recap-paper.ts';
import { type RecapAbout, recapWorkbook } from '../src/export/recap-workbook.ts';
import * as recaps from '../src/export/recaps.ts';
import { streamRecap } from '../src/export/stream.ts';
import { EVENT, memory, ROWS, seedOneEvent } from './export.ts';
import { type Figure, figure, quantile } from './figure.ts';

const TURNS = 3;
const ON_PAPER = 852;
const PAPER_BUDGET = 2_000;

/** `url`: a database with our tables in it, for this alone. Run it with `--expose-gc` for a clean idle. */
export async function recapFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: 4, limits: null });
  const times: Record<'xlsx' | 'csv' | 'pdf', number[]> = { xlsx: [], csv: [], pdf: [] };
  const peaks = { xlsx: 0, csv: 0, pdf: 0 };
  const take = async (
    form: keyof typeof times,
    counted: boolean,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<void> => {
    (globalThis as { gc?: () => void }).gc?.();
    const idle = memory();
    const start = performance.now();
    for await (const _ of bytes) if (counted) peaks[form] = Math.max(peaks[form], memory() - idle);
    if (counted) times[form].push(performance.now() - start);
  };
  try {
    await seedOneEvent(db);
    const about: RecapAbout = {
      ...{
        organizer: 'Badan Kesatuan Bangsa dan Politik Kabupaten Kotawaringin Barat',
        title: 'Deklarasi Netralitas',
      },
      ...{ which: 'Penanda tangan', printed: { at: new Date(), zona: 'WIB' }, by: 'Rina Contoh', notes: [] },
      address: 'https://ikrar.example/daftar/kegiatan/b-6201',
      counts: await recaps.summary(db, [EVENT], null),
    };
    const rows: recaps.Batch = [];
    for await (const batch of recaps.signedAt(db, EVENT)) if (rows.push(...batch) >= ON_PAPER) break;
    const all = () => recaps.signedAt(db, EVENT);
    for (let turn = -1; turn < TURNS; turn++) {
      const counted = turn >= 0;
      await take(
        'csv',
        counted,
        streamRecap(all(), async () => true) as unknown as AsyncIterable<Uint8Array>,
      );
      await take('xlsx', counted, recapWorkbook(all(), about));
      await take('pdf', counted, drawRecap(rows.slice(0, ON_PAPER), about, { size: 'f4' }));
    }
    const name = `recap ${ROWS.toLocaleString('en')} rows XLSX`;
    return [
      figure(`${name}: time (baseline: CSV)`, quantile(times.xlsx, 0.5), quantile(times.csv, 0.5), 'ms'),
      figure(`${name}: memory above idle (baseline: the budget of 64)`, peaks.xlsx, 64, 'MB'),
      figure(
        `recap ${ON_PAPER} rows PDF: time (baseline: the budget of 2 s)`,
        quantile(times.pdf, 0.5),
        PAPER_BUDGET,
        'ms',
      ),
      figure(
        `recap ${ON_PAPER} rows PDF: memory above idle (baseline: the budget of 64)`,
        peaks.pdf,
        64,
        'MB',
      ),
    ];
  } finally {
    await end();
  }
}
