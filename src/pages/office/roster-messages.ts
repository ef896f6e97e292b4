/** For officers: about a list, cell by cell. */

import type { Column } from '../../roster/column.ts';
import type {
  ComplaintCode,
  QuestionCode,
  RowComplaint,
  RowNoteCode,
  RowQuestion,
} from '../../roster/finding.ts';
import type { BookFault } from '../../roster/roster-book.ts';
import { LIMITS, type RosterFault, type RosterText } from '../../roster/roster-file.ts';
import { ARCHIVE_LIMITS } from '../../sheet/archive.ts';
import type { ReasonCode } from '../../withdrawal/reason.ts';
import type { Message } from '../message.ts';

/** What somebody does who has a file of another kind. */
const SAVE_AS = 'Buka di Excel, pilih Simpan Sebagai, Buku Kerja Excel (.xlsx).';

/** A file that is not read at all. `sheet`, `column` and `row`: where, if it is known. */
export function rosterMessages(
  code: RosterFault | BookFault,
  {
    row,
    column = null,
    sheet = null,
    headings = [],
  }: { row: number | null; column?: string | null; sheet?: string | null; headings?: readonly string[] },
): Message {
  const read = headings.slice(0, 12).join(', ');
  const at = `${sheet === null ? '' : ` di lembar ${sheet}`}${row === null ? '' : ` di baris ${row}`}`;
  const table: Record<RosterFault | BookFault, Message> = {
    'file-xlsx': { title: 'Isi buku kerja ini tidak terbaca', next: SAVE_AS },
    'file-xls': { title: 'Ini buku kerja Excel lama (.xls)', next: SAVE_AS },
    'file-xlsb': { title: 'Ini buku kerja Excel biner (.xlsb)', next: SAVE_AS },
    'file-ods': {
      title: 'Ini lembar kerja LibreOffice (.ods)',
      next: 'Buka di LibreOffice, pilih Simpan Sebagai, Excel 2007–365 (.xlsx).',
    },
    'file-html': {
      title: 'Ini bukan berkas Excel, melainkan halaman web (HTML atau XML)',
      next: SAVE_AS,
    },
    'file-docx': {
      title: 'Ini dokumen Word (.docx), bukan daftar',
      next: 'Salin tabelnya ke Excel, lalu simpan sebagai Buku Kerja Excel (.xlsx).',
    },
    'file-image': {
      title: 'Ini foto atau gambar, bukan daftar',
      next: 'Minta berkas Excel aslinya, lalu unggah berkas itu.',
    },
    'file-pdf': {
      title: 'Ini berkas PDF, bukan daftar',
      next: 'Minta berkas Excel aslinya, lalu unggah berkas itu.',
    },
    'file-archive': {
      title: 'Ini berkas termampat (misalnya ZIP)',
      next: 'Keluarkan isinya dahulu, lalu unggah berkas Excel di dalamnya.',
    },
    'archive-bytes': {
      title: 'Buku kerja terlalu besar',
      next: `Batasnya ${ARCHIVE_LIMITS.bytes / 1_000_000} MB. Hapus gambar dan lembar lain, atau bagi berkasnya.`,
    },
    'archive-broken': {
      title: `Buku kerja rusak atau tidak biasa${at}`,
      next: `${SAVE_AS} Lalu unggah berkas yang baru.`,
    },
    'archive-entries': {
      title: 'Buku kerja berisi terlalu banyak bagian',
      next: 'Salin daftarnya saja ke buku kerja baru, lalu unggah.',
    },
    'archive-unpacked': {
      title: `Isi buku kerja terlalu besar${at}`,
      next: 'Salin daftarnya saja ke buku kerja baru, lalu unggah.',
    },
    'archive-locked': {
      title: 'Berkas ini terkunci kata sandi',
      next: 'Buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi.',
    },
    'workbook-locked': {
      title: 'Buku kerja ini terkunci kata sandi',
      next: 'Di Excel: Berkas, Info, Proteksi Buku Kerja, hapus kata sandi, simpan.',
    },
    'workbook-macros': {
      title: 'Buku kerja ini memuat makro atau tombol',
      next: `${SAVE_AS} Makro tidak ikut tersimpan.`,
    },
    'workbook-links': {
      title: 'Buku kerja ini mengambil isi dari berkas lain',
      next: 'Salin daftarnya ke buku kerja baru: Tempel Khusus, Nilai. Lalu unggah.',
    },
    'workbook-strings': {
      title: 'Teks di buku kerja ini terlalu banyak',
      next: 'Salin daftarnya saja ke buku kerja baru, lalu unggah.',
    },
    'workbook-rows': {
      title: `Baris terlalu banyak${sheet === null ? '' : ` di lembar ${sheet}`}`,
      next: `Batasnya ${LIMITS.rows.toLocaleString('id-ID')} baris, semua lembar. Hapus lembar lain, atau bagi berkasnya.`,
    },
    'workbook-cells': {
      title: `Terlalu banyak kolom atau sel gabungan${at}`,
      next: `Batasnya ${LIMITS.cells} kolom. Salin daftarnya saja ke buku kerja baru.`,
    },
    'workbook-empty': {
      title: 'Buku kerja ini tidak berisi apa-apa',
      next: 'Lembar yang tersembunyi tidak dibaca. Tampilkan dahulu di Excel, lalu simpan.',
    },
    'csv-binary': { title: 'Isi berkas tidak terbaca', next: SAVE_AS },
    'csv-bytes': {
      title: 'Berkas terlalu besar',
      next: `Batasnya ${LIMITS.bytes / 1_000_000} MB, dan ${ARCHIVE_LIMITS.bytes / 1_000_000} MB untuk .xlsx. Bagi menjadi beberapa berkas.`,
    },
    'csv-rows': {
      title: 'Baris terlalu banyak',
      next: `Batasnya ${LIMITS.rows.toLocaleString('id-ID')} baris. Bagi menjadi beberapa berkas.`,
    },
    'csv-cells': {
      title: `Terlalu banyak kolom di baris ${row ?? '?'}`,
      next: `Batasnya ${LIMITS.cells} kolom. Hapus kolom yang tidak dipakai.`,
    },
    'csv-quotes': {
      title:
        row === null ? 'Ada tanda kutip yang tidak ditutup' : `Tanda kutip tidak ditutup di baris ${row}`,
      next: 'Tutup atau hapus tanda kutip itu, lalu unggah lagi.',
    },
    'csv-long': {
      title: `Isi baris ${row ?? '?'} terlalu panjang`,
      next: 'Mungkin tanda kutip ditutup di tempat yang salah. Perbaiki, lalu unggah lagi.',
    },
    'csv-empty': {
      title: 'Berkas kosong',
      next: 'Pilih berkas yang berisi judul kolom dan nama.',
    },
    'column-missing': {
      title: `Kolom "${column}" tidak ada`,
      next:
        `Baris ${row ?? 1} dibaca sebagai judul kolom${read === '' ? '' : `: ${read}`}. ` +
        `Ganti judul yang sesuai menjadi "${column}", atau tambahkan kolomnya.`,
    },
    'column-twice': {
      title: `Kolom "${column}" ada dua kali`,
      next:
        headings.length === 2
          ? `Di baris ${row ?? 1}, "${headings[0]}" dan "${headings[1]}" dibaca sama. Satukan isinya, atau ganti judul yang tidak dipakai.`
          : `Baris ${row ?? 1} dibaca sebagai judul kolom. Satukan isinya, atau ganti judul yang tidak dipakai.`,
    },
    'rows-nobody': {
      title: 'Belum ada baris orang di berkas ini',
      next: `Baris ${row ?? '?'} dan lainnya tanpa kode wilayah dan unsur. Isi keduanya, lalu unggah lagi.`,
    },
    'rows-missing': {
      title: 'Berkas hanya berisi judul kolom',
      next: 'Isi paling sedikit satu baris, lalu unggah lagi.',
    },
  };
  return table[code];
}

