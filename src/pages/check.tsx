/**
 * `/periksa`: a code typed or a link pasted, on its way to the page of the pledge; or a file, checked where it is. Shown by
 * test/pages/check.test.ts.
 */
import { Hono } from 'hono';
import type { Env } from '../services.ts';
import { leadOf, pledgeAddress } from '../statement/address.ts';
import { checkMessages } from './check/check-messages.ts';
import { FileCheck, KeptNotice } from './check/file-check.tsx';
import { Page } from './layout.tsx';
import { Field, Notice } from './parts.tsx';

export function CheckForm({ value, fault }: { value?: string; fault?: keyof typeof checkMessages }) {
  const message = fault && checkMessages[fault];
  return (
    <form action="/periksa" method="get" class="find long">
      <Field
        name="kode"
        label="Kode ikrar"
        hint="Contoh: 7K3F-9QXM-2DA7. Tautan dari QR juga dapat ditempel."
        error={message && `${message.title}. ${message.next}`}
        value={value}
        input={{ autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: 2000 }}
      />
      <button type="submit">Periksa</button>
    </form>
  );
}

export const FakeWarning = ({ host }: { host: string }) => (
  <p class="small muted">
    Pastikan alamat situs: <strong class="host">{host}</strong>. QR palsu dapat membuka situs lain yang mirip.
  </p>
);

export const checkPage = new Hono<Env>().get('/', (c) => {
  c.header('cache-control', 'no-store');
  const host = new URL(c.env.config.origin).host;
  const value = c.req.query('kode');
  const lead = value === undefined ? null : leadOf(value, host);
  if (lead?.kind === 'pledge') return c.redirect(pledgeAddress(lead.name), 303);
  const fault =
    lead?.kind === 'empty'
      ? 'code-empty'
      : lead?.kind === 'unread'
        ? 'link-unread'
        : lead?.kind === 'mistyped'
          ? lead.code
          : undefined;
  return c.html(
    <Page title="Periksa keaslian dokumen" at="/periksa" scripts={['check']}>
      <h1>Periksa keaslian dokumen</h1>
      <KeptNotice host={host} />
      <section id="hasil" aria-label="Hasil pemeriksaan" />
      <div data-daring>
        <p class="lead">Pindai QR pada dokumen dengan kamera HP, atau tulis kodenya di sini.</p>
        {lead?.kind === 'foreign' && (
          <Notice kind="warn" title="Tautan itu menuju situs lain" live>
            <p>
              Tautan itu membuka {lead.host}, bukan {host}. Jangan percaya isinya.
            </p>
          </Notice>
        )}
        <CheckForm value={value ?? ''} {...(fault && { fault })} />
        <Camera />
        <p class="small muted">
          Kode tercetak di samping QR: 12 huruf dan angka, dalam tiga kelompok. Huruf besar atau kecil sama
          saja.
        </p>
        <FakeWarning host={host} />
      </div>
      <FileCheck verifier={c.env.signer.verifier} host={host} />
    </Page>,
    value === undefined ? 200 : 400,
  );
});

/** Shown by its script where there is a camera to ask for. */
const Camera = () => (
  <div id="kamera" class="camera" hidden>
    <video muted playsinline hidden aria-label="Gambar kamera: arahkan ke QR" />
    <button type="button" class="secondary">
      Pindai QR dengan kamera
    </button>
    <button type="button" class="secondary" hidden>
      Tutup kamera
    </button>
    <p id="kabar-kamera" role="status" />
  </div>
);
