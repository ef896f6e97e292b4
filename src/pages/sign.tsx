/**
 * The signing page: a shell without personal data. The token stands after `#`, so it never comes with this request; the
 * script sends it to /undangan. Every screen is here already, as a template: what comes later is data, put in as text.
 */
import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { parseInvitation } from '../invitation/token.ts';
import type { Env } from '../services.ts';
import { Page } from './layout.tsx';
import { Notice } from './parts.tsx';
import { HelpCard, HelpPlace } from './sign/help-card.tsx';
import { ForeignReceiptScreen, ReceiptScreen } from './sign/receipt.tsx';
import { KeptScreen, OtherCode, RefusalScreen, TypedCode, UnsentItem } from './sign/refusal.tsx';
import { TROUBLES, type Trouble } from './sign/reply.ts';
import { troubleMessages } from './sign/sign-messages.ts';
import { DataStep, HowOften, PledgeStep, WrongStep } from './sign/steps.tsx';

/** Made once: it is the same for everyone. */
let shell: string | undefined;

export const signPage = new Hono<Env>()
  // As an address is typed on a phone that begins a line with a capital; what stands behind `#` goes along.
  .get('/U', (c) => c.redirect('/u', 301))
  .get('/u', async (c) => {
    shell ??= String(await (<Shell />));
    c.header('cache-control', 'no-cache');
    return c.html(shell);
  })
  // With what a chat put behind it, also where the token came along in the wrong way: then it goes where no log has it.
  .get('/:dressed{[uU][^0-9A-Za-z/].*}', (c) => {
    const typed = parseInvitation(c.req.param('dressed').slice(1));
    return c.redirect(typed.ok ? `/u#${typed.symbols}` : '/u', 303);
  });

/** In a chat the link is the same for everyone: what it is, and that it opens on one's own phone. */
const INVITATION = {
  title: 'Undangan tanda tangan ikrar netralitas',
  text: 'Baca ikrarnya di HP sendiri, lalu tanda tangan dengan sidik jari, wajah, atau PIN layar.',
};

const Shell = () => (
  <Page title="Tanda tangan ikrar" part="sign" about={INVITATION} scripts={['sign']}>
    <div id="layar">
      <h1>Ikrar netralitas</h1>
      <noscript>
        <p>Halaman ini perlu JavaScript. Nyalakan JavaScript di browser, atau datang ke meja petugas.</p>
      </noscript>
      {/* Seen only if the script never comes: an old browser, a network that stalls. */}
      <p class="late">Belum terbuka? Muat ulang halaman ini, atau pakai Chrome atau Safari terbaru.</p>
    </div>
    <Screen name="kode">
      <h1>Buka undangan</h1>
      <p>Pindai kode QR di kartu dengan kamera HP, atau ketik kodenya.</p>
      <TypedCode />
      <div data-daftar hidden>
        <h2>Belum terkirim dari HP ini</h2>
      </div>
    </Screen>
    <Screen name="simpanan">
      <UnsentItem />
    </Screen>
    <Screen name="membuka">
      <h1>Membuka undangan</h1>
      <p role="status">Tunggu sebentar.</p>
    </Screen>
    <Screen name="meminta">
      <h1>Ikuti petunjuk di HP</h1>
      <p role="status">
        <HowOften />
      </p>
      <details data-teks hidden>
        <summary>Teks yang diminta dari kunci sandi</summary>
        <pre />
      </details>
    </Screen>
    <Screen name="data">
      <DataStep />
    </Screen>
    <Screen name="salah">
      <WrongStep />
    </Screen>
    <Screen name="ikrar">
      <PledgeStep />
    </Screen>
    <Screen name="kirim">
      <Sending />
    </Screen>
    <Screen name="tercatat">
      <ReceiptScreen />
    </Screen>
    <Screen name="tercatat-lain">
      <ForeignReceiptScreen />
    </Screen>
    <Screen name="ditolak">
      <RefusalScreen />
    </Screen>
    <Screen name="tersimpan">
      <KeptScreen />
    </Screen>
    <Screen name="bantuan">
      <HelpCard />
    </Screen>
    {TROUBLES.map((trouble) => (
      <Screen name={trouble}>
        <TroubleScreen trouble={trouble} />
      </Screen>
    ))}
  </Page>
);

const Screen = ({ name, children }: { name: string; children?: Child }) => (
  <template id={`layar-${name}`}>{children}</template>
);

