/**
 * `/catatan`: the ledger. For people a page that says what it is; below it, for whoever wants to audit it, the addresses of
 * https://c2sp.org/tlog-tiles. Shown by test/pages/ledger.test.ts.
 */
import { type Context, Hono } from 'hono';
import * as checkpoints from '../ledger/checkpoints.ts';
import { formatConsistency } from '../ledger/consistency.ts';
import { cutTile } from '../ledger/cut.ts';
import * as leaves from '../ledger/leaves.ts';
import { proveConsistency } from '../ledger/merkle.ts';
import { parseTilePath, tileWithin } from '../ledger/tile.ts';
import { formatInstant, formatNumber } from '../lib/zone.ts';
import type { Env, Services } from '../services.ts';
import { HaltedLedger } from './halt-note.tsx';
import { Page } from './layout.tsx';
import { Facts } from './parts.tsx';

const text = { 'content-type': 'text/plain; charset=utf-8' };
const seconds = { 'cache-control': 'public, max-age=2' };
const tileOf = ({ length }: Uint8Array) => ({
  'content-type': 'application/octet-stream',
  'content-length': String(length),
});

/**
 * What is of entries that the copy outside has too never changes. Else, as while the ledger is halted, it may come of a database that
 * is put away, and is kept by browsers alone (src/edge/kept-answers.ts). Asked after it was read.
 */
const kept = async ({ env }: Context<Env>, isWithin: (size: number) => boolean) => {
  const lasting = (await env.halted({ waits: false })) === null && isWithin(env.coveredNow());
  return { 'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'max-age=10' };
};

const nothing = (c: Context<Env>) =>
  c.body('Tidak ada di catatan ini.\n', 404, { ...text, 'cache-control': 'no-store' });

export const ledgerPage = new Hono<Env>()
  .use(async (c, next) => {
    await next();
    // Auditing tools may run in a browser, from anywhere.
    c.header('access-control-allow-origin', '*');
  })

  .get('/', async (c) => {
    c.header('cache-control', 'public, max-age=10');
    return c.html(<Ledger current={await checkpoints.current(c.env.db)} env={c.env} />);
  })

  .get('/checkpoint', async (c) => {
    const current = await checkpoints.current(c.env.db);
    return current ? c.body(current.note, 200, { ...text, ...seconds }) : nothing(c);
  })

  .get('/kunci', (c) => c.body(`${c.env.signer.verifier}\n`, 200, { ...text, ...seconds }))

  .get('/konsistensi/:older{[1-9][0-9]{0,14}}/:newer{[1-9][0-9]{0,14}}', async (c) => {
    const { db } = c.env;
    const older = Number(c.req.param('older'));
    const size = Number(c.req.param('newer'));
    const current = await checkpoints.current(db);
    // Said so that what is no number is refused too: an address spelled like the pattern itself has none.
    if (!current || !(older <= size && size <= current.size)) return nothing(c);
    const hashes = await proveConsistency(older, size, leaves.hashes(db));
    return c.body(formatConsistency({ older, size, hashes }), 200, {
      ...text,
      ...(await kept(c, (covered) => size <= covered)),
    });
  })

  .get('/tile/*', async (c) => {
    const { db } = c.env;
    const tile = parseTilePath(c.req.path.slice('/catatan/'.length));
    if (!tile) return nothing(c);
    // Only what a checkpoint covers is public: a tile must never show what could still be otherwise.
    const current = await checkpoints.current(db);
    if (!current || !tileWithin(tile, current.size)) return nothing(c);
    const bytes = await cutTile(db, tile);
    return c.body(bytes, 200, {
      ...tileOf(bytes),
      ...(await kept(c, (covered) => tileWithin(tile, covered))),
    });
  });

function Ledger({ current, env }: { current: checkpoints.StoredCheckpoint | null; env: Services }) {
  const address = `${env.config.origin}/catatan`;
  return (
    <Page
      title="Catatan terbuka"
      about={{
        text: 'Setiap ikrar tercatat di sini. Catatan hanya dapat ditambah, dan siapa pun dapat memeriksanya.',
      }}
    >
      <h1>Catatan terbuka</h1>
      <p class="lead">
        Setiap ikrar, pencabutan, dan segel dokumen masuk ke satu catatan. Semua orang dapat membacanya.
      </p>
      {current ? (
        <Facts
          rows={[
            ['Jumlah catatan', formatNumber(current.size)],
            ['Terakhir bertambah', formatInstant(current.at, 'WIB')],
          ]}
        />
      ) : (
        <p class="empty">Belum ada yang tercatat.</p>
      )}
      <HaltedLedger env={env} />

      <h2>Apa isinya?</h2>
      <p>Hanya sidik digital dan waktu. Tidak ada nama, NIP, atau nomor HP.</p>
      <p>Satu huruf saja berubah, sidiknya berubah seluruhnya.</p>

      <h2>Mengapa dapat dipercaya?</h2>
      <ul>
        <li>Catatan hanya dapat ditambah. Bila ada yang dihapus atau diganti, itu terlihat.</li>
        <li>Tiap ringkasannya ditandatangani, dan mencakup semua catatan sebelumnya.</li>
        <li>Siapa yang menyimpan ringkasan lama akan tahu bila ada yang diubah.</li>
      </ul>

      <h2>Bagaimana memeriksanya?</h2>
      <p>Punya dokumennya? Periksa di sini, tanpa alat lain.</p>
      <p class="actions">
        <a class="button" href="/periksa">
          Periksa keaslian dokumen
        </a>
        <a class="button secondary" href="/daftar">
          Lihat daftar penanda tangan
        </a>
      </p>

      <details class="technical">
        <summary>Untuk auditor: berkas, kunci, dan alat</summary>
        <p>Formatnya umum dan terbuka. Alat pihak lain dapat membacanya tanpa diubah.</p>
        <ul>
          <li>
            <a href="/catatan/checkpoint">Ringkasan terakhir</a>, dalam format{' '}
            <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>
          </li>
          <li>
            <a href="/catatan/kunci">Kunci pemeriksa</a>, dalam format{' '}
            <a href="https://c2sp.org/signed-note">signed-note</a>. Simpan, lalu bandingkan di kemudian hari.
          </li>
          <li>
            Semua catatan, dalam format <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a>
          </li>
        </ul>
        <p>
          Seluruh catatan dihitung ulang oleh{' '}
          <a href="https://github.com/transparency-dev/tessera/tree/main/cmd/fsck">fsck dari Tessera</a>:
        </p>
        <pre>
          {`curl -s ${address}/kunci > kunci-catatan\ngo run github.com/transparency-dev/tessera/cmd/fsck@main --storage_url=${address}/ --public_key=kunci-catatan`}
        </pre>
        <p>
          Satu catatan demi satu dibaca dengan{' '}
          <a href="https://github.com/mhutchinson/woodpecker">woodpecker</a>.
        </p>
        <p>Kode sumber Ikrar memuat pemeriksa sendiri, tanpa bagian lain dari layanan ini:</p>
        <pre>{`node docs/check-ledger.mjs ${address} pernyataan.txt`}</pre>
      </details>
    </Page>
  );
}
