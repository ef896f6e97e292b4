/**
 * The part of /periksa that checks a file on the reader's own device: the field, every sentence its script may show, and
 * the ledger's key. The script is src/client/check.ts. Shown by test/browser/check.test.ts.
 *
 * `data-daring` marks what the copy kept for use without a network leaves out, `data-luring` what it alone shows.
 */
import type { Child } from 'hono/jsx';
import { Notice, Tag } from '../parts.tsx';
import { OUTCOMES } from './outcome.ts';

export function FileCheck({ verifier, host }: { verifier: string; host: string }) {
  return (
    <section id="berkas" data-kunci={verifier}>
      <h2>Periksa berkas</h2>
      <p>
        <strong>Berkas tidak dikirim ke mana pun.</strong> Semua langkah berjalan di perangkat Anda.
        <span data-daring> Bila ada internet, hanya kodenya yang ditanyakan ke situs ini.</span>
      </p>
      <noscript>
        <p>Pemeriksaan berkas perlu JavaScript. Tanpa itu, tulis kodenya di atas.</p>
      </noscript>
      <div class="drop">
        <label for="pilih">Pilih berkas ikrar</label>
        <input
          type="file"
          id="pilih"
          multiple
          accept=".pdf,.json,.txt,application/pdf,application/json,text/plain"
          aria-describedby="pilih-petunjuk"
        />
        <p class="hint" id="pilih-petunjuk">
          PDF ikrar, bukti.json, pernyataan.txt, atau pencabutan.json. Berkas juga dapat diseret ke sini.
        </p>
      </div>
      <p id="kabar" role="status" />
      <progress id="kerja" aria-label="Memeriksa berkas" hidden />
      <div id="hasil" />
      <details>
        <summary>Dari mana kepercayaan hasil ini?</summary>
        <p>
          Dari kunci catatan yang dibawa halaman ini, bukan dari berkas yang diperiksa. Kunci itu diberikan
          oleh <strong class="host">{host}</strong>.
        </p>
        <pre>{verifier}</pre>
        <p>Bandingkan dengan kunci yang diumumkan di luar situs ini, bila ada.</p>
      </details>
      <WitnessPolicy />
      <div data-daring>
        <div class="actions">
          <button type="button" class="secondary" id="simpan">
            Simpan halaman ini untuk dipakai tanpa internet
          </button>
        </div>
        <p id="kabar-simpan" role="status" />
        <p class="small muted">
          Hasilnya satu berkas HTML dengan kunci catatan di dalamnya. Buka dengan browser, tanpa sambungan.
        </p>
      </div>
      <Sentences host={host} />
    </section>
  );
}

/** For those who know witnesses of the ledger that they believe. */
const WitnessPolicy = () => (
  <details>
    <summary>Punya kebijakan saksi?</summary>
    <p>Kebijakan menyebut saksi luar yang harus ikut menandatangani catatan. Berkasnya milik Anda.</p>
    <div class="field">
      <label for="kebijakan">Pilih berkas kebijakan</label>
      <p class="hint" id="kebijakan-petunjuk">
        Berkas ini juga tidak dikirim ke mana pun.
      </p>
      <input type="file" id="kebijakan" accept=".txt,text/plain" aria-describedby="kebijakan-petunjuk" />
    </div>
    <p id="kabar-kebijakan" role="status" />
    <button type="button" class="secondary" id="tanpa-kebijakan" hidden>
      Periksa tanpa kebijakan
    </button>
  </details>
);

/** Told by the copy that was kept. */
export const KeptNotice = ({ host }: { host: string }) => (
  <div data-luring hidden>
    <Notice title="Halaman tersimpan">
      <p>
        Disimpan dari {host} pada <span data-isi="disimpan" />. Halaman ini bekerja tanpa internet.
      </p>
    </Notice>
  </div>
);

const Words = ({ id, children }: { id: string; children?: Child }) => (
  <template id={`kata-${id}`}>{children}</template>
);

const KINDS = { terbukti: 'good', gagal: 'bad', 'tidak diperiksa': 'info' } as const;

