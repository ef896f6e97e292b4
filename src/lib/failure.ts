/** Hostile or broken input. Parsers throw it; `app.onError` turns its code into a sentence. */
export class Failure<Code extends string = string> extends Error {
  override readonly name = 'Failure';
  readonly code: Code;
  readonly detail: string | undefined;

  constructor(code: Code, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}
