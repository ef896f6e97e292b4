/**
 * Every sentence that the check of files may show, for its script to take (client/check/words.ts): what it may end with, then
 * what stands around it. Shown by test/browser/check.test.ts and test/browser/picture.test.ts.
 */
import type { Child } from 'hono/jsx';
import { Notice, Tag } from '../parts.tsx';
import { CHECK_OUTCOMES, type CheckOutcome } from './check-outcome.ts';

const Words = ({ id, children }: { id: string; children?: Child }) => (
  <template id={`kata-${id}`}>{children}</template>
);

/** Folded: who wants to know more finds it, and who doesn't is not kept from what the proof doesn't show. */
const Steps = ({ children }: { children?: Child }) => (
  <details>
    <summary>
      Langkah pemeriksaan: <span data-isi="terbukti" /> dari <span data-isi="semua" /> terbukti. {children}
    </summary>
    <ol class="verdicts" />
  </details>
);

const KINDS = { terbukti: 'good', gagal: 'bad', 'tidak diperiksa': 'info' } as const;

export function Sentences({ host }: { host: string }) {
  return (
    <>
      {CHECK_OUTCOMES.map((outcome) => (
        <Words id={outcome}>
          <Outcome outcome={outcome} host={host} />
        </Words>
      ))}
      <Words id="memeriksa">Memeriksa berkas…</Words>
      <Words id="membandingkan">Membandingkan dengan yang terdaftar di {host}…</Words>
      <Words id="mencari">Mencari QR pada gambar. Ini dapat perlu setengah menit…</Words>
      <Words id="mencari-beberapa">
        Mencari QR pada gambar <span data-isi="ke" /> dari <span data-isi="semua" />…
      </Words>
      <Words id="kebijakan-dipakai">
        Kebijakan dipakai. <span data-isi="isi" />
      </Words>
      <Words id="kebijakan-bukan">Berkas kebijakan itu tidak dapat dibaca. Pilih yang lain.</Words>
      <Words id="ringkasan-dipakai">
        Ringkasan dipakai: <span data-isi="isi" />.
      </Words>
      <Words id="ringkasan-bukan">Berkas ringkasan itu tidak dapat dibaca. Pilih yang lain.</Words>
      <Words id="konsistensi-dipakai">
        Berkas konsistensi dipakai: <span data-isi="isi" />.
      </Words>
      <Words id="konsistensi-bukan">Berkas konsistensi itu tidak dapat dibaca. Pilih yang lain.</Words>
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
      <Words id="lagi">
        <p class="actions">
          <button type="button" class="secondary" data-lagi>
            Periksa berkas lain
          </button>
        </p>
      </Words>
      <Words id="menurut-berkas">
        <h3>Menurut berkas ini, belum terbukti</h3>
      </Words>
      <Words id="yang-ditandatangani">
        <h3>Yang ditandatangani</h3>
      </Words>
      <Words id="isi">
        <p>Bandingkan kata demi kata dengan kertas Anda.</p>
        <article class="paper" data-isi="isi" />
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
      <Words id="sebab">
        <ul class="causes" />
      </Words>
      <Words id="sebab-satu">
        <li>
          <b data-isi="langkah" />: <span data-isi="kalimat" />{' '}
          <span data-isi="rincian" class="small muted" />
        </li>
      </Words>
      <Words id="langkah-tanpa-gagal">
        <Steps>Tidak ada yang gagal.</Steps>
      </Words>
      <Words id="langkah-ada-gagal">
        <Steps>
          Gagal: <span data-isi="gagal" />.
        </Steps>
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
      <Words id="sebagian">
        <p>
          Baru <span data-isi="dilihat" /> dari <span data-isi="semua" /> gambar yang sempat dilihat. Pisahkan
          berkasnya, lalu periksa sisanya.
        </p>
      </Words>
      <Words id="qr-luring">
        <p>Belum ada sambungan di sini. Catat alamatnya, lalu buka saat ada internet.</p>
        <p>Tanpa internet, yang dapat diperiksa adalah PDF ikrar atau bukti.json.</p>
      </Words>
      <Words id="temuan-qr-ikrar">
        <li>
          <span data-isi="gambar" />{' '}
          <a href="/periksa" data-banding>
            <code data-isi="alamat" />
          </a>
        </li>
      </Words>
      <Words id="temuan-qr-situs-lain">
        <li>
          <span data-isi="gambar" /> situs lain, <strong data-isi="situs" />. Jangan dibuka.
        </li>
      </Words>
      <Words id="temuan-qr-lain">
        <li>
          <span data-isi="gambar" /> bukan QR ikrar: <code data-isi="tulisan" />
        </li>
      </Words>
      <Words id="batas">
        <h3>Yang tidak ditunjukkan bukti ini</h3>
        <ul />
      </Words>
      <Words id="daring">
        <h3>Status di {host}</h3>
        <div id="status" />
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
          <p>PDF ini sama persis dengan yang disimpan di {host}.</p>
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

/** Where the proof between two sizes is to be had (docs/format/catatan.md). */
const Consistency = ({ host }: { host: string }) => (
  <p>
    Alamatnya:{' '}
    <code>
      {host}/catatan/konsistensi/
      <span data-isi="lama" />/<span data-isi="baru" />
    </code>
  </p>
);

function Outcome({ outcome, host }: { outcome: CheckOutcome; host: string }) {
  switch (outcome) {
    case 'dokumen-asli':
      return (
        <Notice kind="good" title="Dokumen asli." head="h2">
          <p>Isinya sama dengan yang ditandatangani.</p>
        </Notice>
      );
    case 'bukti-asli':
      return (
        <Notice kind="good" title="Bukti asli." head="h2">
          <p>Cocokkan data di bawah ini dengan dokumen yang Anda terima.</p>
        </Notice>
      );
    case 'dicabut':
      return (
        <Notice kind="warn" title="Ikrar ini dicabut." head="h2">
          <p>Berkasnya asli, tetapi ikrarnya sudah dicabut. Sejak kapan dan mengapa ada di bawah.</p>
          <p>Jangan dipakai lagi sebagai bukti.</p>
        </Notice>
      );
    case 'tidak-cocok':
      return (
        <Notice kind="bad" title="Isi tidak cocok." head="h2">
          <p>Berkas ini berbeda dari yang ditandatangani. Jangan dipakai sebagai bukti.</p>
        </Notice>
      );
    case 'kertas-lain':
      return (
        <Notice kind="warn" title="Isi bukti terbukti. Kertas ini bukan berkas yang terdaftar." head="h2">
          <p>Jangan percayai kata-kata di kertas ini. Yang ditandatangani tertulis di bawah.</p>
          <p>
            <a href="/periksa" data-unduh>
              Unduh PDF yang terdaftar
            </a>
            , lalu pakai yang itu.
          </p>
        </Notice>
      );
    case 'layanan-lain':
      return (
        <Notice
          kind="warn"
          title={
            <>
              Utuh, tetapi dari layanan lain: <span data-isi="asal" />
            </>
          }
          head="h2"
        >
          <p>Situs ini tidak mengenal kuncinya, jadi tidak dapat menyatakannya asli.</p>
          <p>Periksa di sana. Tulis sendiri alamatnya, setelah yakin alamat itu benar.</p>
        </Notice>
      );
    case 'tanpa-bukti':
      return (
        <Notice kind="wait" title="Belum dapat dinilai." head="h2">
          <p>Berkas ini tidak memuat bukti tanda tangan.</p>
          <p>Pilih berkas ini bersama bukti.json-nya, atau tulis kodenya di situs.</p>
        </Notice>
      );
    case 'kurang-bukti':
      return (
        <Notice kind="wait" title="Belum dapat dinilai." head="h2">
          <p>Ada langkah penting yang tidak dapat diperiksa. Lihat langkahnya di bawah.</p>
          <p>Coba di perangkat lain, atau tulis kodenya di situs.</p>
        </Notice>
      );
    case 'kurang-saksi':
      return (
        <Notice kind="wait" title="Saksi belum cukup." head="h2">
          <p>Langkah lain terbukti, tetapi kebijakan saksi Anda belum terpenuhi.</p>
          <p>Unduh bukti.json terbaru dari halaman ikrarnya, lalu periksa lagi.</p>
        </Notice>
      );
    case 'bukan-kebijakan':
      return (
        <Notice kind="warn" title="Kebijakan saksi tidak dapat dibaca." head="h2">
          <p>Berkas belum diperiksa. Pilih berkas kebijakan lain, atau periksa tanpa kebijakan.</p>
        </Notice>
      );
    case 'bukan-ringkasan':
      return (
        <Notice kind="warn" title="Ringkasan simpanan tidak dapat dibaca." head="h2">
          <p>Berkas belum diperiksa. Ringkasan Anda terpotong, atau bukan ringkasan catatan.</p>
          <p>Pilih salinan lain, atau periksa tanpa ringkasan.</p>
        </Notice>
      );
    case 'bukan-konsistensi':
      return (
        <Notice kind="warn" title="Berkas konsistensi tidak dapat dibaca." head="h2">
          <p>Berkas belum diperiksa. Unduh lagi berkas konsistensi dari {host}, lalu pilih di bawah.</p>
          <Consistency host={host} />
        </Notice>
      );
    case 'tanpa-ringkasan':
      return (
        <Notice kind="warn" title="Ringkasan simpanannya belum dipilih." head="h2">
          <p>Berkas belum diperiksa. Berkas konsistensi berguna bersama ringkasan yang Anda simpan.</p>
          <p>Pilih juga ringkasan itu, atau periksa tanpa berkas konsistensi.</p>
        </Notice>
      );
    case 'ringkasan-lain':
      return (
        <Notice kind="wait" title="Belum dapat dinilai." head="h2">
          <p>Ringkasan simpanan Anda tidak ditandatangani dengan kunci catatan ini.</p>
          <p>Pilih ringkasan lain dari {host}, atau periksa tanpa ringkasan.</p>
        </Notice>
      );
    case 'ukuran-lain':
      return (
        <Notice kind="wait" title="Belum dapat dinilai." head="h2">
          <p>Ringkasan simpanan Anda berukuran lain. Diperlukan berkas konsistensi antara keduanya.</p>
          <Consistency host={host} />
          <p>Pilih berkas itu di bawah, atau periksa tanpa ringkasan.</p>
        </Notice>
      );
    case 'konsistensi-lain':
      return (
        <Notice kind="wait" title="Belum dapat dinilai." head="h2">
          <p>Berkas konsistensi Anda bukan untuk kedua ukuran ini, atau rusak.</p>
          <Consistency host={host} />
          <p>Unduh yang sesuai, lalu pilih di bawah.</p>
        </Notice>
      );
    case 'pencabutan-saja':
      return (
        <Notice kind="wait" title="Ini keterangan pencabutan." head="h2">
          <p>Berkas ini menyatakan satu ikrar dicabut. Berkas ini bukan ikrar.</p>
          <p>Pilih bersama PDF atau bukti.json ikrarnya.</p>
        </Notice>
      );
    case 'pencabutan-lain':
      return (
        <Notice kind="wait" title="Belum dapat dinilai." head="h2">
          <p>Keterangan pencabutan yang Anda pilih rusak, atau milik ikrar lain.</p>
          <p>Unduh lagi dari halaman ikrarnya, atau periksa tanpa berkas itu.</p>
        </Notice>
      );
    case 'jam-salah':
      return (
        <Notice kind="wait" title="Jam perangkat ini mungkin salah." head="h2">
          <p>Waktu ikrar tidak dapat dibandingkan. Setel tanggal dan jam otomatis.</p>
          <p>Setelah itu periksa lagi. Bila jamnya sudah benar, jangan percayai berkas ini.</p>
        </Notice>
      );
    case 'tidak-terbaca':
      return (
        <Notice kind="warn" title="Berkas tidak dapat dibaca." head="h2">
          <p>Ini bukan berkas ikrar, atau berkasnya rusak.</p>
          <p>Unduh lagi PDF atau bukti.json dari halaman ikrarnya.</p>
          <p>Punya kertasnya? Potret QR-nya, lalu pilih foto itu di sini.</p>
        </Notice>
      );
    case 'terlalu-banyak':
      return (
        <Notice kind="warn" title="Berkasnya terlalu banyak." head="h2">
          <p>Pilih satu saja. PDF dari Ikrar sudah memuat bukti.json-nya.</p>
          <p>Foto dan berkas diperiksa sendiri-sendiri.</p>
        </Notice>
      );
    case 'peramban-lama':
      return (
        <Notice kind="warn" title="Browser ini belum dapat memeriksa berkas." head="h2">
          <p>Perbarui Chrome, Firefox, atau Safari. Atau tulis kodenya di situs.</p>
        </Notice>
      );
    case 'qr-ikrar':
      return (
        <Notice title="QR terbaca. Sekarang bandingkan isinya." head="h2">
          <p>Gambar saja belum membuktikan apa pun: kata-katanya dapat diubah.</p>
          <p>Buka halaman ikrar ini di {host}. Bandingkan dengan kertas di tangan Anda.</p>
          <p>
            <a class="button" href="/periksa" data-banding>
              Buka halaman ikrar ini dan bandingkan
            </a>
          </p>
          <p class="small">
            Alamatnya: <code data-isi="alamat" />
          </p>
        </Notice>
      );
    case 'qr-situs-lain':
      return (
        <Notice kind="bad" title="QR ini menuju situs lain." head="h2">
          <p>
            QR pada gambar membuka <strong class="host" data-isi="situs" />, bukan {host}. Kami tidak
            membukanya.
          </p>
          <p>Jangan percayai isinya. Situs tiruan dapat tampak sama.</p>
          <p>Tulis kode di samping QR pada kotak di bawah. Atau tanyakan kepada penyelenggara.</p>
        </Notice>
      );
    case 'qr-lain':
      return (
        <Notice kind="warn" title="QR ini bukan QR ikrar." head="h2">
          <p>
            Yang tertulis di dalamnya: <code data-isi="tulisan" />
          </p>
          <p>Pada kertas ikrar hanya ada satu QR. Potret QR itu, atau tulis kode di sampingnya.</p>
        </Notice>
      );
    case 'qr-banyak':
      return (
        <Notice kind="warn" title="Ada beberapa QR yang berbeda." head="h2">
          <p>Satu kertas ikrar hanya memuat satu QR. Mungkin ada QR yang ditempel.</p>
          <p>Bila ini beberapa kertas, bandingkan satu per satu:</p>
          <ul />
        </Notice>
      );
    case 'tanpa-qr':
      return (
        <Notice kind="warn" title="QR tidak ditemukan pada gambar ini." head="h2">
          <p>Potret lagi dari dekat, sampai QR memenuhi sepertiga gambar.</p>
          <p>Letakkan kertas rata di tempat terang. Jaga supaya tidak ada bayangan atau pantulan.</p>
          <p>Atau tulis kode di samping QR pada kotak di bawah.</p>
        </Notice>
      );
    case 'gambar-tertutup':
      return (
        <Notice kind="warn" title="Gambar ini tidak dapat dibuka browser ini." head="h2">
          <p>Simpan sebagai JPEG atau PNG, lalu pilih lagi. Tangkapan layar juga boleh.</p>
          <p>Atau potret kertasnya, atau tulis kode di samping QR.</p>
        </Notice>
      );
    case 'tanpa-pembaca':
      return (
        <Notice kind="wait" title="Pembaca QR belum termuat." head="h2">
          <p>Sambungkan internet, lalu pilih gambar itu lagi. Gambar tetap tidak dikirim.</p>
          <p>Atau tulis kode di samping QR pada kotak di bawah.</p>
        </Notice>
      );
  }
}
