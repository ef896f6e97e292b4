/** /kantor/naskah: the wordings an organiser may use, each to be read, and its own to be added. */
import { type Context, Hono } from 'hono';
import { formatDigest } from '../../lib/sha256.ts';
import {
  isRezim,
  isUnsur,
  parseWordingName,
  REZIM,
  titleOf,
  UNSUR,
  type WordingCode,
} from '../../naskah/wording.ts';
import * as wordings from '../../naskah/wordings.ts';
import type { OfficeEnv } from '../../office/door.ts';
import { readTyped } from '../body.ts';
import { Facts, Field, Mend, Notice, Tag, tie } from '../parts.tsx';
import { wordingMessages } from './event-messages.ts';
import { notFound, OfficePage } from './frame.tsx';
import { offers, permits } from './permits.tsx';

const UP = [{ name: 'Naskah', href: '/kantor/naskah' }];

export const wordingsPage = new Hono<OfficeEnv>()
  .get('/', permits('naskah-lihat'), async (c) => {
    const all = await wordings.available(c.env.db, c.get('officer').organizerId);
    return c.html(
      <OfficePage c={c} title="Naskah" at="/kantor/naskah">
        <h1>Naskah</h1>
        <p>Naskah yang terbit tidak berubah lagi. Perubahan menjadi versi baru.</p>
        {offers(c, 'naskah-tambah') && (
          <p class="actions">
            <a class="button" href="/kantor/naskah/baru">
              Tulis naskah
            </a>
          </p>
        )}
        <table class="narrow">
          <thead>
            <tr>
              <th scope="col">Naskah</th>
              <th scope="col">Unsur</th>
              <th scope="col">Jenis pemilihan</th>
              <th scope="col">Asal</th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <tr>
                <th scope="row">
                  <a href={`/kantor/naskah/${one.id}/${one.versi}`}>{titleOf(one.isi)}</a>
                  <br />
                  <span class="muted small">
                    {one.id}, versi {one.versi}
                  </span>
                </th>
                <td data-label="Unsur">{one.unsur}</td>
                <td data-label="Jenis pemilihan">{one.rezim}</td>
                <td data-label="Asal">
                  <Origin own={one.organizerId !== null} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </OfficePage>,
    );
  })
  .get('/baru', permits('naskah-tambah'), async (c) => {
    const [id, versi] = (c.req.query('dari') ?? '').split('/');
    const from = await find(c, id ?? '', versi ?? '');
    return write(c, { unsur: from?.unsur ?? '', rezim: from?.rezim ?? '', isi: from?.isi ?? '' });
  })
  .post('/baru', permits('naskah-tambah'), async (c) => {
    const by = c.get('by');
    const given = await readTyped(c);
    const draft = { unsur: given.unsur ?? '', rezim: given.rezim ?? '', isi: given.isi ?? '' };
    const { unsur, rezim } = draft;
    const wrong: Wrong = {};
    if (!isUnsur(unsur)) wrong.unsur = 'Unsur belum dipilih. Pilih siapa yang menandatangani.';
    if (!isRezim(rezim)) wrong.rezim = 'Jenis pemilihan belum dipilih. Pilih pilkada, pemilu, atau umum.';
    const codes = wordings.check(isUnsur(unsur) ? unsur : 'ASN', draft.isi);
    if (codes.length > 0) wrong.isi = codes.map((code: WordingCode) => wordingMessages[code]).join(' ');
    if (!isUnsur(unsur) || !isRezim(rezim) || wrong.isi) return write(c, draft, wrong);
    const added = await wordings.add(c.env.db, by, { unsur, rezim, typed: draft.isi });
    if (!added.ok)
      return write(c, draft, { isi: added.codes.map((code) => wordingMessages[code]).join(' ') });
    c.env.later(c.env.publish());
    return c.redirect(`/kantor/naskah/${added.id}/${added.versi}`, 303);
  })
  .get('/:id/:versi', permits('naskah-lihat'), async (c) => {
    const one = await find(c, c.req.param('id'), c.req.param('versi'));
    if (!one) return notFound(c);
    const name = `${one.id}/${one.versi}`;
    return c.html(
      <OfficePage c={c} title={titleOf(one.isi)} at="/kantor/naskah" up={UP} here={`Versi ${one.versi}`}>
        <h1>
          Naskah {one.unsur}, {one.rezim}, versi {one.versi}
        </h1>
        {one.contoh && (
          <Notice kind="warn" title="Naskah contoh">
            <p>Mintalah bagian hukum memeriksanya sebelum dipakai.</p>
          </Notice>
        )}
        <div class="paper sheet" lang="id">
          <strong>{titleOf(one.isi)}</strong>
          {one.isi.slice(titleOf(one.isi).length)}
        </div>
        <Facts
          rows={[
            ['Unsur', one.unsur],
            ['Jenis pemilihan', one.rezim],
            ['Nama dalam pernyataan', <span class="code">{name}</span>],
            ['Asal', <Origin own={one.organizerId !== null} />],
            ['Sidik digital', <code>{formatDigest(one.sha256)}</code>],
          ]}
        />
        {offers(c, 'naskah-tambah') && (
          <p class="actions">
            <a class="button" href={`/kantor/naskah/baru?dari=${name}`}>
              Tulis naskah dari yang ini
            </a>
          </p>
        )}
      </OfficePage>,
    );
  });

