/** The frame of the office's pages, and what several of them show. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Tahap } from '../../kegiatan/event.ts';
import { formatDay } from '../../lib/zone.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { may } from '../../office/may.ts';
import type { Env } from '../../services.ts';
import { absent } from '../errors.tsx';
import { HaltBanner } from '../halt-note.tsx';
import { Page } from '../layout.tsx';
import type { Message } from '../message.ts';
import { Crumbs, Notice, type NoticeKind, Tag } from '../parts.tsx';

export interface OfficeFrame {
  c: Context<OfficeEnv>;
  title: string;
  /** Of the menu. */
  at?: '/kantor' | '/kantor/naskah' | '/kantor/petugas' | '/kantor/riwayat';
  /** The event it is of: the way up then leads to it, and paper says which one it is. */
  event?: { id: string; judul: string; tanggal: string; tempat: string };
  /** The way up, without this page. */
  up?: readonly { name: string; href: string }[];
  /** This page's name at the end of the way up, if its title is too long for that. */
  here?: string;
  /** The page itself tells what has changed about officers. */
  toldNews?: boolean;
  children?: Child;
}

const OFFICERS = '/kantor/petugas';

/** Where the menu leads, and what is done there: what somebody may not do is not shown. */
const MENU = [
  { href: '/kantor', name: 'Kegiatan', act: 'kantor-lihat' },
  { href: '/kantor/naskah', name: 'Naskah', act: 'naskah-lihat' },
  { href: OFFICERS, name: 'Petugas', act: 'kunci-sendiri' },
  { href: '/kantor/riwayat', name: 'Riwayat', act: 'riwayat-lihat' },
] as const;

export function OfficePage(props: OfficeFrame) {
  const { c, title, at = '/kantor', event, here = title, toldNews = false, children } = props;
  const up = props.up ?? (event ? upFromEvent(event) : []);
  const { nama, organizer, roles, news } = c.get('officer');
  return (
    <Page
      title={title}
      part="office"
      at={at}
      scripts={['office']}
      officer={{
        nama,
        organizer: organizer.nama,
        roles: [...new Set(roles.map(({ peran }) => peran))].join(', '),
        menu: MENU.filter(({ act }) => may(c.get('officer'), act)).map(({ href, name }) => ({
          href,
          name: href === OFFICERS && !may(c.get('officer'), 'petugas-lihat') ? 'Kunci Anda' : name,
        })),
      }}
    >
      <HaltBanner env={c.env} />
      {news && roles.length > 0 && !toldNews && at !== OFFICERS && (
        <Notice kind="warn" title="Ada perubahan petugas atau kunci sandi">
          <p>
            Terjadi sejak Anda terakhir memeriksa. <a href={OFFICERS}>Periksa sekarang</a>
          </p>
        </Notice>
      )}
      {up.length > 0 && <Crumbs steps={[...up, { name: here }]} />}
      {event && (
        <p class="print-only">
          <b>{event.judul}</b>
          <br />
          {event.tempat}, {formatDay(event.tanggal)}
        </p>
      )}
      {children}
    </Page>
  );
}

/** The way up from a page of an event. */
export const upFromEvent = (event: { id: string; judul: string }) => [
  { name: 'Kegiatan', href: '/kantor' },
  { name: short(event.judul), href: `/kantor/kegiatan/${event.id}` },
];

/** Cut in the middle, at words where there are any, so that the way up stays in one line: titles differ at their ends as well. */
export const short = (judul: string): string =>
  judul.length <= 34
    ? judul
    : `${judul.slice(0, 18).replace(/\s+\S*$/, '')}… ${judul.slice(-15).replace(/^\S*\s+/, '')}`;

/** For what isn't there, and for what is another organiser's: the two look alike. */
export const notFound = (c: Context<OfficeEnv>) =>
  c.html(
    <OfficePage c={c} title="Tidak ditemukan">
      <h1>Halaman ini tidak ditemukan</h1>
      <p>Alamatnya mungkin salah ketik, atau datanya milik penyelenggara lain.</p>
      <p class="actions">
        <a class="button" href="/kantor">
          Ke daftar kegiatan
        </a>
      </p>
    </OfficePage>,
    404,
  );

/** There is no such page: said in the office's frame to whoever is in it. */
export const elsewhere = (c: Context<Env>) =>
  (c.var as Partial<OfficeEnv['Variables']>).officer
    ? notFound(c as unknown as Context<OfficeEnv>)
    : absent(c);

/** Filled by the script while the device asks for the passkey: the text it is asked over. */
export const SignedText = () => (
  <details id="teks" hidden>
    <summary>Teks yang diminta dari kunci sandi</summary>
    <pre />
  </details>
);

export const Said = (props: { message: Message; kind?: NoticeKind; children?: Child }) => (
  <Notice kind={props.kind ?? 'bad'} title={props.message.title} live>
    <p>{props.message.next}</p>
    {props.children}
  </Notice>
);

const TAHAP: Record<Tahap, { name: string; kind: NoticeKind }> = {
  disiapkan: { name: 'Disiapkan', kind: 'info' },
  dibuka: { name: 'Dibuka', kind: 'good' },
  ditutup: { name: 'Ditutup', kind: 'warn' },
};

export const StageTag = ({ event }: { event: { tahap: Tahap; lapsed: boolean } }) =>
  event.tahap === 'dibuka' && event.lapsed ? (
    <Tag kind="warn">Batas waktu lewat</Tag>
  ) : (
    <Tag kind={TAHAP[event.tahap].kind}>{TAHAP[event.tahap].name}</Tag>
  );