function Sentences({ host }: { host: string }) {
  return (
    <>
      {OUTCOMES.map((outcome) => (
        <Words id={outcome}>
          <Outcome outcome={outcome} />
        </Words>
      ))}
      <Words id="memeriksa">Memeriksa berkas…</Words>
      <Words id="kebijakan-dipakai">
        Kebijakan dipakai. <span data-isi="kebijakan" />
      </Words>
      <Words id="tersimpan">Halaman tersimpan di unduhan perangkat ini.</Words>
      <Words id="belum-tersimpan">Halaman belum tersimpan. Sambungkan internet, lalu coba lagi.</Words>
      <Words id="kamera-tertutup">
        Kamera tidak dapat dibuka. Izinkan kamera di setelan browser, atau tulis kodenya.
      </Words>
      <Words id="bukti-situs">
        <p>Berkas ini tidak memuat bukti.json. Bukti diambil dari {host}, lalu diperiksa di perangkat ini.</p>
      </Words>
      <Words id="pembaca-belum">Pembaca QR belum termuat. Sambungkan internet, lalu coba lagi.</Words>
      <Words id="nama-berkas">
        <p class="small muted">
          Berkas yang diperiksa: <span data-isi="berkas" />
        </p>
      </Words>
      <Words id="menurut-berkas">
        <h3>Yang tertulis dalam berkas ini</h3>
      </Words>
      <Words id="siapa">
        <dl class="facts">
          <dt>Nama</dt>
          <dd data-isi="nama" class="name" />
          <dt>Jabatan saat itu</dt>
          <dd data-isi="jabatan" />
          <dt>Wilayah</dt>
          <dd data-isi="wilayah" />
          <dt>Kegiatan</dt>
          <dd data-isi="kegiatan" />
          <dt>Tanggal</dt>
          <dd data-isi="tanggal" />
          <dt>Kode</dt>
          <dd data-isi="kode" class="code" />
        </dl>
      </Words>
      <Words id="daftar-langkah">
        <h3>Langkah pemeriksaan</h3>
        <ol class="verdicts" />
      </Words>
      {Object.entries(KINDS).map(([outcome, kind]) => (
        <Words id={`langkah-${outcome}`}>
          <li class={kind}>
            <b data-isi="langkah" /> <Tag kind={kind}>{outcome}</Tag>
            <span data-isi="kalimat" />
            <span data-isi="rincian" class="code muted" />
          </li>
        </Words>
      ))}
      <Words id="batas">
        <h3>Yang tidak ditunjukkan bukti ini</h3>
        <ul />
      </Words>
      <Words id="daring">
        <h3>Status di {host}</h3>
        <div role="status" />
      </Words>
      <Words id="daring-tanya">
        <p>Membandingkan dengan yang terdaftar…</p>
      </Words>
      <Words id="daring-sama">
        <Notice kind="good" title="Terdaftar">
          <p>Pernyataan ini sama dengan yang terdaftar di {host}.</p>
          <p>
            <a href="/periksa" data-alamat>
              Lihat halaman ikrar ini
            </a>
          </p>
        </Notice>
      </Words>
      <Words id="daring-menunggu">
        <Notice kind="wait" title="Menunggu pencatatan">
          <p>Ikrar ini sudah diterima, tetapi belum tercatat. Periksa lagi sebentar lagi.</p>
        </Notice>
      </Words>
      <Words id="daring-dicabut">
        <Notice kind="warn" title="Dicabut">
          <p>Menurut {host}, ikrar ini sudah dicabut. Jangan dipakai lagi sebagai bukti.</p>
          <p>
            <a href="/periksa" data-alamat>
              Lihat sejak kapan dan mengapa
            </a>
          </p>
        </Notice>
      </Words>
      <Words id="daring-dihapus">
        <Notice title="Data dihapus dari situs">
          <p>Data ikrar ini dihapus dari {host} atas dasar hukum. Hasil di atas tetap berlaku.</p>
        </Notice>
      </Words>
      {/* A word that this script does not know yet. */}
      <Words id="daring-lain">
        <Notice kind="warn" title="Tidak lagi berstatus sah">
          <p>Ikrar ini terdaftar, tetapi statusnya kini lain. Baca sebabnya sebelum memakai berkas ini.</p>
          <p>
            <a href="/periksa" data-alamat>
              Lihat halaman ikrar ini
            </a>
          </p>
        </Notice>
      </Words>
      <Words id="pdf-sama">
        <Notice kind="good" title="Berkas ini sama dengan yang terdaftar">
          <p>PDF ini sama, bita demi bita, dengan yang disimpan di {host}.</p>
        </Notice>
      </Words>
      <Words id="pdf-beda">
        <Notice kind="warn" title="Berkas ini bukan PDF yang terdaftar">
          <p>Mungkin berkas ini disimpan ulang oleh aplikasi. Jangan diteruskan.</p>
          <p>
            <a href="/periksa" data-unduh>
              Unduh PDF yang terdaftar
            </a>
            , lalu pakai yang itu.
          </p>
        </Notice>
      </Words>
      <Words id="pdf-belum">
        <Notice title="PDF ikrar ini belum terdaftar">
          <p>Di {host} belum ada PDF untuk dibandingkan. Periksa lagi nanti.</p>
        </Notice>
      </Words>
      {/* Beside a file that did not pass, nothing may look like praise. */}
      <Words id="daring-ada">
        <Notice title="Kode ini terdaftar">
          <p>Yang berlaku adalah ikrar yang terdaftar, bukan berkas ini.</p>
          <p>
            <a href="/periksa" data-alamat>
              Lihat yang terdaftar
            </a>
          </p>
        </Notice>
      </Words>
      <Words id="daring-beda">
        <Notice kind="bad" title="Berbeda dari yang terdaftar">
          <p>Kode ini terdaftar dengan isi lain. Jangan dipakai sebagai bukti.</p>
          <p>
            <a href="/periksa" data-alamat>
              Lihat yang terdaftar
            </a>
          </p>
        </Notice>
      </Words>
      <Words id="daring-tiada">
        <Notice kind="warn" title="Kode tidak terdaftar">
          <p>Tidak ada ikrar dengan kode ini di {host}. Tanyakan kepada penyelenggara.</p>
        </Notice>
      </Words>
      <Words id="daring-putus">
        <Notice kind="wait" title="Situs tidak dapat dihubungi">
          <p>Hasil di atas tetap berlaku. Periksa lagi saat ada sambungan untuk status terbaru.</p>
        </Notice>
      </Words>
      <Words id="daring-luring">
        <p>
          Halaman tersimpan tidak menghubungi situs. Untuk status terbaru, buka{' '}
          <a href="/periksa" data-alamat>
            halaman ikrar ini di {host}
          </a>
          .
        </p>
      </Words>
    </>
  );
}

