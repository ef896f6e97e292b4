/** `/`: what Ikrar is, and the two things most people come for. */
import { Hono } from 'hono';
import { formatInstant, formatNumber } from '../lib/zone.ts';
import type { Env } from '../services.ts';
import * as lists from '../signature/lists.ts';
import { CheckForm } from './check.tsx';
import { Page } from './layout.tsx';
import { SearchForm } from './list/search.tsx';

export const homePage = new Hono<Env>().get('/', async (c) => {
  c.header('cache-control', 'public, max-age=10');
  const [{ sudah }, { at }] = await Promise.all([lists.countOf(c.env.db, null), lists.asOf(c.env.db)]);
  return c.html(
    <Page title="Ikrar netralitas yang dapat diperiksa">
      <h1>Ikrar netralitas yang dapat diperiksa siapa saja</h1>
      <p class="lead">
        Kepala desa, lurah, camat, ASN, Polri, dan TNI menandatangani ikrar netralitas dengan HP
        masing-masing. Setiap tanda tangan tercatat terbuka.
      </p>

      <section class="card">
        <h2>Periksa keaslian dokumen</h2>
        <p>Pindai QR pada dokumen dengan kamera HP, atau tulis kodenya.</p>
        <CheckForm />
      </section>

      <section class="card">
        <h2>Siapa yang sudah menandatangani?</h2>
        {sudah > 0 && (
          <p>
            {formatNumber(sudah)} ikrar tercatat per {formatInstant(at, 'WIB')}.
          </p>
        )}
        <SearchForm action="/daftar" value="" where="di seluruh Indonesia" />
        <p>
          <a href="/daftar">Lihat daftar per wilayah dan kegiatan</a>
        </p>
      </section>

      <h2>Cara kerja</h2>
      <ol class="steps">
        <li>Penyelenggara menyusun daftar nama dan membagikan undangan pribadi.</li>
        <li>Penanda tangan membaca ikrar di HP, lalu menandatangani dengan kunci sandi (passkey).</li>
        <li>Tanda tangan masuk catatan terbuka yang tidak dapat diubah diam-diam.</li>
        <li>Dokumen PDF memuat QR. Siapa pun dapat memeriksanya.</li>
      </ol>

      <h2>Yang perlu diketahui</h2>
      <ul>
        <li>
          Ini tanda tangan elektronik <strong>tidak tersertifikasi</strong>, bukan dari PSrE Indonesia.
        </li>
        <li>Siapa orangnya bergantung pada daftar dan pemeriksaan penyelenggara.</li>
        <li>Nama yang belum tercatat tidak berarti tidak netral.</li>
      </ul>
    </Page>,
  );
});
