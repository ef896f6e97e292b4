/** A form that others have overtaken: whatever was typed, seen and stands, what it shows can be sent, and nothing typed is lost unsaid. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeForm } from '../../../src/pages/office/merge-form.ts';

const GROUPS = [['judul'], ['zona', 'batas'], ['nama', 'nomor', 'jam']] as const;
const FIELDS = GROUPS.flat();
type Field = (typeof FIELDS)[number];

const values = fc.record(
  Object.fromEntries(FIELDS.map((field) => [field, fc.constantFrom('a', 'b', 'c')])) as Record<
    Field,
    fc.Arbitrary<string>
  >,
);

test('of each group all is from one side, what is refused is not sent, and nothing typed is lost', () => {
  fc.assert(
    fc.property(
      ...([fc.option(values), values, values, fc.subarray(FIELDS)] as const),
      (seen, typed, now, refused) => {
        const refuses = (field: Field): boolean => refused.includes(field);
        const merged = mergeForm({ groups: GROUPS, seen, typed, now, refuses });
        for (const group of GROUPS) {
          const from = (side: Record<Field, string>) =>
            group.every((field: Field) => merged.values[field] === side[field]);
          expect(from(now) || from(typed)).toBe(true);
          const touched = group.some((field: Field) => typed[field] !== (seen ?? now)[field]);
          if (!touched) expect(from(now)).toBe(true);
          for (const field of group as readonly Field[]) {
            if (refuses(field)) expect(merged.values[field]).toBe(now[field]);
            if (touched) expect([merged.values[field], merged.unused[field]]).toContain(typed[field]);
            // Who takes another's value back reads what stands.
            if (seen && merged.values[field] !== now[field] && seen[field] !== now[field])
              expect(merged.changed).toContain(field);
          }
        }
        // Sent again, it goes through.
        expect(mergeForm({ groups: GROUPS, seen: now, typed: merged.values, now, refuses })).toEqual({
          values: merged.values,
          unused: {},
          changed: [],
        });
      },
    ),
  );
});
