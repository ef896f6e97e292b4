/** Whom to ask, wherever a signer can't go on alone: the script puts it where a screen has a place for it, once it is known. */

/** Its place on a screen. `brief`: the event stands there already. */
export const HelpPlace = ({ brief = false }: { brief?: boolean }) => (
  <div data-bantuan={brief ? 'ringkas' : ''} hidden />
);

/** `data-telepon`, `data-obrolan`: links that are taken away where there is no number, or none for WhatsApp. */
export function HelpCard() {
  return (
    <section class="card help">
      <h2>Hubungi penyelenggara</h2>
      <dl class="facts">
        <dt>Penyelenggara</dt>
        <dd data-isi="penyelenggara" />
        <dt data-acara>Kegiatan</dt>
        <dd data-acara data-isi="kegiatan" />
        <dt data-acara>Tanggal</dt>
        <dd data-acara data-isi="tanggal" />
        <dt data-kontak>Kontak</dt>
        <dd data-kontak data-isi="kontakNama" />
        {/* Also on paper, where there are no buttons. */}
        <dt data-nomor>Telepon</dt>
        <dd data-nomor data-isi="nomor" />
      </dl>
      <div class="actions" data-nomor>
        <a class="button secondary" href="/u" data-telepon>
          Telepon
        </a>
        <a class="button secondary" href="/u" data-obrolan rel="noreferrer">
          WhatsApp
        </a>
      </div>
    </section>
  );
}
