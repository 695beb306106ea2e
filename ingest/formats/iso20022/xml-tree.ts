import { type XmlElement as LibraryElement, XmlCData, XmlElement, XmlText } from 'libxml2-wasm';

/** An element as plain values, so that nothing outlives the parser's own memory. Names are local names: any prefix will do. */
export type Element = {
  readonly name: string;
  readonly line: number;
  /** The currency of an amount; undefined on every other element. No other attribute is read. */
  readonly currency: string | undefined;
  readonly children: readonly Element[];
  /** The element's own text, trimmed; "" where it has none. */
  readonly text: string;
  /** Its XML as it came, for the elements that one payment is made from. */
  readonly xml: string | undefined;
};

/** Supplementary data is anybody's XML: it is validated, stored with the raw message, and not read. */
const NOT_READ = new Set(['SplmtryData', 'Sgntr']);

const PAYMENTS = new Set(['CdtTrfTxInf', 'TxInfAndSts', 'TxInf', 'Ntry']);

/** Copies an element out of the parser. The parser itself bounds the depth (256). */
export function elementOf(source: LibraryElement): Element {
  const children: Element[] = [];
  const { name } = source;
  let text = '';
  if (!NOT_READ.has(name)) {
    for (let node = source.firstChild; node; node = node.next) {
      if (node instanceof XmlElement) children.push(elementOf(node));
      else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
    }
  }
  return {
    name,
    line: source.line,
    currency: name.endsWith('Amt') ? source.attr('Ccy')?.value : undefined,
    children,
    text: text.trim(),
    xml: PAYMENTS.has(name) ? source.toString({ format: false }) : undefined,
  };
}

/** First element at a path of local names below `from`: at(tx, 'PmtId', 'UETR'). */
export function at(from: Element | undefined, ...path: readonly string[]): Element | undefined {
  let here = from;
  for (const name of path) here = here?.children.find((child) => child.name === name);
  return here;
}

/** Text at a path, or undefined where the element is absent or empty. */
export function textAt(from: Element | undefined, ...path: readonly string[]): string | undefined {
  return at(from, ...path)?.text || undefined;
}

/** Whether a path holds an xs:boolean that says yes, which has two ways of writing it. */
export function isTrueAt(from: Element | undefined, ...path: readonly string[]): boolean {
  const text = textAt(from, ...path);
  return text === 'true' || text === '1';
}

export function all(from: Element | undefined, name: string): readonly Element[] {
  return from?.children.filter((child) => child.name === name) ?? [];
}
