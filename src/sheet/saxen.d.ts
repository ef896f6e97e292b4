/** What we use of the XML parser, which comes without types. */
declare module 'saxen' {
  type Attributes = Record<string, string>;
  export class Parser {
    /** Namespaces by the prefix that names are then given with; elements of others keep one of their own. */
    ns(prefixes: Record<string, string>): this;
    on(
      event: 'openTag',
      told: (name: string, attributes: () => Attributes | false, decode: unknown, closed: boolean) => void,
    ): this;
    on(event: 'closeTag', told: (name: string) => void): this;
    on(event: 'text' | 'cdata' | 'attention', told: (text: string) => void): this;
    on(event: 'error' | 'warn', told: (error: Error) => void): this;
    write(xml: string): this;
    end(): Error | undefined;
  }
}
