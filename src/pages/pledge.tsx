/** `/p/<kode>` and `/P/<hash>`: one pledge, for whoever holds the paper. Shown by test/pages/pledge.test.ts. */
import { type Context, Hono } from 'hono';
import { parseLeaf } from '../ledger/leaf.ts';
import { FULL, formatTilePath } from '../ledger/tile.ts';
import { base64 } from '../lib/base64.ts';
import { equal, hex } from '../lib/bytes.ts';
import { Failure } from '../lib/failure.ts';
import { formatDigest, sha256Text } from '../lib/sha256.ts';
import { formatDay, formatInstant, formatNumber } from '../lib/zone.ts';
import { findProvable, type Provable, prove, proveWithdrawal } from '../proof/assemble-proof.ts';
import { checkProof, type Report } from '../proof/check-proof.ts';
import type { ProofFile } from '../proof/proof-file.ts';
import { limitSentences, stepWords, verdictSentence } from '../proof/verdicts.ts';
import type { WithdrawalFile } from '../proof/withdrawal-file.ts';
import type { Env, Services } from '../services.ts';
import * as pledges from '../signature/pledges.ts';
import { nameIn, parseName, pledgeAddress } from '../statement/address.ts';
import { formatCode } from '../statement/code.ts';
import { hashSymbols, parseStatement, type Statement } from '../statement/statement.ts';
import { parseWithdrawal } from '../withdrawal/withdrawal.ts';
import * as withdrawals from '../withdrawal/withdrawals.ts';
import { checkMessages } from './check/check-messages.ts';
import { CheckForm, FakeWarning } from './check.tsx';
import { HaltedLedger, HaltNote } from './halt-note.tsx';
import { Page } from './layout.tsx';
import { Facts, Notice, Tag, WordingText } from './parts.tsx';

type Pledge = pledges.Pledge;

/**
 * What was signed and when, read from the signed text and from the ledger's entry, never from columns beside them. Null if
 * the text is not the one whose digest was signed and entered: then somebody changed the database.
 */
