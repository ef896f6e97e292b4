/**
 * `/periksa`: a code typed or a link pasted, on its way to the page of the pledge; or a file, checked where it is. Shown by
 * test/pages/check.test.ts.
 */
import { Hono } from 'hono';
import { normalizeSymbols } from '../lib/base32.ts';
import type { Env } from '../services.ts';
import { type CodeFault, formatCode, parseCode } from '../statement/code.ts';
import { FileCheck, KeptNotice } from './check/file.tsx';
import { Page } from './layout.tsx';
import { checkMessages } from './messages.ts';
import { Field, Notice } from './parts.tsx';

/** What names a pledge: its code, or the hash in its QR. */
export type Name = { kind: 'code'; code: string } | { kind: 'hash'; symbols: string };

const HASH_LENGTH = 32;

/** In any letter case, with or without hyphens. */
export function parseName(typed: string): { ok: true; name: Name } | { ok: false; code: CodeFault } {
  const symbols = normalizeSymbols(typed);
  if (symbols?.length === HASH_LENGTH) return { ok: true, name: { kind: 'hash', symbols } };
  const parsed = parseCode(typed);
  return parsed.ok ? { ok: true, name: { kind: 'code', code: parsed.code } } : parsed;
}

/** The address under which it stands for good. */
export const addressOf = (name: Name): string =>
  name.kind === 'code' ? `/p/${formatCode(name.code)}` : `/P/${name.symbols}`;

type Pasted =
  | { kind: 'typed'; typed: string }
  | { kind: 'foreign'; host: string }
  | { kind: 'unread' }
  | { kind: 'empty' };

/** A code as it is, or what stands in a link of ours. */
function read(pasted: string, ourHost: string): Pasted {
  const text = pasted.trim();
  if (text === '') return { kind: 'empty' };
  if (!text.includes('/')) return { kind: 'typed', typed: text };
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol)) return { kind: 'unread' };
  if (url.host.toLowerCase() !== ourHost) return { kind: 'foreign', host: url.host };
  const found = /^\/p\/([^/.]+)/i.exec(url.pathname);
  return found ? { kind: 'typed', typed: found[1]! } : { kind: 'unread' };
}

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
        input={{ autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: 300 }}
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

export const checkPage = new Hono<Env>().get('/periksa', (c) => {
  c.header('cache-control', 'no-store');
  const host = new URL(c.env.config.origin).host;
  const value = c.req.query('kode');
  const pasted = value === undefined ? null : read(value, host);
  const parsed = pasted?.kind === 'typed' ? parseName(pasted.typed) : null;
  if (parsed?.ok) return c.redirect(addressOf(parsed.name), 303);
  const fault =
    pasted?.kind === 'empty'
      ? 'code-empty'
      : pasted?.kind === 'unread'
        ? 'link-unread'
        : parsed?.ok === false
          ? parsed.code
          : undefined;
  return c.html(
    <Page title="Periksa keaslian dokumen" at="/periksa" scripts={['check']}>
      <h1>Periksa keaslian dokumen</h1>
      <KeptNotice host={host} />
      <div data-daring>
        <p class="lead">Pindai QR pada dokumen dengan kamera HP, atau tulis kodenya di sini.</p>
        {pasted?.kind === 'foreign' && (
          <Notice kind="warn" title="Tautan itu menuju situs lain" live>
            <p>
              Tautan itu membuka {pasted.host}, bukan {host}. Jangan percaya isinya.
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