/** The three states in words; the script marks where the signature is. */
function Sending() {
  return (
    <>
      <h1>Tanda tangan sudah dibuat</h1>
      <p class="hidden-text" role="status" data-kabar />
      <ol class="steps states">
        <li data-state="belum" aria-current="step">
          Belum terkirim
        </li>
        <li data-state="terkirim">Terkirim, menunggu pencatatan</li>
        <li data-state="tercatat">Tercatat</li>
      </ol>
      <div data-tunda hidden>
        <Notice
          kind="wait"
          title={
            <>
              <span data-why="putus">Sambungan terputus</span>
              <span data-why="henti">Pencatatan sedang dihentikan</span>
              <span data-why="gangguan">Ada gangguan di layanan kami</span>
              <span data-why="ramai">Sedang ramai</span>
            </>
          }
        >
          <p data-when="belum">
            <span data-stored="ya">Tanda tangan tersimpan di HP ini. Tertutup? Buka lagi undangan ini.</span>
            <span data-stored="tidak">
              HP ini tidak dapat menyimpan tanda tangan. Jangan tutup halaman ini.
            </span>
          </p>
          <p data-when="terkirim">Tanda tangan sudah sampai, dan menunggu pencatatan.</p>
          <p>
            <b data-why="putus">Nyalakan Wi-Fi atau data seluler. </b>
            <b>Biarkan halaman ini terbuka. HP mencoba lagi sendiri.</b>
          </p>
        </Notice>
        <button type="button" class="wide secondary" data-act="kirim-ulang">
          Kirim ulang
        </button>
        <HelpPlace />
        <OtherCode />
      </div>
    </>
  );
}

/** Those that a second try may mend; it goes on from where the first stopped. */
const AGAIN: Partial<Record<Trouble, string>> = {
  cancelled: 'Coba lagi',
  'second-tap': 'Lanjutkan tanda tangan',
  'timed-out': 'Coba lagi',
  'key-silent': 'Coba lagi',
  'service-failed': 'Coba lagi',
  'service-busy': 'Coba lagi',
  unreachable: 'Coba lagi',
  interrupted: 'Coba lagi',
  'phone-failed': 'Coba lagi',
};

/** What a phone says that looks for a passkey and has it no more: it doesn't say so. */
const KEY_MAY_BE_GONE: readonly Trouble[] = ['phone-failed', 'statement-differs'];

/** Said with nothing beside it: nobody but the person can do it. */
const ONE_THING: readonly Trouble[] = ['cancelled', 'second-tap', 'timed-out', 'unreachable', 'interrupted'];

const OPEN_AGAIN: readonly Trouble[] = ['data-illegible', 'statement-differs', 'receipt-differs'];

function TroubleScreen({ trouble }: { trouble: Trouble }) {
  const { title, next } = troubleMessages[trouble];
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{next}</p>
      {AGAIN[trouble] && (
        <button type="button" class="wide" data-act="ulang">
          {AGAIN[trouble]}
        </button>
      )}
      {OPEN_AGAIN.includes(trouble) && (
        <button type="button" class="wide" data-act="buka">
          Buka lagi
        </button>
      )}
      {trouble === 'clock-wrong' && (
        <button type="button" class="wide" data-act="buka">
          Coba lagi
        </button>
      )}
      {trouble === 'no-screen-lock' && (
        <>
          <button type="button" class="wide" data-act="buka">
            Sudah dipasang, coba lagi
          </button>
          <p class="muted">Belum bisa? Datanglah ke meja petugas.</p>
        </>
      )}
      {trouble === 'key-silent' && (
        <button type="button" class="wide secondary" data-act="kunci-baru">
          Buat kunci sandi baru
        </button>
      )}
      {KEY_MAY_BE_GONE.includes(trouble) && (
        <button type="button" class="wide quiet" data-act="kunci-baru" data-lama hidden>
          Kunci sandi hilang? Buat baru
        </button>
      )}
      {(trouble === 'in-app' || trouble === 'no-passkeys') && <WayOut inside={trouble === 'in-app'} />}
      {(trouble === 'in-app' || trouble === 'no-screen-lock') && (
        <button type="button" class="wide quiet" data-act="lanjut">
          Tetap lanjutkan di sini
        </button>
      )}
      {(trouble === 'cancelled' || trouble === 'timed-out' || trouble === 'key-silent') && (
        <button type="button" class="wide quiet" data-act="baca">
          Baca lagi ikrarnya
        </button>
      )}
      {!ONE_THING.includes(trouble) && <HelpPlace />}
      {trouble === 'receipt-differs' && <OtherCode />}
    </>
  );
}

/** Out of an app that shows pages by itself. The script gives the link its address where there is one that helps. */
function WayOut({ inside }: { inside: boolean }) {
  return (
    <>
      <a class="button wide" href="/u" data-keluar hidden>
        Buka di browser
      </a>
      {inside && (
        <p>
          Atau ketuk titik tiga <b aria-hidden="true">⋮</b> di sudut layar, lalu <b>Buka di browser</b>.
        </p>
      )}
      <div class="field">
        <label for="alamat">
          {inside ? 'Atau salin' : 'Salin'} tautan ini, lalu tempel di Chrome atau Safari.
        </label>
        <input id="alamat" data-alamat readonly />
      </div>
      <button type="button" class="wide secondary" data-act="salin" data-done="Tersalin">
        Salin tautan
      </button>
    </>
  );
}
