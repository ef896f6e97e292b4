/** What a signer sees and keeps when the ledger has the pledge. */
import { formatInstant, type Zona } from '../../lib/zone.ts';
import { formatCode } from '../../statement/code.ts';
import { Notice } from '../parts.tsx';

export interface ReceiptProps {
  nama: string;
  jabatan: string;
  kegiatan: string;
  zona: Zona;
  /** Twelve symbols. */
  kode: string;
  at: Date;
  /** Signed before this visit. */
  earlier: boolean;
}

export function Receipt({ nama, jabatan, kegiatan, zona, kode, at, earlier }: ReceiptProps) {
  const page = `/p/${formatCode(kode)}`;
  return (
    <section>
      <h1>{earlier ? 'Bapak/Ibu sudah menandatangani' : 'Tanda tangan tersimpan'}</h1>
      <Notice kind="good" title="Tercatat">
        <p>{formatInstant(at, zona)}</p>
        {earlier && <p>Tidak perlu mengulang.</p>}
      </Notice>
      <dl class="card identity">
        <dt>Kode</dt>
        <dd class="code name" data-isi="kode">
          {formatCode(kode)}
        </dd>
        <dt>Nama</dt>
        <dd>{nama}</dd>
        <dt>Jabatan</dt>
        <dd>{jabatan}</dd>
        <dt>Kegiatan</dt>
        <dd>{kegiatan}</dd>
      </dl>
      <div class="actions">
        <a class="button wide" href={`${page}.pdf`}>
          Unduh dokumen (PDF)
        </a>
        <a class="button secondary wide" href={page}>
          Lihat halaman pemeriksaan
        </a>
        <button
          type="button"
          class="quiet wide"
          data-act="bagikan"
          data-alamat={page}
          data-judul={`Ikrar ${nama}`}
          data-done="Tautan tersalin"
        >
          Bagikan tautan pemeriksaan
        </button>
      </div>
    </section>
  );
}
