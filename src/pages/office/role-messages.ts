/** For officers: their roles, and who may do what. */
import { type Act, ROLES_FOR } from '../../office/may.ts';
import type { Peran } from '../../office/role.ts';
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

/** Why an act is refused: who may. */
export function whoMay(act: Act): Message {
  const roles: readonly Peran[] = ROLES_FOR[act];
  if (roles.length === Object.keys(peranNames).length) return NO_ROLE;
  const all = new Intl.ListFormat('id').format(roles);
  return {
    title: `${actNames[act]}: hanya ${all}.`,
    next: `Minta ${roles[0]} melakukannya, atau memberi Anda peran itu.`,
  };
}

const NO_ROLE: Message = {
  title: 'Anda belum punya peran di kantor ini.',
  next: 'Peran itu belum diberi, atau sudah berakhir. Tanyakan kepada penyelenggara.',
};
