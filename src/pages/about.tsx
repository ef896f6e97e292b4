/** `/tentang` and `/privasi`: how it works, what it can't show, and what becomes of the data. */
import { type Context, Hono } from 'hono';
import type { Env } from '../services.ts';
import { Page } from './layout.tsx';
import { Facts } from './parts.tsx';

const forMinutes = (c: Context<Env>): void => c.header('cache-control', 'public, max-age=600');

export const aboutPage = new Hono<Env>()
  .get('/tentang', (c) => {
    forMinutes(c);
    return c.html(
      <Page title="Cara kerja dan batasnya">
        <h1>Cara kerja dan batasnya</h1>
        <p class="lead">Ikrar mencatat siapa menandatangani kata-kata apa, dan kapan.</p>

        <h2>Apa yang ditandatangani</h2>
        <p>
          Setiap ikrar adalah satu teks: keterangan singkat, lalu kata-kata yang dibaca di HP. HP
          menandatangani teks itu dengan kunci yang tidak pernah keluar darinya.
        </p>

        <h2>Apa yang dibuktikan</h2>
        <ul>
          <li>Isi ikrar sama dengan yang ditandatangani, huruf demi huruf.</li>
          <li>Tanda tangan dibuat oleh kunci yang disebut dalam ikrar.</li>
          <li>Catatan tidak dihapus, diganti, atau diberi tanggal mundur.</li>
        </ul>
        <p>Semua itu dapat diperiksa tanpa layanan ini, dengan perintah di halaman setiap ikrar.</p>

        <h2>Apa yang tidak dibuktikan</h2>
        <ul>
          <li>
            Siapa yang memegang HP. Itu bergantung pada daftar dan pemeriksaan penyelenggara di meja
            pendaftaran.
          </li>
          <li>Kunci sandi dapat tersalin ke perangkat lain milik orang yang sama.</li>
          <li>Orang yang mengetahui PIN layar dapat memakai HP itu.</li>
          <li>
            Apa yang tampil di layar HP. HP mencocokkan teks dengan layar sebelum menandatangani. Tetapi
            halaman dan programnya berasal dari layanan ini juga.
          </li>
        </ul>

        <h2>Tanda tangan tidak tersertifikasi</h2>
        <p>
          Tanda tangan ini tidak memakai sertifikat elektronik dari PSrE Indonesia. Hukum mengakui tanda
          tangan tidak tersertifikasi, tetapi nilai buktinya lebih lemah.
        </p>

        <h2>Catatan terbuka</h2>
        <p>
          Catatan disusun menurut format C2SP, sehingga dapat diaudit dengan alat yang sudah ada. Isinya hanya
          sidik digital, tanpa data pribadi.
        </p>
        <ul>
          <li>
            <a href="/catatan/checkpoint">Ringkasan terakhir yang ditandatangani</a>
          </li>
          <li>
            <a href="/catatan/kunci">Kunci pemeriksa catatan</a>
          </li>
        </ul>

        <h2>Sumber data</h2>
        <p>
          Kode wilayah dari{' '}
          <a href="https://github.com/fityannugroho/idn-area-data" rel="external">
            idn-area-data
          </a>
          , menurut Kepmendagri 300.2.2-2138 Tahun 2025. Datanya berlisensi ODbL.
        </p>
      </Page>,
    );
  })

  .get('/privasi', (c) => {
    forMinutes(c);
    return c.html(
      <Page title="Pemberitahuan pelindungan data pribadi">
        <h1>Pemberitahuan pelindungan data pribadi</h1>
        <p class="lead">Menurut Undang-Undang Nomor 27 Tahun 2022.</p>
        <Facts
          rows={[
            ['Pengendali data', 'Penyelenggara kegiatan, seperti tertulis pada setiap ikrar.'],
            ['Tujuan', 'Mencatat ikrar netralitas dan membuatnya dapat diperiksa.'],
            ['Dasar', 'Pelaksanaan tugas dalam rangka kepentingan umum.'],
            ['Tampil untuk umum', 'Nama dan gelar, jabatan, wilayah, kegiatan, waktu, nomor, kode.'],
            [
              'Hanya untuk petugas',
              'NIP atau NRP, pangkat, unit kerja, dan siapa yang belum menandatangani.',
            ],
            ['Tidak diminta', 'NIK, nomor telepon, foto, lokasi.'],
          ]}
        />

        <h2>Sidik jari dan wajah tetap di HP</h2>
        <p>
          HP hanya mengirim kunci publik dan tanda tangan. Sidik jari, wajah, dan PIN tidak pernah dikirim.
        </p>

        <h2>Berapa lama</h2>
        <p>
          Ikrar disimpan selama diperlukan penyelenggara. Jika ikrar dihapus, yang tersisa di catatan terbuka
          hanya sidik digital. Sidik itu tidak menyebut siapa pun.
        </p>
        <p>
          Daftar nama milik penyelenggara dan cadangan disimpan terpisah. Keduanya tidak ikut terhapus saat
          itu.
        </p>

        <h2>Hak Anda</h2>
        <p>
          Anda dapat meminta salinan, perbaikan, atau penghapusan data kepada penyelenggara. Ada data yang
          keliru? Hubungi penyelenggara yang tertulis pada ikrar.
        </p>
      </Page>,
    );
  });
