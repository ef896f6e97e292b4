/** About the paper of a pledge. */
import type { IssuedPaper } from '../document/issue-paper.ts';
import type { Message } from './message.ts';

type DocumentCode = Exclude<Extract<IssuedPaper, { ok: false }>['code'], 'document-unknown'>;

/** The paper of a pledge. */
export const documentMessages: Record<DocumentCode, Message> = {
  'document-waiting': {
    title: 'Tanda tangan menunggu pencatatan',
    next: 'Dokumen siap setelah tanda tangan tercatat. Muat ulang halaman ini sebentar lagi.',
  },
  'document-early': {
    title: 'Dokumen menunggu jam server',
    next: 'Tanda tangan sudah tercatat dan sah. Dokumennya dibuat otomatis begitu jam server benar.',
  },
  'document-unsealed': {
    title: 'Dokumen menunggu segel',
    next: 'Tanda tangan sudah tercatat dan sah. Dokumennya dibuat otomatis; coba lagi beberapa menit lagi.',
  },
  'document-halted': {
    title: 'Dokumen belum dapat dibuat',
    next: 'Pencatatan sedang dihentikan. Tidak ada yang hilang. Coba lagi nanti.',
  },
};
