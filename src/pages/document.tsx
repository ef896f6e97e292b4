/** `/p/7K3F-9QXM-2DA7.pdf`: the paper of a pledge, in any letter case, with or without hyphens. */
import { Hono } from 'hono';
import * as documents from '../document/documents.ts';
import { issuePaper } from '../document/issue-paper.ts';
import { hex } from '../lib/bytes.ts';
import { disposition, fileName } from '../lib/file-name.ts';
import type { Env } from '../services.ts';
import { formatCode, parseCode } from '../statement/code.ts';
import { documentMessages } from './document-messages.ts';
import { Page } from './layout.tsx';

export const documentPage = new Hono<Env>().get('/:file{[^/]+\\.[pP][dD][fF]}', async (c) => {
  // A person's own paper: not for any cache on the way.
  c.header('cache-control', 'no-store');
  const typed = c.req.param('file')!.slice(0, -'.pdf'.length);
  // The page of a code says what is wrong with it.
  const explain = () => c.redirect(`/p/${encodeURIComponent(typed)}`, 303);

  const code = parseCode(typed);
  if (!code.ok) return explain();
  const [issued, named] = await Promise.all([
    issuePaper(c.env, code.code),
    documents.nameOf(c.env.db, code.code),
  ]);
  if (!issued.ok && issued.code === 'document-unknown') return explain();
  if (!issued.ok) {
    const { title, next } = documentMessages[issued.code];
    c.header('retry-after', '2');
    return c.html(
      <Page title={title}>
        <h1>{title}</h1>
        <p>{next}</p>
      </Page>,
      503,
    );
  }

  const etag = `"${hex(issued.sha256)}"`;
  c.header('etag', etag);
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  const plain = `Ikrar ${formatCode(code.code)}.pdf`;
  const name = named ? fileName(`Ikrar ${named.nama} - ${named.kegiatan}`, '.pdf') : plain;
  return c.body(issued.pdf, 200, {
    'content-type': 'application/pdf',
    'content-length': String(issued.pdf.length),
    'content-disposition': disposition('inline', name, plain),
  });
});
