/** What a signer sees and keeps when the ledger has the pledge: the script puts the words in. */
import { Notice } from '../parts.tsx';
import { HelpPlace } from './help-card.tsx';

/** Of a pledge that this phone signed. `data-earlier`: stands there only if that was before this visit, or only if it wasn't. */
export function ReceiptScreen() {
  return (
    <section>
      <h1>
        <span data-earlier="ya">Bapak/Ibu sudah menandatangani</span>
        <span data-earlier="tidak">Selesai. Terima kasih.</span>
      </h1>
      <Download />
      <Notice kind="good" title="Tercatat">
        <p data-isi="waktu" />
        <p data-earlier="ya">Tidak perlu mengulang.</p>
      </Notice>
      <Pledge />
      <div class="actions">
        <Look />
        <button type="button" class="quiet wide" data-act="bagikan" data-done="Tautan tersalin">
          Bagikan tautan pemeriksaan
        </button>
      </div>
      <HelpPlace brief />
    </section>
  );
}

/** Of one that it did not: whoever holds a card can sign with it, so the reader is not told that it was they. */
export function ForeignReceiptScreen() {
  return (
    <section>
      <h1>Dengan kartu ini sudah ditandatangani</h1>
      <Notice kind="warn" title="HP ini tidak menyimpan tanda tangan itu">
        <p>Bila bukan Bapak/Ibu yang menandatangani, segera hubungi penyelenggara.</p>
        <p>Bapak/Ibu menandatangani di HP atau browser lain? Tidak perlu mengulang.</p>
      </Notice>
      <HelpPlace brief />
      <Pledge when />
      <Download />
      <div class="actions">
        <Look />
      </div>
    </section>
  );
}

const Download = () => (
  <div class="actions">
    <a class="button wide" href="/p" data-ke=".pdf">
      Unduh dokumen (PDF)
    </a>
  </div>
);

const Look = () => (
  <a class="button secondary wide" href="/p" data-ke="">
    Lihat halaman pemeriksaan
  </a>
);

const Pledge = ({ when = false }: { when?: boolean }) => (
  <dl class="card identity">
    <dt>Kode</dt>
    <dd class="code name" data-isi="kode" />
    <dt>Nama</dt>
    <dd data-isi="nama" />
    <dt>Jabatan</dt>
    <dd data-isi="jabatan" />
    <dt>Kegiatan</dt>
    <dd data-isi="kegiatan" />
    {when && (
      <>
        <dt>Tercatat</dt>
        <dd data-isi="waktu" />
      </>
    )}
  </dl>
);
