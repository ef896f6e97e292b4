/** What pages say while the ledger stands still. Shown by test/pages/halt.test.ts. */
import { raw } from 'hono/html';
import { haltSizes, isSelfTold } from '../ledger/halt.ts';
import type { Services } from '../services.ts';
import { haltMessages } from './halt-messages.ts';
import { Notice } from './parts.tsx';

interface Asking {
  env: Pick<Services, 'halted'>;
}

/** For whoever looks something up: what is newest may be missing here. */
export async function HaltNote({ env }: Asking) {
  if ((await env.halted({ waits: false })) === null) return raw('');
  const { title, next } = haltMessages.public;
  return (
    <Notice kind="warn" title={title}>
      <p>{next}</p>
    </Notice>
  );
}

/** Where the ledger's checkpoint is spoken of. */
export async function HaltedLedger({ env }: Asking) {
  if ((await env.halted({ waits: false })) === null) return raw('');
  return <p>Ringkasan baru sedang tidak diterbitkan. Yang sudah terbit tetap berlaku.</p>;
}

/** For officers, on each of their pages: what can't be done, what can, whom to call and what to tell them. */
export async function HaltBanner({ env }: Asking) {
  const halt = await env.halted();
  if (halt === null) return raw('');
  return (
    <Notice kind="bad" title="Pencatatan sedang dihentikan">
      <p>Tidak ada yang hilang. Untuk sementara tidak ada yang dapat ditandatangani atau diubah.</p>
      <p>Membaca halaman dan mengunduh rekap tetap bisa.</p>
      <p>
        Hubungi pengelola server. Sebutkan: <b>{halt.code}</b>. {!isSelfTold(halt.code) && haltSizes(halt)}
      </p>
    </Notice>
  );
}