function Outcome({ outcome }: { outcome: (typeof OUTCOMES)[number] }) {
  switch (outcome) {
    case 'dokumen-asli':
      return (
        <Notice kind="good" title="Dokumen asli.">
          <p>Isinya sama dengan yang ditandatangani.</p>
        </Notice>
      );
    case 'bukti-asli':
      return (
        <Notice kind="good" title="Bukti asli.">
          <p>Cocokkan data di bawah ini dengan dokumen yang Anda terima.</p>
        </Notice>
      );
    case 'dicabut':
      return (
        <Notice kind="warn" title="Ikrar ini dicabut.">
          <p>
            Berkasnya asli, tetapi ikrarnya sudah dicabut. Sejak kapan dan mengapa: lihat langkah Pencabutan.
          </p>
          <p>Jangan dipakai lagi sebagai bukti.</p>
        </Notice>
      );
    case 'tidak-cocok':
      return (
        <Notice kind="bad" title="Isi tidak cocok.">
          <p>Berkas ini berbeda dari yang ditandatangani. Jangan dipakai sebagai bukti.</p>
        </Notice>
      );
    case 'tanpa-bukti':
      return (
        <Notice kind="wait" title="Belum dapat dinilai.">
          <p>Berkas ini tidak memuat bukti tanda tangan.</p>
          <p>Pilih berkas ini bersama bukti.json-nya, atau tulis kodenya di situs.</p>
        </Notice>
      );
    case 'kurang-bukti':
      return (
        <Notice kind="wait" title="Belum dapat dinilai.">
          <p>Ada langkah penting yang tidak dapat diperiksa. Lihat langkahnya di bawah.</p>
          <p>Coba di perangkat lain, atau tulis kodenya di situs.</p>
        </Notice>
      );
    case 'kurang-saksi':
      return (
        <Notice kind="wait" title="Saksi belum cukup.">
          <p>Langkah lain terbukti, tetapi kebijakan saksi Anda belum terpenuhi.</p>
          <p>Unduh bukti.json terbaru dari halaman ikrarnya, lalu periksa lagi.</p>
        </Notice>
      );
    case 'bukan-kebijakan':
      return (
        <Notice kind="warn" title="Kebijakan saksi tidak dapat dibaca.">
          <p>Berkas belum diperiksa. Pilih berkas kebijakan lain, atau periksa tanpa kebijakan.</p>
        </Notice>
      );
    case 'tidak-terbaca':
      return (
        <Notice kind="warn" title="Berkas tidak dapat dibaca.">
          <p>Ini bukan berkas ikrar, atau berkasnya rusak. Foto dan hasil pindai tidak dapat diperiksa.</p>
          <p>Unduh lagi PDF atau bukti.json dari halaman ikrarnya.</p>
        </Notice>
      );
    case 'terlalu-banyak':
      return (
        <Notice kind="warn" title="Berkasnya terlalu banyak.">
          <p>Pilih satu saja. PDF dari Ikrar sudah memuat bukti.json-nya.</p>
        </Notice>
      );
    case 'peramban-lama':
      return (
        <Notice kind="warn" title="Browser ini belum dapat memeriksa berkas.">
          <p>Perbarui Chrome, Firefox, atau Safari. Atau tulis kodenya di situs.</p>
        </Notice>
      );
  }
}
