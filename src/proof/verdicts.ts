/** The one table from what a check answers to what a person reads, on the page and in the command line alike. */
import type { Policy } from '../ledger/policy.ts';
import { printable } from '../lib/log.ts';
import type { PdfCode } from '../lib/pdf.ts';
import type { CheckCode, CheckStep, CheckVerdict, Limit, Report, Trust } from './check-proof.ts';

/** What a step asks, and what it has shown once it is passed. */
export const stepWords: Record<CheckStep, { name: string; proven: string }> = {
  pernyataan: { name: 'Pernyataan', proven: 'Pernyataan terbaca utuh, dengan naskah yang disebutnya.' },
  teks: { name: 'Teks', proven: 'Teks yang tampak sama persis dengan teks yang ditandatangani.' },
  tantangan: { name: 'Tantangan', proven: 'Kunci sandi diminta menandatangani pernyataan ini.' },
  'data-passkey': {
    name: 'Data kunci sandi',
    proven: 'Perangkat memeriksa pemegangnya; situsnya sama dengan yang disebut berkas.',
  },
  'tanda-tangan': { name: 'Tanda tangan', proven: 'Tanda tangan cocok dengan kunci publiknya.' },
  kunci: { name: 'Kunci', proven: 'Kunci itu adalah kunci yang disebut dalam pernyataan.' },
  entri: { name: 'Entri', proven: 'Entri catatan adalah tentang pernyataan dan tanda tangan ini.' },
  catatan: { name: 'Catatan', proven: 'Entri itu ada dalam ringkasan catatan di berkas ini.' },
  waktu: { name: 'Waktu', proven: 'Waktu pencatatan sesuai dengan waktu pernyataan.' },
  checkpoint: { name: 'Checkpoint', proven: 'Ringkasan catatan ditandatangani dengan kunci catatan.' },
  simpanan: {
    name: 'Ringkasan simpanan',
    proven: 'Ringkasan yang Anda simpan berasal dari catatan yang sama.',
  },
  saksi: { name: 'Saksi', proven: 'Saksi luar ikut menandatangani ringkasan catatan.' },
  pencabutan: { name: 'Pencabutan', proven: 'Ikrar ini tidak dicabut.' },
  status: { name: 'Status', proven: 'Menurut layanan, ikrar ini sah dan berkasnya terdaftar.' },
  segel: { name: 'Segel', proven: 'Segel mencakup seluruh berkas, yang tidak berubah sejak disegel.' },
};

