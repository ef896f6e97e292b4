/** Budget: "ZIP of 5,000 papers". Against: reading the same papers from the database in the same batches, and nothing else. */
import { sql } from 'drizzle-orm';
import { connect } from '../src/db.ts';
import { seal } from '../src/document/seal.ts';
import { planParcel, streamPart } from '../src/export/parcel.ts';
import * as parcels from '../src/export/parcels.ts';
import { printPaper } from '../src/kertas/print.ts';
import { formatCheckpoint } from '../src/ledger/checkpoint.ts';
import { generateSigner } from '../src/ledger/note.ts';
import { createSealKey, openSealer } from '../src/lib/sealer.ts';
import { checkpoint, document } from '../src/schema.ts';
import { newCode } from '../src/statement/code.ts';
import * as areas from '../src/wilayah/load.ts';
import { CHOICES, samplePledge } from '../test/kertas/sample.ts';
import { type Figure, figure, quantile } from './figure.ts';
import { seed } from './list.ts';

const PAPERS = 5_000;
const TURNS = 2;
const EVENT = 'b-6201';
const SIZE = 3_000_000;
/** As many as are read at once for a ZIP. */
const AT_ONCE = 17;

const memory = (): number => process.memoryUsage.rss() / 1e6;

/** `url`: a database with our tables in it, for this alone. Run it with `--expose-gc` for a clean idle. */
export async function parcelFigures(url: string): Promise<Figure[]> {
  const { db, end } = connect(url, { max: 1, limits: null });
  const times = { ours: [] as number[], bare: [] as number[] };
  let [oursPeak, barePeak, bytes] = [0, 0, 0];
  try {
    await areas.load(db);
    await seed(db, PAPERS);
    await db.execute(sql`update signature set kegiatan_id = ${EVENT}`);
    const codes = JSON.stringify(Array.from({ length: PAPERS }, newCode));
    await db.execute(sql`
      update signature g set kode = c.kode
      from (select hash, row_number() over (order by hash) as n from signature) s
      join jsonb_array_elements_text(${codes}::jsonb) with ordinality c (kode, n) on c.n = s.n where s.hash = g.hash`);
    // A real paper, of which each row's is another one.
    const pledge = await samplePledge();
    const made = await createSealKey('Ikrar ikrar.example');
    const sealer = await openSealer(made.key, [made.certificate]);
    const room = { name: sealer.name, at: pledge.at, length: sealer.room };
    const pdf = sql.param(await seal(sealer, printPaper(pledge, CHOICES, room)), document.pdf);
    await db.execute(sql`
      insert into leaf (entry, hash, log_index)
      select 'bench ' || encode(hash, 'hex'), hash, 2000000 + row_number() over (order by hash) from signature`);
    await db.execute(sql`
      insert into document (hash, pdf, sha256, leaf_id)
      select s.hash, s.pdf, sha256(s.pdf), l.id
      from (select hash, overlay(${pdf} placing sha256(hash) from 30) as pdf from signature) s
      join leaf l on l.entry = 'bench ' || encode(s.hash, 'hex')`);
    const signer = await generateSigner('ikrar.example/catatan');
    const root = new Uint8Array(32);
    const note = await signer.sign(formatCheckpoint({ origin: 'ikrar.example/catatan', size: SIZE, root }));
    await db.insert(checkpoint).values({ size: SIZE, root, note });
    await db.execute(sql`vacuum analyze`);

    const about = { penyelenggara: '62.01 Kantor Contoh', judul: 'Deklarasi', zona: 'WIB' } as const;
    for (let turn = -1; turn < TURNS; turn++) {
      (globalThis as { gc?: () => void }).gc?.();
      let idle = memory();
      let start = performance.now();
      const { rows } = (await parcels.papersOf(db, EVENT))!;
      if (rows.length !== PAPERS) throw new Error(`bench: ${rows.length} papers`);
      for (let at = 0; at < rows.length; at += AT_ONCE) {
        await parcels.bytesOf(db, rows.slice(at, at + AT_ONCE));
        if (turn >= 0) barePeak = Math.max(barePeak, memory() - idle);
      }
      if (turn >= 0) times.bare.push(performance.now() - start);

      (globalThis as { gc?: () => void }).gc?.();
      idle = memory();
      start = performance.now();
      const plan = planParcel((await parcels.papersOf(db, EVENT))!, about);
      if (plan.parts.length !== 1) throw new Error(`bench: ${plan.parts.length} parts`);
      bytes = 0;
      for await (const piece of streamPart(
        db,
        plan,
        1,
        async () => true,
      ) as unknown as AsyncIterable<Uint8Array>) {
        bytes += piece.length;
        if (turn >= 0) oursPeak = Math.max(oursPeak, memory() - idle);
      }
      if (bytes !== plan.parts[0]!.bytes) throw new Error('bench: another size than was told');
      if (turn >= 0) times.ours.push(performance.now() - start);
    }
    const told = `ZIP of 5,000 papers (${(bytes / 1e6).toFixed(0)} MB)`;
    return [
      figure(`${told}: time`, quantile(times.ours, 0.5), quantile(times.bare, 0.5), 'ms'),
      figure(`${told}: memory above idle`, oursPeak, Math.max(barePeak, 1), 'MB'),
    ];
  } finally {
    await end();
  }
}
