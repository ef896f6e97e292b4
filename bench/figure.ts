/** One line of the bench: ours beside a bare baseline of the same run. */
export interface Figure {
  name: string;
  ours: number;
  baseline: number;
  /** ours ÷ baseline. */
  ratio: number;
  unit: string;
}

export const figure = (name: string, ours: number, baseline: number, unit: string): Figure => ({
  name,
  ours,
  baseline,
  ratio: ours / baseline,
  unit,
});

/** The value below which `part` (0 to 1) of the others lie. */
export function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}