/** Why a step failed or was not taken. */
export const codeSentences: Record<Exclude<CheckCode, 'ok'>, string> = {
  'proof-size': 'Berkas bukti terlalu besar.',
  'proof-encoding': 'Berkas bukti bukan teks UTF-8.',
  'proof-json': 'Berkas bukti rusak atau terpotong.',
  'proof-key-twice': 'Berkas bukti memuat kunci yang sama dua kali.',
  'proof-format': 'Berkas ini bukan bukti ikrar, atau ditulis dengan cara lain.',
  'statement-size': 'Pernyataan terlalu panjang.',
  'statement-encoding': 'Pernyataan bukan teks UTF-8 yang baku.',
  'statement-character': 'Pernyataan memuat huruf yang tidak terlihat.',
  'statement-header': 'Kepala pernyataan tidak lengkap atau salah urutan.',
  'statement-value': 'Ada isian pernyataan yang tidak sah.',
  'client-data-size': 'Data dari peramban terlalu panjang.',
  'client-data-encoding': 'Data dari peramban bukan teks UTF-8.',
  'client-data-json': 'Data dari peramban rusak.',
  'client-data-key-twice': 'Data dari peramban memuat kunci yang sama dua kali.',
  'client-data-type': 'Kunci sandi dipakai untuk hal lain, bukan untuk menandatangani.',
  'client-data-challenge': 'Kunci sandi menandatangani pernyataan yang lain.',
  'client-data-origin': 'Kunci sandi dipakai di situs lain.',
  'client-data-framed': 'Kunci sandi dipakai di dalam bingkai situs lain.',
  'authenticator-data-size': 'Panjang data dari perangkat bukan 37 byte.',
  'authenticator-data-flags': 'Data dari perangkat memuat tanda yang tidak dikenal.',
  'authenticator-data-backup': 'Keterangan cadangan kunci sandi tidak mungkin.',
  'other-site': 'Kunci sandi ini milik situs lain.',
  'user-not-present': 'Perangkat tidak memeriksa kehadiran pemegangnya.',
  'user-not-verified': 'Perangkat tidak memeriksa siapa pemegangnya.',
  'signature-shape': 'Bentuk tanda tangan salah.',
  'leaf-malformed': 'Entri catatan rusak.',
  'tlog-proof-malformed': 'Bukti pencatatan rusak.',
  'note-malformed': 'Ringkasan catatan rusak.',
  'note-unsigned': 'Ringkasan tidak ditandatangani dengan kunci catatan yang dipercaya.',
  'note-signature': 'Tanda tangan kunci catatan pada ringkasan salah.',
  'note-verifier': 'Kunci catatan yang Anda berikan tidak dapat dibaca.',
  'checkpoint-malformed': 'Ringkasan catatan tidak sesuai bentuknya.',
  'check-impossible': 'Perangkat ini tidak dapat menjalankan langkah ini.',
  'proof-none': 'Tidak ada bukti.json untuk diperiksa.',
  'proof-unread': 'Bukti.json tidak dapat dibaca.',
  'statement-unread': 'Pernyataan tidak dapat dibaca.',
  'text-none': 'Tidak ada teks lain untuk dibandingkan.',
  'text-attachment': 'Pernyataan.txt berbeda dari teks yang ditandatangani.',
  'paper-other': 'Kertas ini bukan seperti yang dicetak layanan, jadi kata-katanya tidak dinilai.',
  'wording-digest': 'Naskah berbeda dari yang disebut pernyataan.',
  'client-data-unread': 'Data dari peramban tidak dapat dibaca.',
  'origin-malformed': 'Alamat situs dalam bukti tidak sah.',
  'origin-site': 'Alamat situs tidak cocok dengan pemilik kunci sandi.',
  'passkey-key': 'Kunci publik tidak sah.',
  'signature-wrong': 'Tanda tangan tidak cocok dengan data dan kuncinya.',
  'key-other': 'Kunci ini bukan kunci yang disebut dalam pernyataan.',
  'entry-kind': 'Entri catatan bukan tentang sebuah tanda tangan.',
  'entry-statement': 'Entri catatan adalah tentang pernyataan lain.',
  'entry-evidence': 'Bukti ini bukan bukti yang dicatat.',
  'ledger-other': 'Catatan ini bukan milik situs tempat ikrar ditandatangani.',
  'ledger-statement': 'Pernyataan menyebut catatan yang lain.',
  'entry-before-statement': 'Entri lebih tua daripada pernyataannya.',
  'inclusion-wrong': 'Entri tidak ada di tempat itu dalam catatan.',
  'consistency-malformed': 'Bukti kelanjutan catatan rusak.',
  'consistency-other': 'Bukti kelanjutan catatan dibuat untuk ukuran lain.',
  'consistency-wrong': 'Catatan ini bukan lanjutan catatan yang disebut pernyataan. Laporkan.',
  'time-before': 'Waktu pencatatan lebih awal daripada pernyataannya.',
  'time-late': 'Waktu pencatatan terlalu lama setelah pernyataannya.',
  'time-ahead': 'Waktunya di masa depan menurut jam perangkat Anda. Periksa jamnya, lalu ulangi.',
  'clock-wrong': 'Jam perangkat Anda salah. Setel tanggal dan jamnya, lalu periksa lagi.',
  'own-none': 'Tidak ada ringkasan simpanan untuk dibandingkan.',
  'own-alone': 'Berkas konsistensi hanya berguna bersama ringkasan simpanan. Pilih juga ringkasannya.',
  'own-unread': 'Ringkasan simpanan rusak, atau bukan dari catatan ini. Pilih berkas lain.',
  'own-consistency-none':
    'Ringkasan simpanan berukuran lain. Unduh berkas konsistensinya dari situs, lalu periksa lagi.',
  'own-consistency-unread': 'Berkas konsistensi rusak. Unduh lagi dari situs.',
  'own-consistency-other': 'Berkas konsistensi dibuat untuk ukuran lain. Unduh yang sesuai.',
  'own-consistency-wrong':
    'Berkas konsistensi tidak membuktikan apa-apa. Unduh lagi; bila tetap begini, laporkan.',
  'ledger-key-none': 'Tidak ada kunci catatan yang dipercaya.',
  'ledger-key-other': 'Ringkasan ini dari catatan lain, bukan yang dipercaya.',
  'checkpoint-forked': 'Catatan bercabang: ringkasan Anda pada ukuran ini berbeda.',
  'withdrawal-none': 'Tidak ada pencabutan.json yang diperiksa.',
  'withdrawal-other': 'Pencabutan.json itu milik ikrar lain.',
  'withdrawal-unproven': 'Pencabutan.json itu tidak membuktikan apa pun.',
  withdrawn: 'Ikrar ini dicabut dengan dua kunci sandi, menurut layanan milik dua petugas penyelenggara.',
  'witness-none': 'Saksi luar tidak ditanya dalam pemeriksaan ini.',
  'witness-few':
    'Belum cukup saksi yang Anda percaya ikut menandatangani. Unduh bukti.json terbaru, lalu periksa lagi.',
  'cosignature-malformed': 'Tanda tangan saksi rusak.',
  'cosignature-wrong': 'Tanda tangan saksi pada ringkasan salah.',
  'seal-none': 'Berkas PDF ini tidak bersegel. Unduh berkas aslinya dari halaman ikrar.',
  'seal-malformed': 'Segel rusak, atau bukan segel dokumen ikrar.',
  'seal-digest': 'Isi berkas berubah setelah disegel.',
  'seal-certificate': 'Sertifikat segel bukan yang disebut segel itu, atau tidak untuk menyegel.',
  'seal-signature': 'Segel tidak dibuat dengan kunci sertifikatnya.',
  'seal-name': 'Nama penyegel dalam berkas bukan nama dalam sertifikatnya.',
  'seal-stamp': 'Kertas menyebut stempel waktu yang tidak ada, atau menyembunyikannya.',
  'seal-time': 'Waktu penyegelan lebih awal daripada pencatatan.',
  'seal-expired': 'Sertifikat segel tidak berlaku pada waktu penyegelan. Tanyakan kepada penyelenggara.',
  'timestamp-malformed': 'Stempel waktu rusak.',
  'timestamp-signature': 'Tanda tangan lembaga penanda waktu salah.',
  'timestamp-authority': 'Sertifikat stempel waktu bukan untuk menandai waktu, atau tidak berlaku saat itu.',
  'timestamp-other': 'Stempel waktu ini milik berkas lain.',
  'timestamp-nonce': 'Stempel waktu ini jawaban atas pertanyaan lain.',
  'witness-time': 'Waktu tanda tangan saksi tidak mungkin, jadi saksi itu tidak dihitung.',
  'timestamp-time': 'Stempel waktu lebih awal daripada pencatatan.',
  'timestamp-none': 'Berkas ini tidak memuat stempel waktu, padahal Anda memintanya.',
  'timestamp-untrusted': 'Stempel waktu ini bukan dari lembaga yang Anda percaya.',
  'seal-untrusted': 'Segel ini bukan dari sertifikat yang Anda percaya.',
  'pdf-none': 'Bukan berkas PDF.',
  'paper-unregistered': 'Berkas ini bukan berkas yang terdaftar untuk ikrar ini.',
  'status-none': 'Tidak ada keterangan status dari layanan.',
  'status-other': 'Menurut layanan, ikrar ini tidak lagi berstatus sah. Baca sebabnya di halaman ikrarnya.',
  'status-unread': 'Keterangan status rusak, atau milik ikrar lain. Unduh lagi dari halaman ikrarnya.',
};