/** On the page where an officer tells what the columns mean. */
export function columnsMessage({ code, column, row, headings }: Extract<RosterText, { ok: false }>): Message {
  if (code === 'column-twice') {
    return {
      title: `Dua kolom dibaca sebagai ${column}`,
      next: `"${headings.join('" dan "')}": pilih satu saja. Yang lain: Tidak dipakai.`,
    };
  }
  const remedy: Partial<Record<Column, string>> = {
    Unsur: 'Pilih kolomnya, atau satu unsur untuk semua orang.',
    'Kode wilayah': 'Pilih kolomnya, atau kolom Kecamatan dan Desa/Kelurahan.',
    Nama: 'Pilih kolom yang berisi nama orang.',
  };
  return {
    title: `Kolom "${column}" tidak ada`,
    next: `Baris ${row} dibaca sebagai judul kolom: ${headings.slice(0, 12).join(', ')}. ${remedy[column!] ?? ''}`,
  };
}

/** One complaint about one cell: what is wrong, and the remedy. */
export function complaintMessage({
  code,
  detail,
  must = false,
}: Pick<RowComplaint, 'code' | 'detail'> & { must?: boolean }): Message {
  /** Of an ASN a name is asked, of an office it may be empty. */
  const orEmpty = (or: string): string => (must ? 'Tulis nama orangnya, atau hapus barisnya.' : or);
  const table: Record<ComplaintCode, Message> = {
    'kode-missing': { title: 'Kode wilayah kosong', next: 'Isi kode Kemendagri, misalnya 62.01.01.2008.' },
    'kode-form': { title: 'Bentuk kode wilayah salah', next: 'Tulis seperti 62.01.01.2008, sebagai teks.' },
    'kode-unknown': {
      title: 'Kode wilayah tidak ada di tabel',
      next: 'Cocokkan dengan tabel kode Kemendagri.',
    },
    'kode-outside': {
      title: 'Kode di luar wilayah penyelenggara',
      next: `Hanya kode yang diawali ${detail} yang dapat didaftarkan.`,
    },
    'kecamatan-differs': {
      title: 'Kecamatan tidak cocok dengan kode',
      next: `Menurut kode: ${detail}. Perbaiki kode atau nama kecamatan.`,
    },
    'desa-differs': {
      title: 'Desa/kelurahan tidak cocok dengan kode',
      next: `Menurut kode: ${detail}. Perbaiki kode atau nama desa.`,
    },
    'unsur-missing': { title: 'Unsur kosong', next: 'Isi kepala desa, lurah/camat, ASN, Polri, atau TNI.' },
    'unsur-unknown': {
      title: 'Unsur tidak dikenal',
      next: 'Isi kepala desa, lurah/camat, ASN, Polri, atau TNI.',
    },
    'unsur-area': {
      title: 'Unsur tidak cocok dengan kode',
      next: `Kode ini ${detail}. Desa: kepala desa. Kelurahan dan kecamatan: lurah/camat.`,
    },
    'name-missing': { title: 'Nama kosong', next: 'ASN, Polri, dan TNI harus bernama.' },
    'row-nobody': {
      title: 'Baris ini bukan orang',
      next: 'Hapus. Bila ini orang, isi kode wilayah dan unsurnya.',
    },
    'cell-error': {
      title: 'Rumus Excel gagal di sel ini',
      next: must ? 'Ketik isinya.' : 'Ketik isinya, atau kosongkan selnya.',
    },
    'cell-zero': {
      title: 'Sel ini hanya berisi 0',
      next: must ? 'Ketik isinya.' : 'Ketik isinya, atau kosongkan selnya.',
    },
    'cell-nobody': {
      title: 'Kata ini berarti tidak ada isinya',
      next: must ? 'Ketik isinya.' : 'Ketik isinya, atau kosongkan selnya.',
    },
    'cell-edge': {
      title: `Isi diawali atau diakhiri tanda ${detail}`,
      next: 'Hapus tanda itu. Bila rumus, ketik hasilnya.',
    },
    'cell-date': {
      title: 'Excel mengubah isi ini menjadi tanggal',
      next: 'Jadikan kolomnya teks, lalu ketik ulang.',
    },
    'cell-number': {
      title: 'Ada nomor panjang di sel ini, yang akan terbaca umum',
      next: 'Pindahkan NIP atau NRP ke kolom NIP/NRP. Hapus NIK dan nomor HP.',
    },
    'cell-marks': { title: `Isi memuat tanda ${detail}`, next: 'Hapus tanda itu.' },
    'cell-letters': { title: 'Isi tidak memuat huruf', next: 'Ketik isinya, atau kosongkan selnya.' },
    'cell-lines': {
      title: 'Ada ganti baris atau tanda kutip yang menyatukan sel',
      next: 'Hapus tanda kutip atau ganti baris di sel itu, lalu unggah lagi.',
    },
    'cell-no-heading': {
      title: 'Isi ini tidak punya judul kolom',
      next: 'Beri judul pada kolomnya, atau hapus isinya. Nama dan gelar jangan dipisah koma tanpa kutip.',
    },
    'row-above': {
      title: 'Baris orang di atas judul kolom',
      next: 'Pindahkan ke bawah judul kolom, atau hapus.',
    },
    'row-shifted': {
      title: 'Kode wilayah ada di kolom lain',
      next: 'Isi baris ini bergeser atau menyatu. Pindahkan tiap isi ke kolomnya.',
    },
    'cell-was-number': {
      title: 'Sel ini berisi angka, bukan teks',
      next: `Excel dapat mengubah angka di ${detail}. Jadikan teks, lalu ketik ulang dari berkas asli.`,
    },
    'cell-formula': {
      title: 'Rumus di sel ini belum dihitung',
      next: `Buka berkas di Excel, simpan, lalu unggah lagi. Atau ketik isi ${detail}.`,
    },
    'kecamatan-unknown': {
      title: 'Kecamatan tidak ada di wilayah penyelenggara',
      next: 'Perbaiki ejaannya, atau isi kode wilayah.',
    },
    'place-unknown': {
      title: 'Desa/kelurahan tidak ditemukan di wilayah itu',
      next: detail === '' ? 'Perbaiki ejaannya, atau isi kode wilayah.' : `Yang mirip: ${detail}.`,
    },
    'place-several': {
      title: 'Nama ini ada di beberapa tempat',
      next: `Isi kecamatan atau kode wilayah. Pilihannya: ${detail}.`,
    },
    'nip-twice': {
      title: 'NIP dan NRP terisi dua-duanya',
      next: 'Tulis satu saja: NIP untuk ASN, NRP untuk Polri dan TNI.',
    },
    'title-front': { title: 'Ini gelar depan', next: 'Pindahkan ke kolom Gelar depan.' },
    'title-back': { title: 'Ini gelar belakang', next: 'Pindahkan ke kolom Gelar belakang.' },
    'title-rank': { title: 'Ini pangkat, bukan gelar', next: 'Pindahkan ke kolom Pangkat/Gol.' },
    'title-acting': { title: 'Ini jabatan, bukan gelar', next: 'Pindahkan ke kolom Jabatan.' },
    'title-none': {
      title: 'Ini bukan gelar yang kami kenal',
      next: 'Tulis gelarnya saja. Bila bagian nama, pindahkan ke Nama.',
    },
    'jabatan-title': {
      title: 'Ini gelar, bukan jabatan',
      next: 'Periksa kolomnya: mungkin isinya bergeser.',
    },
    'jabatan-two-acting': {
      title: 'Jabatan memuat dua singkatan, misalnya Plt. dan Pj',
      next: 'Tulis salah satu saja.',
    },
    'name-nobody': {
      title: 'Ini bukan nama orang',
      next: orEmpty('Bila jabatan belum ada pejabatnya, kosongkan Nama.'),
    },
    'name-deceased': {
      title: 'Nama diberi tanda almarhum',
      next: orEmpty('Tulis nama pejabat yang sekarang. Bila belum ada, kosongkan Nama.'),
    },
    'name-acting': {
      title: 'Pj., Plt., atau Plh. tertulis di dalam nama',
      next: `Pindahkan ke kolom Jabatan. ${orEmpty('Bila belum ada pejabatnya, kosongkan Nama.')}`,
    },
    'name-office': {
      title: 'Ini jabatan, bukan nama',
      next: `Pindahkan ke kolom Jabatan. ${orEmpty('Bila belum ada pejabatnya, kosongkan Nama.')}`,
    },
    'name-status': {
      title: 'Keterangan tertulis di dalam nama',
      next: orEmpty('Tulis namanya saja. Bila jabatannya kosong, kosongkan Nama.'),
    },
    'name-comma': {
      title: 'Sesudah koma bukan gelar yang dikenal',
      next: 'Bila satu nama, hapus komanya. Bila dua orang, tulis dalam dua baris.',
    },
    'name-title': {
      title: 'Sel ini hanya berisi gelar, tanpa nama',
      next: orEmpty('Tulis namanya. Bila belum ada pejabatnya, kosongkan Nama.'),
    },
    'name-title-front': {
      title: 'Ini gelar depan',
      next: 'Pindahkan ke kolom Gelar depan, lalu hapus komanya.',
    },
    'name-area': {
      title: `Ini nama wilayah (${detail}), bukan nama orang`,
      next: orEmpty('Tulis nama pejabatnya. Bila belum ada, kosongkan Nama.'),
    },
    'rank-other': {
      title: 'Ini gelar atau jabatan, bukan pangkat',
      next: 'Periksa kolomnya: mungkin isinya bergeser.',
    },
    'name-letters': { title: 'Nama memuat angka atau tanda', next: 'Tulis nama dengan huruf saja.' },
    'name-marks': {
      title: `Nama memuat tanda ${detail}`,
      next: `Tulis nama saja. ${must ? '' : 'Bila belum ada pejabatnya, kosongkan Nama.'}`.trim(),
    },
    'hidden-character': {
      title: `Ada karakter tersembunyi (${detail})`,
      next: 'Ketik ulang isinya, jangan disalin.',
    },
    undrawable: {
      title: `Huruf "${detail}" tidak dapat dicetak`,
      next: 'Ganti dengan huruf Latin.',
    },
    'too-long': { title: 'Terlalu panjang', next: `Ringkas menjadi paling banyak ${detail} huruf.` },
    'jabatan-acting': {
      title: `Tidak cocok dengan ${detail} di kolom lain`,
      next: 'Tulis singkatan yang sama di semua kolom: Pj., Plt., Plh., atau Pjs.',
    },
    'jabatan-missing': { title: 'Jabatan kosong', next: 'Isi jabatan, misalnya Analis Kebijakan.' },
    'nip-nobody': {
      title: 'NIP/NRP tanpa nama',
      next: 'Isi namanya. Bila belum ada pejabatnya, kosongkan NIP/NRP.',
    },
    'nip-missing': { title: 'NIP/NRP kosong', next: 'Wajib untuk ASN, Polri, dan TNI.' },
    'nip-scientific': {
      title: 'Angka ini sudah dirusak Excel',
      next: 'Jadikan kolom NIP teks, lalu ketik ulang semua angkanya.',
    },
    'nip-rounded': {
      title: 'Angka ini sudah dibulatkan Excel menjadi 000',
      next: 'Jadikan kolom NIP teks, lalu ketik ulang semua angkanya.',
    },
    'nip-length': {
      title: 'NIP harus 18 angka',
      next: must
        ? 'Cocokkan dengan kartu pegawai.'
        : 'Cocokkan dengan kartu pegawai. Kosongkan bila kepala desa bukan ASN.',
    },
    'nip-letters': { title: 'Ada huruf atau tanda di dalam NIP', next: 'Tulis 18 angkanya saja.' },
    'nip-not-nrp': {
      title: 'Ini NIP, bukan NRP',
      next: 'PNS di Polri atau TNI: isi unsur ASN. Anggota: isi NRP-nya.',
    },
    'nip-birth': {
      title: 'Delapan angka pertama bukan tanggal lahir',
      next: 'Cocokkan dengan kartu pegawai.',
    },
    'nip-age': {
      title: 'Tahun lahir dan tahun pengangkatan tidak masuk akal',
      next: 'Cocokkan dengan kartu pegawai.',
    },
    'nrp-phone': { title: 'Ini nomor HP, bukan NRP', next: 'Cocokkan dengan kartu anggota.' },
    'nip-shape': { title: 'Susunan angka NIP tidak benar', next: 'Cocokkan dengan kartu pegawai.' },
    'nrp-polri': { title: 'NRP Polri harus 8 angka', next: 'Cocokkan dengan kartu anggota.' },
    'nrp-tni': {
      title: 'NRP TNI harus 5 sampai 14 angka',
      next: 'Boleh diakhiri /P. Cocokkan dengan kartu anggota.',
    },
    'place-twice': {
      title: 'Tempat ini sudah ada di baris lain',
      next: `Sama dengan baris ${detail}. Hapus salah satu, atau perbaiki kode atau nomornya.`,
    },
    signed: {
      title: 'Baris ini sudah ditandatangani',
      next: `Kembalikan seperti yang ditandatangani. ${detail}.`,
    },
  };
  return table[code];
}

