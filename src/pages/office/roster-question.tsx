/** What only an officer knows about a row: a box to tick, or two answers to choose from where a name may be parted or not. */
import { formatNumber } from '../../lib/zone.ts';
import type { RowQuestion } from '../../roster/finding.ts';
import { answerTo } from '../../roster/roster-answer.ts';
import type { RosterRow } from '../../roster/roster-file.ts';
import type { FormField } from '../body.ts';
import { moreOfReading, questionReading } from './roster-messages.ts';

/** One field holds the answers of a page that was gone through before. */
const BETWEEN = '|';
export const packAnswers = (answers: readonly string[]): string => answers.join(BETWEEN);

/** The answers of a form. Each choice of two has a name of its own, as a browser wants it. */
export const answersOf = (fields: readonly FormField[]): ReadonlySet<string> =>
  new Set(
    fields.flatMap(([name, value]) =>
      /^pasti(?:-\d+)?$/.test(name) && typeof value === 'string' ? value.split(BETWEEN) : [],
    ),
  );

/** Numbers whose holder a question or a note names: who is shown that opens their place. */
export function numbersNamed(
  findings: readonly { code: string; row: number }[],
  rows: readonly RosterRow[],
): string[] {
  const asked = new Set(findings.filter(({ code }) => NAMING.has(code)).map(({ row }) => row));
  return rows.flatMap(({ row, cells }) =>
    asked.has(row) ? [(cells['NIP/NRP'] ?? '').normalize('NFKC').replace(/\D/g, '')] : [],
  );
}
const NAMING: ReadonlySet<string> = new Set(['nip-other-name', 'nip-two-places']);

interface QuestionProps {
  question: RowQuestion;
  /** Its place on the page. */
  at: number;
  given: ReadonlySet<string>;
  required?: boolean;
  children: unknown;
}

export async function RosterQuestion({ question, at, given, required = false, children }: QuestionProps) {
  const yes = await answerTo(question);
  const reading = <b>{questionReading(question)}</b>;
  if (question.other === '') {
    return (
      <>
        <label class="check">
          <input type="checkbox" name="pasti" value={yes} checked={given.has(yes)} required={required} />
          <span>
            {children}
            <br />
            {reading}
          </span>
        </label>
        <MoreOfReading question={question} />
      </>
    );
  }
  const other = await answerTo(question, true);
  const radio = (value: string, words: unknown) => (
    <label class="check">
      <input type="radio" name={`pasti-${at}`} value={value} checked={given.has(value)} required={required} />
      <span>{words}</span>
    </label>
  );
  return (
    <fieldset>
      <legend>{children}</legend>
      {radio(yes, reading)}
      {radio(
        other,
        <>
          {OTHER[question.code] ?? 'Semuanya nama'}: <b>{question.other}</b>
        </>,
      )}
    </fieldset>
  );
}

/** Nobody says yes to what isn't there to be read. */
export function MoreOfReading({ question }: { question: RowQuestion }) {
  const more = moreOfReading(question);
  if (more.length === 0) return null;
  return (
    <details>
      <summary>{formatNumber(more.length)} isi lainnya</summary>
      <ul>
        {more.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </details>
  );
}

const OTHER: Partial<Record<RowQuestion['code'], string>> = {
  'name-corps': 'Dibaca lain',
  'name-doctor': 'Dokter',
  'name-unusual': 'Seperti diketik',
  'holder-other': 'Orang lain',
};
