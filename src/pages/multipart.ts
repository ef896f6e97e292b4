/**
 * `Content-Disposition: form-data; name="berkas"; filename="a\"b.csv"`: what a program that is no browser makes of a file's name
 * (multipart/form-data, RFC 7578). Nothing of ours depends on that name, so no file is refused for it: parsers take the spelling of
 * browsers alone (`a%22b.csv`). Shown by test/pages/body.test.ts.
 */
import { type Bytes, concat, equal, utf8 } from '../lib/bytes.ts';

const LINE_FEED = 0x0a;

/** The same parts, each file's name as a browser writes it; contents aren't touched. `type`: the Content-Type of the whole. */
export function withPlainNames(bytes: Bytes, type: string): Bytes {
  const [, quoted, bare] = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const delimiter = utf8(`--${quoted ?? bare}\r\n`);
  const out: Uint8Array[] = [];
  let kept = 0;
  let inHead = false;
  for (let at = 0, next = 0; at < bytes.length; at = next) {
    next = bytes.indexOf(LINE_FEED, at) + 1 || bytes.length;
    if (!inHead) inHead = next - at === delimiter.length && equal(bytes.subarray(at, next), delimiter);
    else if (next - at <= 2) inHead = false;
    else {
      const line = new TextDecoder().decode(bytes.subarray(at, next));
      const plain = plainName(line);
      if (plain === line) continue;
      out.push(bytes.subarray(kept, at), utf8(plain));
      kept = next;
    }
  }
  return out.length === 0 ? bytes : concat(...out, bytes.subarray(kept));
}

function plainName(line: string): string {
  if (!/^content-disposition:/i.test(line)) return line;
  // A backslash at the end is a letter of the name.
  const escaped = line.replace(/\\"(?!\s*(?:;|$))/g, '%22');
  // RFC 7578, 4.2, forbids `filename*`; alone, it still says that this is a file.
  return escaped.replace(/;\s*filename\*=("?)([^;\s"]*)\1/gi, (_, _quote, name: string) =>
    /;\s*filename=/i.test(escaped) ? '' : `; filename="${name}"`,
  );
}
