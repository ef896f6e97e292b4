/** What waits for an officer, in words: what it is, what to do next, and where. */
import { oneStop } from '../../lib/text.ts';
import { formatInstant, formatNumber, type Zona } from '../../lib/zone.ts';
import type { Peran } from '../../office/role.ts';
import type { Task } from '../../task/task.ts';
import type { Message } from '../message.ts';
import type { NoticeKind } from '../parts.tsx';
import { besideMessages, ownBesideMessages, tellChange } from './officer-messages.ts';
import { roleName } from './role-messages.ts';

export interface TaskMessage extends Message {
  href: string;
  kind: NoticeKind;
  /** Of what event it is. */
  judul?: string;
  /** What has happened, each in a sentence, and how many more there are. */
  points?: { told: readonly string[]; more: number };
}

/** Changes about officers that are told on the front page; their own page has all. */
const TOLD = 3;

const atEvent = ({ event }: { event: { id: string; judul: string } }, below = '') => ({
  href: `/kantor/kegiatan/${event.id}${below}`,
  judul: event.judul,
});

const atRequest = ({ request }: { request: { kegiatanId: string; personId: string } }): string =>
  `/kantor/kegiatan/${request.kegiatanId}/daftar/${request.personId}/pencabutan`;

/** `zona`: of the office, where no event says its own. */
export function taskMessage(task: Task, zona: Zona): TaskMessage {
  switch (task.kind) {
    case 'withdrawal-confirm':
      return {
        kind: 'warn',
        title: `Pencabutan ikrar ${task.request.nama} menunggu Anda`,
        next: `Diajukan ${task.request.byNama}, ${formatInstant(task.request.at, zona)}. Periksa, lalu setujui atau batalkan.`,
        href: atRequest(task),
      };
    case 'withdrawal-not-yet':
      return {
        kind: 'wait',
        title: `Pencabutan ikrar ${task.request.nama} belum dapat Anda setujui`,
        next: oneStop(
          `Diajukan ${task.request.byNama}. ${(task.why.own ? besideMessages : ownBesideMessages)[task.why.code].title}.`,
        ),
        href: atRequest(task),
      };
    case 'withdrawal-own':
      return {
        kind: 'wait',
        title: `Pengajuan Anda menunggu petugas lain: ikrar ${task.request.nama}`,
        next: 'Minta petugas lain masuk, lalu menyetujui pencabutan ini.',
        href: atRequest(task),
      };
    case 'withdrawal-open':
      return {
        kind: 'info',
        title: `Pencabutan ikrar ${task.request.nama} menunggu petugas kedua`,
        next: `Diajukan ${task.request.byNama}, ${formatInstant(task.request.at, zona)}.`,
        href: atRequest(task),
      };
    case 'officer-news':
      return {
        kind: 'warn',
        title: 'Ada perubahan petugas atau kunci sandi',
        next: 'Terjadi sejak Anda terakhir memeriksa. Periksa, lalu nyatakan bahwa Anda mengenalnya.',
        href: '/kantor/petugas',
        points: {
          told: task.changes.slice(0, TOLD).map((change) => tellChange(change, zona)),
          more: Math.max(0, task.changes.length - TOLD),
        },
      };
    case 'deadline-past':
      return {
        kind: 'warn',
        title: 'Batas waktu sudah lewat',
        next: `${formatInstant(task.event.batas, task.event.zona)}. Perpanjang, atau tutup kegiatannya.`,
        ...atEvent(task),
      };
    case 'deadline-near': {
      const until = `Batas waktu ${formatInstant(task.event.batas, task.event.zona)}.`;
      return {
        kind: 'warn',
        title: `${formatNumber(task.event.belum)} orang belum menandatangani`,
        next: task.acts ? `${until} Ingatkan mereka sekarang.` : until,
        ...atEvent(task, '/daftar?status=belum'),
      };
    }
    case 'wording-missing':
      return {
        kind: task.event.tahap === 'dibuka' ? 'warn' : 'info',
        title: `Naskah belum dipilih untuk ${task.unsur.join(', ')}`,
        next:
          task.event.tahap === 'dibuka'
            ? 'Mereka belum dapat menandatangani. Pilih naskah.'
            : 'Pilih naskah.',
        ...atEvent(task, '/naskah'),
      };
    case 'list-empty':
      return {
        kind: 'info',
        title: 'Daftar nama masih kosong',
        next: 'Unggah berkas, atau mulai dari tabel kode wilayah.',
        ...atEvent(task, '/daftar'),
      };
    case 'contact-missing':
      return {
        kind: 'info',
        title: 'Narahubung belum diisi',
        next: 'Penanda tangan perlu tahu siapa yang dapat ditanya. Isi nama dan nomornya.',
        ...atEvent(task, '/ubah'),
      };
    case 'ready':
      return {
        kind: 'good',
        title: 'Siap dibuka',
        next: 'Periksa daftar dan naskah sekali lagi, lalu buka.',
        ...atEvent(task, '/pembukaan'),
      };
    case 'cards-missing':
      return {
        kind: 'warn',
        title: `${formatNumber(task.count)} orang belum punya kartu undangan`,
        next: 'Buat kartunya, cetak, lalu bagikan.',
        ...atEvent(task, '/kartu'),
      };
    case 'papers-late':
      return {
        kind: 'wait',
        title: `${formatNumber(task.count)} dokumen PDF belum jadi`,
        next: 'Tanda tangannya sudah tercatat dan sah. Bila berlanjut, hubungi pengelola layanan.',
        ...atEvent(task),
      };
    case 'papers-unstamped':
      return {
        kind: 'wait',
        title: `${formatNumber(task.count)} dokumen PDF menunggu stempel waktu`,
        next: 'Dicoba lagi otomatis. Bila berlanjut, hubungi pengelola layanan.',
        ...atEvent(task),
      };
    case 'witness-silent':
      return {
        kind: 'wait',
        title: `Saksi catatan ${task.name} lebih dari satu jam tidak menandatangani`,
        next: 'Ikrar tetap tercatat dan sah. Beri tahu pengelola layanan.',
        href: '/catatan',
      };
    case 'role-ends':
      return {
        kind: 'warn',
        title: `Peran Anda berakhir ${formatInstant(task.role.sampai, zona)}`,
        next: `${oneStop(`${roleName(task.role)}.`)} Masih diperlukan? Minta penyelenggara memperpanjangnya.`,
        href: '/kantor/petugas',
      };
    case 'link-lapses':
      return {
        kind: 'info',
        title: `${task.key ? 'Tautan kunci sandi' : 'Undangan'} untuk ${task.nama ?? 'petugas baru'} belum dipakai`,
        next: `Berlaku sampai ${formatInstant(task.expiresAt, zona)}. Ingatkan orangnya.`,
        href: '/kantor/petugas',
      };
    case 'second-officer':
      return task.colleagues === 0
        ? {
            kind: 'info',
            title: 'Siapkan petugas kedua',
            next: 'Mencabut ikrar yang keliru perlu dua petugas. Petugas baru dihitung sesudah 24 jam.',
            href: '/kantor/petugas',
          }
        : {
            kind: 'info',
            title: 'Belum ada petugas kedua yang dihitung',
            next: 'Mencabut ikrar yang keliru perlu dua petugas. Lihat sebabnya.',
            href: '/kantor/petugas',
          };
  }
}

/** What somebody is here for who has nothing to do in the office itself. */
export const hereFor: Record<Extract<Peran, 'saksi' | 'piket'>, Message> = {
  saksi: {
    title: 'Anda di sini sebagai saksi',
    next: 'Belum ada yang perlu Anda tandatangani. Penyelenggara memberi tahu Anda bila waktunya tiba.',
  },
  piket: {
    title: 'Anda di sini sebagai petugas piket',
    next: 'Belum ada laporan yang menunggu Anda. Penyelenggara memberi tahu Anda jadwalnya.',
  },
};
