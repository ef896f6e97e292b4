/** The one table from a code to what a person reads: what happened, and what to do next. Total over each union. */

export interface Message {
  title: string;
  /** At most 15 words a sentence. */
  next: string;
}