/** Why a PDF could not be read at all. */
export const unreadSentences: Record<PdfCode, string> = {
  'pdf-size':
    'Berkas ini jauh lebih besar daripada dokumen ikrar, jadi tidak dibaca. Pindailah kode QR-nya, atau unduh lagi dari halaman ikrarnya.',
  'pdf-locked': 'Berkas PDF ini terkunci. Unduh lagi dari halaman ikrarnya, lalu periksa yang itu.',
  'pdf-malformed': 'Berkas PDF ini rusak atau bukan dokumen ikrar.',
  'pdf-device': 'Peramban ini terlalu lama untuk membaca PDF. Periksalah bukti.json.',
};

/** What a proof does not show. */
export const limitSentences: Record<Limit, string> = {
  person:
    'Tidak terbukti siapa yang memegang perangkat. Jati diri bergantung pada daftar dan pemeriksaan penyelenggara.',
  'key-synced': 'Kunci sandi ini boleh disalin ke perangkat lain milik akun yang sama.',
  'key-copied': 'Kunci sandi ini tersimpan juga di akun, jadi mungkin ada di beberapa perangkat.',
  time: 'Waktu berasal dari jam layanan, bukan dari lembaga penanda waktu.',
  'time-unknown': 'Waktu dalam segel menurut lembaga yang tidak dikenal, jadi tidak menjamin apa-apa.',
  'time-known': 'Waktu dalam segel dari lembaga yang Anda percaya.',
  continuity: 'Bukti versi lama ini tidak menunjukkan bahwa catatannya satu dan sama untuk semua orang.',
  withdrawal: 'Pencabutan setelah bukti ini dibuat tidak tampak di sini.',
  'seal-owner':
    'Nama pada segel ditulis pembuatnya sendiri. Bandingkan sidik jari sertifikatnya dengan milik penyelenggara.',
  'ledger-key-none':
    'Tanpa kunci catatan yang dipercaya, hanya keutuhan berkas yang diperiksa, bukan keasliannya.',
  'ledger-key-unread': 'Kunci catatan yang diberikan tidak dapat dibaca. Keaslian belum diperiksa.',
};

