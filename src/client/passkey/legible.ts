/**
 * Whether a text can be read as it will be signed: no letter that our papers don't draw, no space that isn't one, no words
 * pushed out of sight by empty lines. The rules by which the office refuses at entry, asked again where it is signed.
 */
import { undrawable } from '../../lib/glyphs.ts';
import { oneLine } from '../../lib/text.ts';
import { checkWording, tidyWording, type Unsur } from '../../naskah/wording.ts';

export const isLegible = (line: string): boolean =>
  line !== '' && oneLine(line) === line && undrawable(line) === null;

export const isLegibleWording = (unsur: string, isi: string): boolean =>
  tidyWording(isi) === isi && checkWording(unsur as Unsur, isi).length === 0;