/** What an officer must say yes to before a row goes in: how it was read, and what to do if that is wrong. */
export const questionMessages: Record<QuestionCode, Message> = {
  'name-titles': {
    title: 'Gelar dipisahkan dari nama',
    next: 'Pilih: yang dipisahkan itu gelar, atau bagian namanya.',
  },
  'name-doctor': {
    title: 'DR. dibaca Dr. (doktor)',
    next: 'Pilih: Dr. bila doktor, dr. bila dokter.',
  },
  'name-spaced': {
    title: 'Nama ditulis huruf demi huruf',
    next: 'Benar bila memang tercetak begitu. Bila tidak, rapatkan hurufnya di berkas.',
  },
  'name-address': {
    title: 'Sapaan dihapus dari nama',
    next: 'Pilih: kata depan itu sapaan, atau bagian namanya.',
  },
  'name-rank': {
    title: 'Pangkat dipisahkan dari nama',
    next: 'Pilih: kata itu pangkat, atau bagian namanya.',
  },
  'rank-two': {
    title: 'Pangkat di nama lain dari kolom Pangkat/Gol',
    next: 'Benar bila isi kolomnya yang berlaku. Bila bukan, perbaiki di berkas.',
  },
  'name-corps': {
    title: 'Kata sesudah pangkat mungkin korps, mungkin nama',
    next: 'Pilih: kata itu bagian nama, atau bagian pangkat.',
  },
  'name-pj': {
    title: 'Huruf di depan nama dibaca Pj., Plt., atau Plh.',
    next: 'Pilih: itu singkatan jabatan, atau bagian namanya.',
  },
  'name-word': {
    title: 'Kata ini jarang menjadi nama orang',
    next: 'Benar bila memang namanya. Bila bukan, perbaiki di berkas.',
  },
  'name-place': {
    title: 'Nama sama dengan nama wilayah',
    next: 'Benar bila memang nama orangnya. Bila bukan, perbaiki di berkas.',
  },
  'jabatan-head': {
    title: 'Jabatan ini bukan sebutan kepala wilayahnya',
    next: 'Benar bila memang begitu jabatannya. Bila tidak, perbaiki di berkas.',
  },
  'jabatan-moved': {
    title: 'Pj., Plt., Plh., atau Pjs. dipindahkan ke jabatan ini',
    next: 'Benar bila memang begitu jabatannya. Bila tidak, perbaiki di berkas.',
  },
  'jabatan-odd': {
    title: 'Isi Jabatan ini mungkin gelar, pangkat, atau keterangan',
    next: 'Benar bila memang jabatannya. Bila tidak, perbaiki di berkas.',
  },
  'title-both': {
    title: 'Gelar laki-laki dan perempuan bersama-sama',
    next: 'Benar bila memang begitu. Bila tidak, perbaiki di berkas.',
  },
  'name-two': {
    title: 'Nama memuat tanda hubung, atau kata dan, atau, serta',
    next: 'Benar bila satu orang. Bila dua orang, perbaiki di berkas.',
  },
  'name-unusual': {
    title: 'Penulisan nama tidak biasa',
    next: 'Benar bila memang tercetak begitu. Bila tidak, perbaiki di berkas.',
  },
  'title-unknown': {
    title: 'Gelar tidak kami kenal',
    next: 'Benar bila gelarnya memang ditulis begitu. Bila tidak, perbaiki di berkas.',
  },
  'column-unread': {
    title: 'Kolom ini tidak dibaca, tetapi isinya mungkin penting',
    next: 'Benar bila semua isinya memang tidak perlu. Bila perlu, pindahkan ke kolom yang dibaca.',
  },
  'file-letters': {
    title: 'Berkas ini bukan UTF-8: periksa huruf khususnya',
    next: 'Benar bila semuanya tertulis benar. Bila tidak, simpan lagi sebagai CSV UTF-8.',
  },
  'place-near': {
    title: 'Tempat dibaca menurut nama',
    next: 'Ejaannya lain, atau kecamatannya diambil dari baris di atas. Bila salah, isi kode wilayah.',
  },
  'nip-other-name': {
    title: 'Satu NIP/NRP, dua nama',
    next: 'Benar bila orangnya sama. Bila bukan, perbaiki nomornya di berkas.',
  },
  'holder-other': {
    title: 'Nama berganti, NIP/NRP sama: orang yang sama atau orang lain?',
    next: 'Pilih salah satu. Orang lain tidak mewarisi NIP, gelar, pangkat, dan HP terdaftar.',
  },
  'holder-renamed': {
    title: 'Nama berganti, NIP/NRP sama',
    next: 'Benar bila orangnya sama. Orang lain perlu baris dengan nomornya sendiri.',
  },
  'place-removed': {
    title: 'Pernah dikeluarkan dari daftar',
    next: 'Benar bila dikembalikan ke daftar. Bila tidak, hapus barisnya dari berkas.',
  },
};

