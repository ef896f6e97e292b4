/**
 * The part of /periksa that checks a file on the reader's own device: the field, what the reader may trust besides, and the
 * ledger's key. The script is src/client/check-script.ts; what it may say, sentences.tsx. Shown by test/browser/check.test.ts.
 *
 * `data-daring` marks what the copy kept for use without a network leaves out, `data-luring` what it alone shows.
 */
import type { Child } from 'hono/jsx';
import { Notice } from '../parts.tsx';
import { Sentences } from './sentences.tsx';

export function FileCheck({ verifier, host }: { verifier: string; host: string }) {
  return (
    <section id="berkas" data-kunci={verifier}>
      <h2>Periksa berkas</h2>
      <p>
        <strong>Berkas tidak dikirim ke mana pun.</strong> Semua langkah berjalan di perangkat Anda.
        <span data-daring> Bila ada internet, hanya kodenya yang ditanyakan ke situs ini.</span>
      </p>
      <noscript>
        <p>Pemeriksaan berkas perlu JavaScript. Tanpa itu, tulis kodenya di atas.</p>
      </noscript>
      <div class="drop">
        <label for="pilih">Pilih berkas ikrar</label>
        <input
          type="file"
          id="pilih"
          multiple
          accept=".pdf,.json,.txt,.heic,.heif,application/pdf,application/json,text/plain,image/*"
          aria-describedby="pilih-petunjuk"
        />
        <p class="hint" id="pilih-petunjuk">
          PDF ikrar, bukti.json, pernyataan.txt, atau pencabutan.json. Foto dan hasil pindai juga boleh:
          QR-nya dibaca di perangkat ini. Berkas juga dapat diseret ke sini.
        </p>
      </div>
      <p id="kabar" role="status" />
      <progress id="kerja" aria-label="Memeriksa berkas" hidden />
      <details>
        <summary>Dari mana kepercayaan hasil ini?</summary>
        <p>
          Dari kunci catatan yang dibawa halaman ini, bukan dari berkas yang diperiksa. Kunci itu diberikan
          oleh <strong class="host">{host}</strong>.
        </p>
        <pre>{verifier}</pre>
        <p>Bandingkan dengan kunci yang diumumkan di luar situs ini, bila ada.</p>
      </details>
      <WitnessPolicy />
      <KeptCheckpoint host={host} />
      <div data-daring>
        <div class="actions">
          <button type="button" class="secondary" id="simpan">
            Simpan halaman ini untuk dipakai tanpa internet
          </button>
        </div>
        <p id="kabar-simpan" role="status" />
        <p class="small muted">
          Hasilnya satu berkas HTML dengan kunci catatan di dalamnya. Buka dengan browser, tanpa sambungan.
        </p>
      </div>
      <Sentences host={host} />
    </section>
  );
}

/** For those who have something of their own to trust. */
interface OwnFileProps {
  id: string;
  label: string;
  hint: Child;
  without: string;
}

const OwnFile = ({ id, label, hint, without }: OwnFileProps) => (
  <>
    <div class="field">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-petunjuk`}>
        {hint}
      </p>
      <input type="file" id={id} aria-describedby={`${id}-petunjuk`} />
    </div>
    <p id={`kabar-${id}`} role="status" />
    <button type="button" class="secondary" id={`tanpa-${id}`} hidden>
      {without}
    </button>
  </>
);

const WitnessPolicy = () => (
  <details>
    <summary>Punya kebijakan saksi?</summary>
    <p>Kebijakan menyebut saksi luar yang harus ikut menandatangani catatan. Berkasnya milik Anda.</p>
    <OwnFile
      id="kebijakan"
      label="Pilih berkas kebijakan"
      hint="Berkas ini juga tidak dikirim ke mana pun."
      without="Periksa tanpa kebijakan"
    />
  </details>
);

const KeptCheckpoint = ({ host }: { host: string }) => (
  <details>
    <summary>Punya ringkasan catatan simpanan?</summary>
    <p>Dengan ringkasan yang Anda simpan dulu, terlihat apakah catatan itu masih yang sama.</p>
    <OwnFile
      id="ringkasan"
      label="Pilih berkas ringkasan"
      hint={
        <>
          Ringkasan hari ini: <span class="host">{host}/catatan/checkpoint</span>
        </>
      }
      without="Periksa tanpa ringkasan"
    />
    <OwnFile
      id="konsistensi"
      label="Pilih berkas konsistensi"
      hint={
        <>
          Perlu bila ukurannya berbeda: <span class="host">{host}/catatan/konsistensi/‹lama›/‹baru›</span>
        </>
      }
      without="Periksa tanpa berkas konsistensi"
    />
  </details>
);

/** Told by the copy that was kept. */
export const KeptNotice = ({ host }: { host: string }) => (
  <div data-luring hidden>
    <Notice title="Halaman tersimpan">
      <p>
        Disimpan dari {host} pada <span data-isi="disimpan" />. Halaman ini bekerja tanpa internet.
      </p>
    </Notice>
  </div>
);
