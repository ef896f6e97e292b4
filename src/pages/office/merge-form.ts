/**
 * Three-way merge of a form: what it showed when it was opened, what was typed, and what stands now. So that it can be sent again after
 * somebody else has saved, signed or numbered meanwhile. Shown by test/pages/office/merge-form.test.ts.
 */

export interface Merged<Field extends string> {
  /** What the form shows: all of it can be sent as far as is known now. */
  values: Record<Field, string>;
  /** What was typed and is not in it any more. */
  unused: Partial<Record<Field, string>>;
  /** Of which it is told what stands now. */
  changed: Field[];
}

interface Parts<Field extends string> {
  /** Values that mean something only together (a time and its zone): all of a group are taken from one side. */
  groups: readonly (readonly Field[])[];
  /** As the form showed it; null: it doesn't say, and all that is other than what stands was typed. */
  seen: Readonly<Record<Field, string>> | null;
  typed: Readonly<Record<Field, string>>;
  now: Readonly<Record<Field, string>>;
  /** Whether what was typed can't be sent. */
  refuses: (field: Field) => boolean;
}

export function mergeForm<Field extends string>(parts: Parts<Field>): Merged<Field> {
  const { groups, seen, typed, now, refuses } = parts;
  const merged: Merged<Field> = { values: { ...now }, unused: {}, changed: [] };
  for (const group of groups) {
    const other = group.filter((field) => typed[field] !== now[field]);
    const theirs = group.filter((field) => (seen ?? typed)[field] !== now[field]);
    const touched = seen === null ? other : group.filter((field) => typed[field] !== seen[field]);
    if (touched.length === 0 || other.length === 0) {
      merged.changed.push(...theirs);
    } else if (other.some(refuses)) {
      merged.changed.push(...theirs);
      for (const field of other) merged.unused[field] = typed[field];
    } else {
      for (const field of group) merged.values[field] = typed[field];
      // Both have changed it: of the whole group it is told what stands.
      merged.changed.push(
        ...(theirs.length === 0 ? [] : group.filter((one) => other.includes(one) || theirs.includes(one))),
      );
    }
  }
  return merged;
}
