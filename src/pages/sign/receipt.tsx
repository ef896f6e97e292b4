/** What a signer sees and keeps when the ledger has the pledge: the script puts the words in. */
import { Notice } from '../parts.tsx';
import { HelpPlace } from './help.tsx';

/** `data-earlier`: stands there only if the pledge was signed before this visit, or only if it wasn't. */
export function ReceiptScreen() {
  return (
    <section>
      <h1>
        <span data-earlier="ya">Bapak/Ibu sudah menandatangani</span>
        <span data-earlier="tidak">Selesai. Terima kasih.</span>
      </h1>
      <div class="actions">
        <a class="button wide" href="/p" data-ke=".pdf">
          Unduh dokumen (PDF)
        </a>
      </div>
      <Notice kind="good" title="Tercatat">
        <p data-isi="waktu" />
        <p data-earlier="ya">Tidak perlu mengulang.</p>
      </Notice>
      <dl class="card identity">
        <dt>Kode</dt>
        <dd class="code name" data-isi="kode" />
        <dt>Nama</dt>
        <dd data-isi="nama" />
        <dt>Jabatan</dt>
        <dd data-isi="jabatan" />
        <dt>Kegiatan</dt>
        <dd data-isi="kegiatan" />
      </dl>
      <div class="actions">
        <a class="button secondary wide" href="/p" data-ke="">
          Lihat halaman pemeriksaan
        </a>
        <button type="button" class="quiet wide" data-act="bagikan" data-done="Tautan tersalin">
          Bagikan tautan pemeriksaan
        </button>
      </div>
      <HelpPlace brief />
    </section>
  );
}
