/** The whole site on one screen: middleware, then one line per address. */
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { forNoCache, requireOfficer, sameOrigin } from './office/door.ts';
import { aboutPage } from './pages/about.tsx';
import { readAgain } from './pages/again.ts';
import { checkPage } from './pages/check.tsx';
import { documentPage } from './pages/document.tsx';
import {
  otherMethod,
  translateError,
  uncachedErrors,
  withoutLastSlash,
  withoutNull,
} from './pages/errors.tsx';
import { secured, varied } from './pages/headers.ts';
import { healthPage } from './pages/health.tsx';
import { homePage } from './pages/home.tsx';
import { ledgerPage } from './pages/ledger.tsx';
import { listPage } from './pages/list.tsx';
import { cardsPage } from './pages/office/cards.tsx';
import { enterPage } from './pages/office/enter.tsx';
import { eventEditPage } from './pages/office/event-edit.tsx';
import { eventNewPage } from './pages/office/event-new.tsx';
import { eventPage } from './pages/office/event-overview.tsx';
import { eventStagesPage } from './pages/office/event-stages.tsx';
import { eventWordingsPage } from './pages/office/event-wordings.tsx';
import { exportPage } from './pages/office/export.tsx';
import { elsewhere } from './pages/office/frame.tsx';
import { readOnlyWhileHalted } from './pages/office/halted.tsx';
import { officeHomePage } from './pages/office/office-home.tsx';
import { officerChangePage } from './pages/office/officer-change.tsx';
import { officersPage, sessionsPage } from './pages/office/officer-list.tsx';
import { papersPage } from './pages/office/papers.tsx';
import { rosterPage } from './pages/office/roster.tsx';
import { rosterPersonPage } from './pages/office/roster-person.tsx';
import { rosterUploadPage } from './pages/office/roster-upload.tsx';
import { withdrawalPage } from './pages/office/roster-withdrawal.tsx';
import { trailPage } from './pages/office/trail.tsx';
import { wordingsPage } from './pages/office/wording-list.tsx';
import { nearPledge, pledgePage } from './pages/pledge.tsx';
import { evidencePage } from './pages/pledge-files.tsx';
import { pledgeStatusPage } from './pages/pledge-status.ts';
import { invitationPages } from './pages/sign/addresses.ts';
import { signPage } from './pages/sign.tsx';
import { inTurn } from './pages/turn.ts';
import type { Env } from './services.ts';

export const app = new Hono<Env>();

app.use(secured);
app.use(varied);
app.use(readAgain((request, services) => app.fetch(request, services)));
app.use(uncachedErrors);
app.use(inTurn);
app.use(withoutNull);
app.use(withoutLastSlash);
app.use(methodNotAllowed({ app, onMethodNotAllowed: otherMethod }));
app.onError(translateError);
app.notFound(elsewhere);

app.route('/', homePage);
app.route('/', aboutPage); // /tentang, /privasi
app.route('/periksa', checkPage);
app.route('/daftar', listPage);
// As a QR has it, too.
for (const pledge of ['/p', '/P']) {
  // Before the page of a pledge, whose address also matches `.pdf`.
  app.route(pledge, documentPage); // …pdf
  app.route(pledge, pledgePage);
  app.route(pledge, evidencePage); // …/pernyataan.txt, bukti.json, bukti.tlog-proof, pencabutan.json
  app.route(pledge, pledgeStatusPage); // …/status.json
}
app.route('/', nearPledge); // /p with nothing behind it
app.route('/catatan', ledgerPage);
app.route('/sehat', healthPage);
app.route('/', signPage); // /u
app.route('/undangan', invitationPages);

app.use('/kantor/*', forNoCache);
app.use('/kantor/*', sameOrigin);
app.route('/kantor', enterPage); // masuk, keluar
// Whatever stands below is for officers.
app.use('/kantor/*', requireOfficer);
app.route('/kantor/petugas', sessionsPage); // sesi/akhir
app.use('/kantor/*', readOnlyWhileHalted);
app.route('/kantor', officeHomePage); // /kantor, /kantor/angka, /kantor/wilayah.csv
app.route('/kantor/kegiatan/baru', eventNewPage);
app.route('/kantor/kegiatan/:id', eventPage);
app.route('/kantor/kegiatan/:id/ubah', eventEditPage);
app.route('/kantor/kegiatan/:id/naskah', eventWordingsPage);
app.route('/kantor/kegiatan/:id', eventStagesPage); // pembukaan, penutupan
app.route('/kantor/kegiatan/:id/daftar', rosterPage);
app.route('/kantor/kegiatan/:id/daftar', rosterUploadPage); // unggah, pratinjau, tabel-kode, templat
app.route('/kantor/kegiatan/:id/daftar/:person{[0-9a-f-]{36}}', rosterPersonPage);
app.route('/kantor/kegiatan/:id/daftar/:person{[0-9a-f-]{36}}/pencabutan', withdrawalPage);
app.route('/kantor', exportPage); // ekspor, kegiatan/:id/ekspor
app.route('/kantor/kegiatan/:id/ekspor', papersPage); // berkas, berkas.zip, manifes.json, manifes.csv
app.route('/kantor/kegiatan/:id', cardsPage); // kartu
app.route('/kantor/naskah', wordingsPage);
app.route('/kantor/petugas', officersPage); // and tautan/:digest/akhir
app.route('/kantor/petugas', officerChangePage); // perubahan, and the questions at :id/…
app.route('/kantor', trailPage); // riwayat, riwayat.csv, kegiatan/:id/riwayat