async function unchanged({ statement, hash, entry }: Pledge): Promise<{ said: Statement; at: Date } | null> {
  try {
    const digest = await sha256Text(statement);
    const { jenis, fields, waktu } = parseLeaf(entry);
    const entered = fields.find(([name]) => name === 'pernyataan')?.[1];
    const same = equal(digest, hash) && jenis === 'tanda-tangan' && entered === formatDigest(digest);
    return same ? { said: parseStatement(statement), at: waktu } : null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** `withdrawn`: since when and why; null while the pledge stands. `compared`: with a paper, which may say anything. */
interface StatusProps {
  pledge: Pledge;
  recorded: boolean;
  withdrawn: Withdrawn | null;
  compared: boolean;
}

type Withdrawn = { at: Date; alasan: string };

function Status({ pledge, recorded, withdrawn, compared }: StatusProps) {
  if (withdrawn) {
    return (
      <Notice kind="warn" title="Ikrar ini dicabut" head>
        <p>
          Dicabut {formatInstant(withdrawn.at, pledge.zona)}. Alasan: {withdrawn.alasan}
        </p>
        {pledge.replacedBy ? (
          <p>
            Digantikan oleh ikrar <PledgeLink kode={pledge.replacedBy} />.
          </p>
        ) : (
          <p>Jangan dipakai lagi sebagai bukti. Data di bawah ini tetap ditunjukkan sebagai riwayat.</p>
        )}
      </Notice>
    );
  }
  if (recorded && compared) {
    return (
      <Notice title="Ikrar di bawah ini terdaftar">
        <p>Ikrar ini ditandatangani dan tercatat. Kertas Anda belum tentu sama dengannya.</p>
      </Notice>
    );
  }
  return recorded ? (
    <Notice kind="good" title="Dokumen asli" head>
      <p>Ikrar ini ditandatangani dan tercatat. Cocokkan nama dan isinya dengan dokumennya.</p>
    </Notice>
  ) : (
    <Notice kind="wait" title="Menunggu pencatatan" head={!compared}>
      <p>Tanda tangan sudah diterima, tetapi belum tercatat. Buka lagi halaman ini sebentar lagi.</p>
    </Notice>
  );
}

/**
 * For who comes from a photo or a scan of a paper (src/client/check/sighting.ts): its words were not compared by anybody yet.
 * `head`: nothing more pressing is to be said first.
 */
const Comparison = ({ head }: { head: boolean }) => (
  <Notice kind="wait" title="Bandingkan dengan kertas Anda" head={head}>
    <p>Cocokkan kertas di tangan Anda dengan halaman ini:</p>
    <ul>
      <li>nama, jabatan, dan wilayah</li>
      <li>tanggal dan nomor</li>
      <li>setiap butir ikrar, kata demi kata</li>
    </ul>
    <p>
      <strong>Ada yang berbeda?</strong> Jangan pakai kertas itu. Yang berlaku adalah yang tertulis di halaman
      ini. Beri tahu penyelenggara.
    </p>
  </Notice>
);

const PledgeLink = ({ kode }: { kode: string }) => (
  <a class="code" href={pledgeAddress({ kind: 'code', code: kode })}>
    {formatCode(kode)}
  </a>
);

function Who({ pledge, said, at }: { pledge: Pledge; said: Statement; at: Date }) {
  return (
    <Facts
      rows={[
        ['Nama', <span class="name">{said.nama}</span>],
        ['Jabatan saat itu', said.jabatan],
        [
          'Wilayah',
          <>
            {said.wilayah.nama} <span class="code muted">{said.wilayah.kode}</span>
          </>,
        ],
        ['Kegiatan', <a href={`/daftar/kegiatan/${pledge.kegiatanId}`}>{said.kegiatan}</a>],
        ['Penyelenggara', said.penyelenggara.nama],
        ['Tempat dan tanggal', `${said.tempat}, ${formatDay(said.tanggal)}`],
        ['Ditandatangani', formatInstant(at, pledge.zona)],
        ['Nomor', said.nomor],
        ['Kode', <span class="code">{formatCode(said.kode)}</span>],
        ['Menggantikan', pledge.replaces && <PledgeLink kode={pledge.replaces} />],
      ]}
    />
  );
}

function Words({ said, statement }: { said: Statement; statement: string }) {
  return (
    <>
      <h2>Isi ikrar</h2>
      <WordingText isi={said.isi} />
      <details>
        <summary>Pernyataan lengkap, huruf demi huruf seperti yang ditandatangani</summary>
        <pre>{statement}</pre>
      </details>
    </>
  );
}

/** Address of the bundle of entries in which this one stands, as large as the published tree has it. */
function entryAddress(logIndex: number, published: number): string | null {
  if (logIndex >= published) return null;
  const index = Math.floor(logIndex / FULL);
  const width = Math.min(FULL, published - index * FULL);
  return `/catatan/${formatTilePath({ level: 'entries', index, width })}`;
}

/** What the procedure that anyone can run has shown, when we ran it just now with our own ledger's key. */
function Shown({ report, path, withdrawn }: { report: Report; path: string; withdrawn: boolean }) {
  const marks = { terbukti: 'good', gagal: 'bad', 'tidak diperiksa': 'info' } as const;
  return (
    <>
      <h2>Yang terbukti</h2>
      <p>
        Layanan ini memeriksa buktinya sendiri, dengan <a href="/catatan/kunci">kunci catatannya</a> sendiri.
      </p>
      <Facts
        rows={report.steps.map((verdict) => [
          stepWords[verdict.step].name,
          <>
            <Tag kind={marks[verdict.outcome]}>{verdict.outcome}</Tag> {verdictSentence(verdict)}
          </>,
        ])}
      />
      <p>Dengan berkas ini siapa pun dapat memeriksanya tanpa layanan ini:</p>
      <ul>
        <li>
          <a href={`${path}/bukti.json`}>bukti.json</a>, juga terlampir dalam dokumen PDF
        </li>
        <li>
          <a href={`${path}/bukti.tlog-proof`}>bukti.tlog-proof</a>, bukti pencatatan saja
        </li>
        {withdrawn && (
          <li>
            <a href={`${path}/pencabutan.json`}>pencabutan.json</a>, bukti pencabutannya
          </li>
        )}
      </ul>
      <h3>Yang tidak terbukti</h3>
      <ul>
        {report.limits.map((limit) => (
          <li>{limitSentences[limit]}</li>
        ))}
      </ul>
    </>
  );
}

function Record({ pledge, logIndex, env }: { pledge: Pledge; logIndex: number; env: Services }) {
  const entries = entryAddress(logIndex, pledge.published);
  return (
    <>
      <h2>Catatan terbuka</h2>
      <p>
        Ikrar ini adalah catatan nomor <strong>{formatNumber(logIndex)}</strong>.{' '}
        <a href="/catatan">Catatan</a> hanya dapat ditambah, tidak dapat diubah.
      </p>
      <HaltedLedger env={env} />
      <ul>
        <li>
          <a href="/catatan/checkpoint">Ringkasan catatan yang ditandatangani</a>
        </li>
        {entries && (
          <li>
            <a href={entries}>Berkas yang memuat catatan ini</a>
          </li>
        )}
      </ul>
      <pre>{pledge.entry}</pre>
    </>
  );
}

/** Ed25519 keys (RFC 8410) are checked by another command. */
const isEd25519 = (spki: Uint8Array): boolean => hex(spki.subarray(0, 12)) === '302a300506032b6570032100';

/** Lines for a shell, for those who want to trust nobody: the text's digest, then the passkey's signature over it. */
export function commands(pledge: Pledge, address: string): { digest: string; signature: string } {
  const bytes = (value: Uint8Array, to: string): string =>
    `printf %s '${base64(value)}' | openssl base64 -d -A ${to}`;
  const lines = base64(pledge.spki).replace(/.{64}(?=.)/g, "$&' '");
  return {
    digest: `curl -s ${address}/pernyataan.txt | sha256sum`,
    signature: [
      `(printf 'ikrar/tantangan@v1\\n'; curl -s ${address}/pernyataan.txt) | openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d =`,
      bytes(pledge.clientDataJson, '> klien.json'),
      'cat klien.json',
      bytes(pledge.authenticatorData, '> data'),
      'openssl dgst -sha256 -binary klien.json >> data',
      bytes(pledge.signature, '> tanda-tangan'),
      `printf '%s\\n' '-----BEGIN PUBLIC KEY-----' '${lines}' '-----END PUBLIC KEY-----' > kunci.pem`,
      isEd25519(pledge.spki)
        ? 'openssl pkeyutl -verify -pubin -inkey kunci.pem -rawin -in data -sigfile tanda-tangan'
        : 'openssl dgst -sha256 -verify kunci.pem -signature tanda-tangan data',
    ].join('\n'),
  };
}

function Yourself({ pledge, address }: { pledge: Pledge; address: string }) {
  const { digest, signature } = commands(pledge, address);
  return (
    <>
      <h2>Periksa sendiri</h2>
      <p>
        Hitung sidik digital <a href={`${new URL(address).pathname}/pernyataan.txt`}>pernyataan</a>. Hasilnya
        harus sama.
      </p>
      <pre>
        {digest}
        {'\n'}
        {hex(pledge.hash)}
      </pre>
      <p>
        QR pada dokumen memuat awal sidik itu: <code>{hashSymbols(pledge.hash)}</code>.
      </p>
      <details>
        <summary>Periksa tanda tangannya dengan openssl</summary>
        <p>Baris pertama menghitung tantangan. Nilainya harus sama dengan “challenge” dalam klien.json.</p>
        <p>Baris terakhir harus menjawab “Verified OK” atau “Signature Verified Successfully”.</p>
        <pre>{signature}</pre>
      </details>
    </>
  );
}

const Meaning = () => (
  <>
    <h2>Apa artinya?</h2>
    <p>
      Ini tanda tangan elektronik <strong>tidak tersertifikasi</strong>. Penanda tangan memakai kunci sandi di
      HP, tanpa sertifikat dari PSrE Indonesia.
    </p>
    <p>
      Tanda tangan membuktikan isi tidak berubah. Siapa orangnya bergantung pada daftar dan pemeriksaan
      penyelenggara. <a href="/tentang">Batas layanan ini</a>
    </p>
  </>
);

const checkOwn = (proof: ProofFile, withdrawal: WithdrawalFile | null, verifier: string): Promise<Report> =>
  checkProof({ proof, statement: null, pdf: null, withdrawal }, { verifier, source: 'bawaan' });

/**
 * What the page and status.json say of a pledge that wasn't erased. `sound`: it is what was signed and recorded; without a report, as
 * far as that can be told before it is published.
 */
export async function judgePledge({ db, config, signer }: Env['Bindings'], provable: Provable) {
  const { pledge, current } = provable;
  const [found, kept, proof] = await Promise.all([
    unchanged(pledge),
    withdrawals.byHash(db, pledge.hash),
    prove(db, config, provable),
  ]);
  const withdrawal = await proveWithdrawal(db, config, kept, current);
  const report = proof && (await checkOwn(proof, withdrawal, signer.verifier));
  const sound = found !== null && (!report || report.verdict === (withdrawal ? 'dicabut' : 'asli'));
  return { found, kept, report, sound };
}

/** What doesn't fit together may have been erased between two reads: then that is said. */
export const isErased = async ({ db }: Env['Bindings'], { kode }: Pledge): Promise<boolean> =>
  (await pledges.byCode(db, kode))?.erased != null;

/** Of what can't be read there is none: the check says so. */
const reasonOf = (statement: string): string => {
  try {
    return parseWithdrawal(statement).alasan;
  } catch (error) {
    if (error instanceof Failure) return '';
    throw error;
  }
};

async function show(c: Context<Env>): Promise<Response> {
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
  const { origin } = c.env.config;
  const { host } = new URL(origin);
  const typed = c.req.param('typed')!;
  const parsed = parseName(typed);
  const inside = parsed.ok ? null : nameIn(typed);
  if (inside) return c.redirect(pledgeAddress(inside), 303);
  const provable = parsed.ok ? await findProvable(c.env.db, parsed.name) : null;
  if (!provable) {
    const fault = !parsed.ok ? parsed.code : parsed.name.kind === 'code' ? 'code-unknown' : 'hash-unknown';
    const { title, next } = checkMessages[fault];
    return c.html(
      <Page title={title} noindex>
        <Notice kind="warn" title={title} head>
          <p>{next}</p>
        </Notice>
        <HaltNote env={c.env} />
        <CheckForm value={parsed.ok && parsed.name.kind === 'hash' ? '' : typed} />
        <FakeWarning host={host} />
      </Page>,
      404,
    );
  }
  const { pledge } = provable;
  if (pledge.erased) return showErased(c, pledge, pledge.erased);
  const { found, kept, report, sound } = await judgePledge(c.env, provable);
  const withdrawn = kept && { at: kept.at, alasan: reasonOf(kept.statement) };
  if (!found || !sound) {
    if (await isErased(c.env, pledge)) return show(c);
    const failed = report?.steps.filter(({ outcome }) => outcome === 'gagal') ?? [];
    console.error(`ikrar ${pledge.kode} tidak sama dengan yang ditandatangani`, failed);
    const title = found ? 'Bukti tidak cocok' : 'Isi tidak cocok';
    return c.html(
      <Page title={title} noindex>
        <Notice kind="bad" title={title} head>
          <p>Data ini berbeda dari yang ditandatangani atau dicatat. Jangan dipakai sebagai bukti.</p>
        </Notice>
        <ul>
          {failed.map((verdict) => (
            <li>{verdictSentence(verdict)}</li>
          ))}
        </ul>
        <p>Laporkan kode ini kepada penyelenggara.</p>
        <p class="code">{formatCode(pledge.kode)}</p>
      </Page>,
      500,
    );
  }
  const path = pledgeAddress({ kind: 'code', code: pledge.kode });
  const recorded = report !== null;
  const compared = c.req.query('banding') === 'ya';
  const title = withdrawn
    ? 'Ikrar dicabut'
    : compared
      ? 'Bandingkan'
      : recorded
        ? 'Dokumen asli'
        : 'Menunggu pencatatan';
  return c.html(
    <Page
      title={`${title}: ${found.said.nama}`}
      about={{
        // What a chat shows of the link stays there for years: nothing that may change, as its status may.
        title: `Ikrar netralitas: ${found.said.nama}`,
        text: `${found.said.jabatan}, ${found.said.wilayah.nama}. ${found.said.kegiatan}. Buka untuk melihat statusnya sekarang.`,
      }}
      noindex
    >
      {compared && !withdrawn && <Comparison head />}
      <Status pledge={pledge} recorded={recorded} withdrawn={withdrawn} compared={compared} />
      {compared && withdrawn && <Comparison head={false} />}
      <Who pledge={pledge} said={found.said} at={found.at} />
      {compared && <Words said={found.said} statement={pledge.statement} />}
      <div class="actions">
        {recorded && (
          <a class="button" href={`${path}.pdf`}>
            Unduh dokumen (PDF)
          </a>
        )}
        <a class="button secondary" href="/periksa">
          Periksa yang lain
        </a>
      </div>
      <FakeWarning host={host} />
      {!compared && <Words said={found.said} statement={pledge.statement} />}
      <Meaning />
      <details class="technical">
        <summary>Bukti teknis, dan cara memeriksanya sendiri</summary>
        <p>Ditandatangani dengan kunci sandi (passkey) di HP, dengan {found.said.identitas}.</p>
        {report && <Shown report={report} path={path} withdrawn={withdrawn !== null} />}
        {recorded && pledge.logIndex !== null && (
          <Record pledge={pledge} logIndex={pledge.logIndex} env={c.env} />
        )}
        <Yourself pledge={pledge} address={`${origin}${path}`} />
      </details>
    </Page>,
  );
}

/** What is left of a pledge whose data the law had us remove: its digests, and that they stand in the ledger. */
async function showErased(c: Context<Env>, pledge: Pledge, { at, alasan }: Withdrawn) {
  const withdrawn = await withdrawals.byHash(c.env.db, pledge.hash);
  return c.html(
    <Page title="Data ikrar dihapus" noindex>
      <Notice kind="info" title="Data ikrar ini dihapus" head>
        <p>Pernyataan, bukti, dan dokumennya dihapus dari layanan ini atas dasar hukum.</p>
        <p>
          {formatInstant(at, pledge.zona)}. Alasan: {alasan}
        </p>
        {withdrawn && <p>Sebelum itu ikrar ini sudah dicabut, {formatInstant(withdrawn.at, pledge.zona)}.</p>}
      </Notice>
      <Facts
        rows={[
          ['Kode', <span class="code">{formatCode(pledge.kode)}</span>],
          ['Sidik pernyataan', <code>{hex(pledge.hash)}</code>],
        ]}
      />
      <p>Catatan terbuka hanya memuat sidik digital. Sidik itu tidak menunjukkan siapa pun.</p>
      <p>Siapa yang menyimpan dokumennya masih dapat memeriksanya sendiri.</p>
      {pledge.logIndex !== null && <Record pledge={pledge} logIndex={pledge.logIndex} env={c.env} />}
      <p class="actions">
        <a class="button secondary" href="/periksa">
          Periksa yang lain
        </a>
      </p>
    </Page>,
  );
}

export const pledgePage = new Hono<Env>()
  .get('/:typed{[^/.]+}', show)

  // The signed bytes, nothing before and nothing after them.
  .get('/:typed{[^/.]+}/pernyataan.txt', async (c) => {
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
    const parsed = parseName(c.req.param('typed')!);
    const pledge = parsed.ok ? await pledges.byName(c.env.db, parsed.name) : null;
    if (pledge?.erased) return c.text('Data ikrar ini dihapus.\n', 410);
    return pledge ? c.text(pledge.statement) : c.text('Kode tidak ditemukan.\n', 404);
  });

/** What chats and people add to an address: `/p/7K3F-9QXM-2DA7.`, `/p`. Behind all that stands below a pledge; another file stays none. */
export const nearPledge = new Hono<Env>().on(
  'GET',
  ['/:alone{[pP][^0-9A-Za-z]*}', '/p/*', '/P/*'],
  (c, next) => {
    // `/p/…/bukti` is no file of ours, `/p/…/bukti*` was one before a chat had it; a last slash is taken away elsewhere.
    if (/^\/p\/[^/]+\/(?:.*[0-9A-Za-z/])?$/i.test(c.req.path)) return next();
    const name = nameIn(c.req.path.slice('/p'.length));
    if (name) return c.redirect(pledgeAddress(name), 303);
    return /^\/p\P{L}*$/iu.test(c.req.path) ? c.redirect('/periksa', 303) : next();
  },
);