/** Of a reading in many lines those that are open, and the others. */
const OPEN_LINES = 3;
const inLines = (detail: string): [string[], string[]] => {
  const lines = detail.split('\n');
  return [lines.slice(0, OPEN_LINES), lines.slice(OPEN_LINES)];
};
export const moreOfReading = ({ code, detail }: Pick<RowQuestion, 'code' | 'detail'>): string[] =>
  code === 'column-unread' || code === 'file-letters' ? inLines(detail)[1] : [];

/** How it was read, for the row itself. */
export const questionReading = ({ code, detail }: Pick<RowQuestion, 'code' | 'detail'>): string =>
  code === 'nip-other-name'
    ? `Nomor ini juga pada ${detail}`
    : code === 'column-unread'
      ? `Isinya dilewati: ${inLines(detail)[0]!.join('; ')}`
      : code === 'file-letters'
        ? `Dibaca: ${inLines(detail)[0]!.join('; ')}`
        : code === 'place-removed'
          ? `Alasan dahulu: ${detail}`
          : code === 'holder-other' || code === 'holder-renamed'
            ? `Orang yang sama: ${detail}`
            : `Dibaca: ${detail}`;

/** What was read otherwise than typed, and is sure. */
export const noteMessages: Record<RowNoteCode, string> = {
  'holder-changed': 'Orang baru: gelar, NIP, pangkat, dan Pj. orang lama tidak ikut',
  'acting-moved': 'Pj., Plt., Plh., dan Pjs. dipindahkan ke Jabatan',
  'rank-moved': 'Pangkat dipindahkan dari nama ke Pangkat/Gol',
  'titles-parted': 'Gelar dipisahkan dari nama',
  'titles-tidied': 'Penulisan gelar dirapikan',
  'nip-none': 'Tanpa NIP/NRP',
  'nip-two-places': 'Satu orang, dua jabatan',
  'signed-kept': 'Sudah menandatangani: barisnya tetap, isi baru ini tidak dipakai',
};

/** Why a place leaves the list, as an officer writes it. */
export const removalMessages: Record<ReasonCode | 'reason-nobody', string> = {
  'reason-nobody': 'Belum ada tempat yang dicentang. Centang tempatnya, atau kosongkan alasan ini.',
  'reason-none': 'Alasan belum diisi. Tulis satu kalimat.',
  'reason-long': 'Alasan terlalu panjang. Ringkas menjadi paling banyak 200 huruf.',
  'reason-number': 'Alasan memuat nomor panjang. Hapus NIK, NIP, atau nomor HP.',
  'reason-letters': 'Ada huruf yang tidak dapat dicetak. Ganti dengan huruf Latin biasa.',
};
