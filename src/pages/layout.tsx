/** The frame of every page. One act per screen; server-rendered; little script. */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';

interface Frame {
  title: string;
  children?: Child;
  /** Which part of the site this is: sets the head of the page. */
  part?: 'public' | 'office' | 'sign';
  /** Address of the menu's entry that this page belongs to. */
  at?: string;
  /** What a chat or a search engine shows of a page outside of the office; otherwise its title, and what the site is. */
  about?: { title?: string; text: string };
  /** Keeps a page about a person out of search engines. */
  noindex?: boolean;
  /** Scripts of this page, as build.ts names them: `sign` is /aset/sign.js. */
  scripts?: readonly string[];
  /** In the office: who is signed in, as what, and where they may go. */
  officer?: { nama: string; organizer: string; roles: string; menu: Menu };
}

type Menu = readonly { href: string; name: string }[];

const PUBLIC_MENU: Menu = [
  { href: '/periksa', name: 'Periksa' },
  { href: '/daftar', name: 'Daftar' },
];

function Entries({ menu, at }: { menu: Menu; at: string | undefined }) {
  return (
    <>
      {menu.map(({ href, name }) => (
        <a href={href} aria-current={href === at ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </>
  );
}

export function Page({
  title,
  children,
  part = 'public',
  at,
  about = { text: 'Ikrar netralitas yang dapat diperiksa siapa saja.' },
  noindex = part !== 'public',
  scripts = [],
  officer,
}: Frame) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="id">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          {/* --sheet of public/ikrar.css. */}
          <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
          <meta name="theme-color" content="#0e1726" media="(prefers-color-scheme: dark)" />
          {noindex && <meta name="robots" content="noindex" />}
          <title>{title} · Ikrar</title>
          {part !== 'office' && (
            <>
              <meta name="description" content={about.text} />
              <meta property="og:title" content={about.title ?? title} />
              <meta property="og:description" content={about.text} />
              <meta property="og:type" content="website" />
              <meta property="og:site_name" content="Ikrar" />
              <meta property="og:locale" content="id_ID" />
            </>
          )}
          <link rel="stylesheet" href="/ikrar.css" />
          <link rel="icon" href="/ikrar.svg" type="image/svg+xml" />
          {scripts.map((name) => (
            <script type="module" src={`/aset/${name}.js`} />
          ))}
        </head>
        <body class={part}>
          <a class="skip" href="#isi">
            Langsung ke isi
          </a>
          <header class="top">
            <a class="brand" href={part === 'office' ? '/kantor' : '/'}>
              <img src="/ikrar.svg" alt="" width="32" height="32" />
              Ikrar
            </a>
            {part === 'public' && (
              <nav aria-label="Menu utama">
                <Entries menu={PUBLIC_MENU} at={at} />
              </nav>
            )}
            {part === 'office' && officer && (
              <nav aria-label="Menu kantor">
                <Entries menu={officer.menu} at={at} />
              </nav>
            )}
            {part === 'office' && officer && (
              <form class="leave no-print" method="post" action="/kantor/keluar">
                <button type="submit">Keluar</button>
              </form>
            )}
          </header>
          <main id="isi" tabindex={-1}>
            {children}
          </main>
          <footer>
            {part === 'office' && officer && (
              <p>
                {officer.nama}
                {officer.roles && ` (${officer.roles})`}, {officer.organizer}
              </p>
            )}
            {part === 'public' && (
              <nav class="no-print" aria-label="Tentang layanan ini">
                <a href="/tentang">Cara kerja dan batasnya</a>
                <a href="/privasi">Pelindungan data pribadi</a>
                <a href="/catatan">Catatan terbuka</a>
              </nav>
            )}
            <p>Ikrar. Tanda tangan elektronik tidak tersertifikasi.</p>
          </footer>
        </body>
      </html>
    </>
  );
}