function find(c: Context<OfficeEnv>, id: string, versi: string) {
  const named = parseWordingName(`${id}/${versi}`);
  return named && wordings.forOrganizer(c.env.db, c.get('officer').organizerId, named.id, named.versi);
}

const Origin = ({ own }: { own: boolean }) =>
  own ? <Tag kind="good">Milik kantor</Tag> : <Tag kind="info">Contoh</Tag>;

type Draft = { unsur: string; rezim: string; isi: string };
type Wrong = Partial<Record<keyof Draft, string>>;

function write(c: Context<OfficeEnv>, draft: Draft, wrong: Wrong = {}) {
  const choice = (name: 'unsur' | 'rezim', options: readonly string[]) => (
    <select {...tie(name, false, wrong[name] !== undefined)}>
      <option value="">Pilih…</option>
      {options.map((value) => (
        <option value={value} selected={draft[name] === value}>
          {value}
        </option>
      ))}
    </select>
  );
  return c.html(
    <OfficePage c={c} title="Tulis naskah" at="/kantor/naskah" up={UP}>
      <h1>Tulis naskah</h1>
      <Mend wrong={wrong} />
      <p>Hanya kantor Anda yang melihatnya, sampai ada yang menandatanganinya.</p>
      <form method="post" novalidate class="sheet">
        <div class="columns">
          <Field name="unsur" label="Unsur" error={wrong.unsur}>
            {choice('unsur', UNSUR)}
          </Field>
          <Field name="rezim" label="Jenis pemilihan" error={wrong.rezim}>
            {choice('rezim', REZIM)}
          </Field>
        </div>
        <Field
          name="isi"
          label="Isi naskah"
          hint="Baris pertama judul, lalu baris kosong. Satu paragraf satu baris. Butir diawali 1., 2., dan seterusnya."
          error={wrong.isi}
        >
          <textarea rows={22} {...tie('isi', true, wrong.isi !== undefined)}>
            {`\n${draft.isi}`}
          </textarea>
        </Field>
        <div class="actions">
          <button type="submit">Terbitkan versi baru</button>
          <a class="button secondary" href="/kantor/naskah">
            Batal
          </a>
        </div>
        <p class="hint">Sesudah terbit, naskah tidak dapat diubah atau dihapus.</p>
      </form>
    </OfficePage>,
    Object.keys(wrong).length > 0 ? 422 : 200,
  );
}
