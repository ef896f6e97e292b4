/** What several pages are made of. Looks are in public/ikrar.css. */
import type { Child } from 'hono/jsx';
import { formatNumber } from '../lib/zone.ts';
import { linesOf } from '../naskah/wording.ts';

/** How a message stands: the sign is drawn by the style sheet, the words say the same. */
export type NoticeKind = 'info' | 'good' | 'wait' | 'warn' | 'bad';

/**
 * `live`: read aloud when it appears; for pages that answer to something just done. `head`: its title is the page's, or that
 * of a part of the page.
 */
export function Notice(props: {
  kind?: NoticeKind;
  title: Child;
  live?: boolean;
  head?: boolean | 'h2';
  children?: Child;
}) {
  const { kind = 'info', title, live = false, head = false, children } = props;
  return (
    <div class={`notice ${kind}`} role={live ? (kind === 'bad' ? 'alert' : 'status') : undefined}>
      {head === 'h2' ? <h2>{title}</h2> : head ? <h1>{title}</h1> : <strong>{title}</strong>}
      {children}
    </div>
  );
}

export const Tag = ({ kind = 'info', children }: { kind?: NoticeKind; children?: Child }) => (
  <span class={`tag ${kind}`}>{children}</span>
);

interface FieldProps {
  name: string;
  label: Child;
  hint?: Child;
  error?: Child;
  value?: string | undefined;
  type?: string;
  required?: boolean;
  /** Further attributes of the input: `autocomplete`, `maxlength`, `inputmode` … */
  input?: Record<string, string | number | boolean>;
  /** Another control in place of the input; give it `id={name}` and the attributes of `tie(…)`. */
  children?: Child;
}

/** The attributes that tie a control to its hint and its error. */
export const tie = (name: string, hint: boolean, error: boolean) => ({
  id: name,
  name,
  'aria-describedby':
    [hint && `${name}-petunjuk`, error && `${name}-salah`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? ('true' as const) : undefined,
});

/** Label, hint, control, error. */
export function Field(props: FieldProps) {
  const {
    name,
    label,
    hint,
    error,
    value = '',
    type = 'text',
    required = false,
    input = {},
    children,
  } = props;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-petunjuk`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${name}-salah`}>
          {error}
        </p>
      )}
      {children ?? (
        <input
          type={type}
          value={value}
          required={required}
          {...tie(name, Boolean(hint), Boolean(error))}
          {...input}
        />
      )}
    </div>
  );
}

/**
 * All that must be mended in a form, above it: read first, and each sentence leads to its field. `wrong`: sentence by the
 * name of the field, in the order of the form.
 */
export function Mend({ wrong }: { wrong: Readonly<Record<string, Child | undefined>> }) {
  const all = Object.entries(wrong).filter(([, sentence]) => sentence);
  if (all.length === 0) return null;
  return (
    <div class="notice bad" id="perbaiki" role="alert" tabindex={-1} autofocus>
      <strong>{formatNumber(all.length)} isian perlu diperbaiki</strong>
      <ul>
        {all.map(([name, sentence]) => (
          <li>
            <a href={`#${name}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A value that may be missing, where it is to be seen that it is. */
export const given = (value: Child): Child =>
  value === null || value === undefined || value === '' ? <span class="muted">belum diisi</span> : value;

/** The number of a letter, which may go on in another line behind each slash. */
export const Slashed = ({ text }: { text: string }) => (
  <>
    {text.split(/(?<=\/)/).map((part) => (
      <>
        {part}
        <wbr />
      </>
    ))}
  </>
);

/** `87 dari 94` above a bar. `of` is said to those who can't see what the bar belongs to. */
export function Bar({ done, all, of }: { done: number; all: number; of: string }) {
  return (
    <div class="bar">
      <span>
        <b>{formatNumber(done)}</b> dari {formatNumber(all)}
      </span>
      <progress
        max={Math.max(all, done, 1)}
        value={done}
        aria-label={`${of}: ${formatNumber(done)} dari ${formatNumber(all)} sudah menandatangani`}
      />
    </div>
  );
}

/** Names and values; a value that is null or empty is left out. */
export function Facts({ rows }: { rows: readonly (readonly [string, Child])[] }) {
  return (
    <dl class="facts">
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
    </dl>
  );
}

/** The way up, from the widest. The page's own name may end it, without an address, if its heading says another. */
export function Crumbs({ steps }: { steps: readonly { name: string; href?: string }[] }) {
  return (
    <nav class="crumbs" aria-label="Letak halaman ini">
      <ol>
        {steps.map(({ name, href }) => (
          <li>{href ? <a href={href}>{name}</a> : <span aria-current="page">{name}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}

/** The words of a pledge, as they are read before signing. */
export const WordingText = ({ isi }: { isi: string }) => (
  <article class="paper pledge">
    {linesOf(isi).map(({ kind, text }) => (
      <p class={kind}>{text}</p>
    ))}
  </article>
);

/** A wide table that scrolls by itself, also by keyboard. */
export const Scroll = ({ label, children }: { label: string; children?: Child }) => (
  <section class="scroll" tabindex={0} aria-label={label}>
    {children}
  </section>
);

/** On to the next page and back to the first, of a list that is cut by a key. `query`: what else the address says. */
export function Pager(props: {
  here: string;
  query?: Record<string, string>;
  after: string | null;
  next: string | null;
}) {
  const { here, query = {}, after, next } = props;
  if (after === null && next === null) return null;
  const address = (more: Record<string, string>): string => {
    const search = new URLSearchParams({ ...query, ...more }).toString();
    return search === '' ? here : `${here}?${search}`;
  };
  return (
    <nav class="actions pager" aria-label="Halaman daftar">
      {after !== null && (
        <a class="button secondary" href={address({})}>
          Kembali ke awal
        </a>
      )}
      {next !== null && (
        <a class="button secondary" rel="next" href={address({ setelah: next })}>
          Berikutnya
        </a>
      )}
    </nav>
  );
}