export const verdictWords: Record<Report['verdict'], { title: string; meaning: string }> = {
  asli: { title: 'Asli', meaning: 'Semua langkah yang diperlukan terbukti.' },
  dicabut: {
    title: 'Dicabut',
    meaning: 'Ikrar ini asli, tetapi sudah dicabut. Jangan dipakai lagi sebagai bukti.',
  },
  'tidak cocok': { title: 'Tidak cocok', meaning: 'Ada langkah yang gagal. Jangan dipakai sebagai bukti.' },
  'bukan berkas terdaftar': {
    title: 'Isi bukti terbukti. Kertas ini bukan berkas yang terdaftar',
    meaning:
      'Jangan percayai kata-kata di kertas ini. Unduh PDF yang terdaftar dari halaman ikrarnya, lalu periksa yang itu.',
  },
  'layanan lain': { title: 'Utuh, tetapi dari layanan lain', meaning: 'Periksa di sana.' },
  'tidak terbaca': {
    title: 'Belum dapat dinilai',
    meaning: 'Tidak cukup yang dapat dibaca atau dipercaya untuk menyatakannya asli.',
  },
};

/** The last word, with the address of another service if it is of one. */
export function summaryOf({ verdict, origin }: Report): { title: string; meaning: string } {
  const { title, meaning } = verdictWords[verdict];
  return { title: origin === undefined ? title : `${title}: ${origin}`, meaning };
}

/** Where the ledger's key came from. */
export const sourceWords: Record<Trust['source'], string> = {
  bawaan: 'bawaan program ini',
  berkas: 'berkas kunci yang diberikan pemeriksa',
  perintah: 'baris perintah',
  'tidak ada': 'tidak ada',
};

/** What stands behind the sentence: what was found instead, which witnesses have countersigned, whose the seal is. */
export const detailOf = ({ step, outcome, detail }: CheckVerdict): string | undefined =>
  detail && (outcome === 'gagal' || ['saksi', 'segel', 'simpanan', 'status'].includes(step))
    ? printable(detail)
    : undefined;

/** `2 dari 3 harus ikut menandatangani: a, b, c.` */
export const policyWords = ({ enough, witnesses }: Policy): string =>
  `${enough} dari ${witnesses.length} harus ikut menandatangani: ${witnesses.map(({ name }) => name).join(', ')}.`;

/** What a step showed, or why it didn't. */
export const verdictSentence = ({ step, code }: CheckVerdict): string =>
  code === 'ok' ? stepWords[step].proven : codeSentences[code];
