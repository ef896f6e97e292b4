/** For officers: their roles, and who may do what. */
import { formatInstant, type Zona } from '../../lib/zone.ts';
import { type Act, ROLES_FOR } from '../../office/may.ts';
import type { Peran, Role } from '../../office/role.ts';
import type { Message } from '../message.ts';

/** What each role is for, as it is explained to who gives it. */
export const peranNames: Record<Peran, { title: string; does: string }> = {
  penyelenggara: { title: 'Penyelenggara', does: 'mengatur semua kegiatan, petugas, dan pencabutan' },
  petugas: { title: 'Petugas', does: 'memberi kartu dan menerima peserta pada kegiatan yang dipilih' },
  pengawas: { title: 'Pengawas', does: 'membaca semuanya, tidak mengubah apa pun' },
  saksi: { title: 'Saksi', does: 'ikut menandatangani yang tercatat, bila diundang' },
  piket: { title: 'Piket', does: 'bertugas di posko' },
};

const actNames: Record<Act, string> = {
  'kantor-lihat': 'Membuka kantor',
  'kegiatan-lihat': 'Melihat kegiatan',
  'kegiatan-buat': 'Membuat kegiatan',
  'kegiatan-ubah': 'Mengubah kegiatan',
  'daftar-lihat': 'Melihat daftar nama',
  'daftar-ubah': 'Mengubah daftar nama',
  'kartu-lihat': 'Melihat kartu undangan',
  'kartu-buat': 'Membuat kartu undangan',
  'rekap-unduh': 'Mengunduh rekap',
  'naskah-lihat': 'Membaca naskah',
  'naskah-tambah': 'Menulis naskah',
  'pencabutan-lihat': 'Melihat pencabutan',
  'pencabutan-ubah': 'Mengajukan atau menyetujui pencabutan',
  'petugas-lihat': 'Melihat daftar petugas',
  'petugas-ubah': 'Mengubah petugas',
  'kunci-sendiri': 'Mengatur kunci sandi',
  'riwayat-lihat': 'Membaca riwayat',
};

/**
 * Why an act is refused: who may. `held`: the roles of who asked, where that says more: none at all, or one that would do if it were
 * not for some event alone.
 */
export function whoMay(act: Act, held: readonly Pick<Role, 'peran' | 'kegiatanId'>[]): Message {
  const roles: readonly Peran[] = ROLES_FOR[act];
  if (held.length === 0) return NO_ROLE;
  const all = new Intl.ListFormat('id').format(roles);
  const narrow = held.find(({ peran, kegiatanId }) => kegiatanId !== null && roles.includes(peran));
  return narrow
    ? {
        title: `${actNames[act]}: hanya ${all} semua kegiatan.`,
        next: `Anda ${narrow.peran} untuk kegiatan tertentu. Minta penyelenggara memperluas peran Anda.`,
      }
    : {
        title: `${actNames[act]}: hanya ${all}.`,
        next: `Minta ${roles[0]} melakukannya, atau memberi Anda peran itu.`,
      };
}

const NO_ROLE: Message = {
  title: 'Anda tidak punya peran di kantor ini.',
  next: 'Minta penyelenggara memberi Anda peran.',
};

/** To who had one. */
export const ROLE_OVER: Message = {
  ...NO_ROLE,
  next: 'Peran Anda sudah berakhir. Minta penyelenggara memberinya lagi.',
};

/** To whose roles are all to come: they stand below it, each with its beginning. */
export const ROLE_TO_COME: Message = {
  title: 'Peran Anda belum mulai berlaku.',
  next: 'Sampai saat itu tidak ada yang perlu Anda kerjakan. Sesudahnya kantor ini terbuka bagi Anda.',
};

/** To who has a role to come that will let them: it stands below, with its beginning. The title says who may. */
export const ROLE_TO_LET: Pick<Message, 'next'> = {
  next: 'Peran itu belum mulai berlaku. Sesudahnya halaman ini terbuka bagi Anda.',
};

/** To who has roles, but none with this event of their organiser's. */
export const OTHER_EVENT: Message = {
  title: 'Kegiatan ini di luar peran Anda.',
  next: 'Minta penyelenggara memberi Anda peran pada kegiatan ini.',
};

/** An act was stopped since the role for it was taken away on its way. */
export const ROLE_CHANGED: Message = {
  title: 'Peran Anda baru saja berubah.',
  next: 'Tindakan ini tidak dijalankan. Muat ulang halaman, atau tanyakan kepada penyelenggara.',
};

/** `Pengawas`, `Petugas kegiatan Deklarasi Contoh`. */
export const roleName = ({ peran, judul }: { peran: Peran; judul: string | null }): string =>
  judul === null ? peranNames[peran].title : `${peranNames[peran].title} kegiatan ${judul}`;

/** What somebody does in a role: of one event alone, that of it. */
export const dutyOf = ({ peran, judul }: { peran: Peran; judul: string | null }): string =>
  peran === 'pengawas' && judul !== null
    ? 'membaca semua di kegiatan itu, tidak mengubah apa pun'
    : peranNames[peran].does;

/** A role that is offered by a link: also as what, where, from when and until. */
export function offeredRole(
  role: {
    peran: Peran;
    judul: string | null;
    lembaga: string;
    jabatan: string;
    mulai: Date | null;
    sampai: Date | null;
  },
  zona: Zona,
): string {
  const { jabatan, lembaga, mulai, sampai } = role;
  return [
    roleName(role),
    jabatan,
    lembaga,
    mulai && `mulai berlaku ${formatInstant(mulai, zona)}`,
    sampai && `sampai ${formatInstant(sampai, zona)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
