/** The frame of every page. One act per screen; server-rendered; little script. */
import type { Child } from 'hono/jsx';

export interface Frame {
  title: string;
  children?: Child;
  /** Which part of the site this is: sets the head of the page. */
  part?: 'public' | 'office' | 'sign';
  /** Scripts of this page, as bundled from src/client: `sign` is /aset/sign.js. */
  scripts?: readonly string[];
  /** In the office: who is signed in. */
  officer?: { nama: string; organizer: string };
}

export function Page({ title, children, part = 'public', scripts = [], officer }: Frame) {
  return (
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} · Ikrar</title>
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
            Ikrar
          </a>
          {part === 'public' && (
            <nav aria-label="Menu utama">
              <a href="/periksa">Periksa</a>
              <a href="/daftar">Daftar</a>
            </nav>
          )}
          {part === 'office' && officer && (
            <nav aria-label="Menu kantor">
              <a href="/kantor">Kegiatan</a>
              <a href="/kantor/naskah">Naskah</a>
              <a href="/kantor/petugas">Petugas</a>
              <form method="post" action="/kantor/keluar">
                <button class="link" type="submit">
                  Keluar
                </button>
              </form>
            </nav>
          )}
        </header>
        <main id="isi">{children}</main>
        <footer>
          {part === 'office' && officer && (
            <p>
              {officer.nama}, {officer.organizer}
            </p>
          )}
          <p>Ikrar. Tanda tangan elektronik tidak tersertifikasi.</p>
        </footer>
      </body>
    </html>
  );
}
