import { XmlDocument, XmlElement, XmlLibError } from 'libxml2-wasm';
import { type Profile, profileFault } from './profile';
import { ruleFault } from './rules';
import { asVersion, definitionParts, NAMESPACE_PREFIX, nearestDefinition, PARSE_OPTIONS, type SchemaFault, schemaFaults } from './schemas';
import { checkXmlBytes, type XmlFault } from './xml-bytes';
import { type Element, elementOf } from './xml-tree';

/** The messages that Headwater reads, by the name of their one element under Document. */
export const MESSAGES = {
  'pacs.008.001': 'FIToFICstmrCdtTrf',
  'pacs.002.001': 'FIToFIPmtStsRpt',
  'pacs.004.001': 'PmtRtr',
  'camt.056.001': 'FIToFIPmtCxlReq',
  'camt.029.001': 'RsltnOfInvstgtn',
  'camt.053.001': 'BkToCstmrStmt',
  'camt.054.001': 'BkToCstmrDbtCdtNtfctn',
} as const;
export type MessageName = keyof typeof MESSAGES;

export type IsoMessage = {
  readonly name: MessageName;
  /** For instance `pacs.008.001.08`. */
  readonly definition: string;
  readonly header: Element | undefined;
  /** The element under Document. */
  readonly body: Element;
  /** What was accepted although it could not be checked fully. */
  readonly warnings: readonly string[];
};

export type IsoFault = XmlFault | 'iso-envelope' | 'iso-message-unknown' | 'iso-schema' | 'iso-rule' | 'iso-profile';
export type IsoReading =
  | { readonly ok: true; readonly message: IsoMessage }
  | { readonly ok: false; readonly reason: IsoFault; readonly field?: string; readonly detail: string; readonly line?: number };

/**
 * Reads one ISO 20022 message: a bare Document, or an envelope of any name that holds one Document and at most one AppHdr.
 * The order of checks is the order of trust: bytes, well-formedness, schema, rules that no schema can say, then the profile asked for.
 */
export function readMessage(bytes: Uint8Array, options: { readonly profile?: Profile | undefined } = {}): IsoReading {
  const checked = checkXmlBytes(bytes);
  if (!checked.ok) return checked;
  let parsed: XmlDocument;
  try {
    parsed = XmlDocument.fromString(checked.text.replace(/^\ufeff/, ''), { option: PARSE_OPTIONS });
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const [first] = error.details;
    const detail = (first?.message ?? error.message).trim().slice(0, 300);
    return { ok: false, reason: 'xml-malformed', detail, ...(first && { line: first.line }) };
  }
  try {
    return readParsed(parsed, options.profile);
  } finally {
    parsed.dispose();
  }
}

function readParsed(parsed: XmlDocument, profile: Profile | undefined): IsoReading {
  const root = parsed.root;
  const documents = root.name === 'Document' ? [root] : childElements(root).filter((child) => child.name === 'Document');
  const headers = childElements(root).filter((child) => child.name === 'AppHdr');
  const [document] = documents;
  if (!document || documents.length > 1 || headers.length > 1) {
    const detail = `the root element ${root.name} holds ${documents.length} Document and ${headers.length} AppHdr; one Document is expected`;
    return { ok: false, reason: 'iso-envelope', field: root.name, detail, line: root.line };
  }
  const definition = document.namespaceUri.startsWith(NAMESPACE_PREFIX) ? document.namespaceUri.slice(NAMESPACE_PREFIX.length) : '';
  const name = definitionParts(definition)?.message;
  if (!isRead(name)) {
    const read = Object.keys(MESSAGES).join(', ');
    const detail = `the namespace "${document.namespaceUri.slice(0, 100)}" is none of the messages read here: ${read}`;
    return { ok: false, reason: 'iso-message-unknown', field: 'Document', detail, line: document.line };
  }
  const { faults, warnings } = checkSchema(document, definition);
  const [fault] = faults;
  if (fault) return { ok: false, reason: 'iso-schema', field: fault.field, detail: fault.detail, line: fault.line };

  const tree = elementOf(document);
  const body = tree.children.find((child) => child.name === MESSAGES[name]);
  if (!body) {
    return { ok: false, reason: 'iso-schema', field: 'Document', detail: `the Document holds no ${MESSAGES[name]}`, line: tree.line };
  }
  const header = headers[0] && elementOf(headers[0]);
  const message: IsoMessage = { name, definition, header, body, warnings };
  const broken = ruleFault(message);
  if (broken) return { ok: false, reason: 'iso-rule', ...broken };
  const outside = profile && profileFault(profile, message);
  if (outside) return { ok: false, reason: 'iso-profile', ...outside };
  return { ok: true, message };
}

/**
 * A version whose schema is not bundled is held to the nearest one of the same message. Wrong values are refused as ever, since data types
 * do not change between versions; elements that the nearest version does not know are only a warning (docs/decisions/0010).
 */
function checkSchema(document: XmlElement, definition: string): { faults: readonly SchemaFault[]; warnings: readonly string[] } {
  const nearest = nearestDefinition(definition);
  if (nearest === undefined) return { faults: [], warnings: [`${definition} was accepted without a schema`] };
  if (nearest === definition) return { faults: schemaFaults(document, definition), warnings: [] };
  const rewritten = asVersion(document, definition, nearest);
  try {
    const found = schemaFaults(rewritten.root, nearest);
    const warnings = [`the schema of ${definition} is not bundled: checked against ${nearest}`];
    for (const { detail } of found.filter(({ kind }) => kind === 'structure').slice(0, 5))
      warnings.push(`differs from ${nearest}: ${detail}`);
    const faults = found.filter(({ kind }) => kind === 'value').map((fault) => ({ ...fault, line: fault.line + document.line - 1 }));
    return { faults, warnings };
  } finally {
    rewritten.dispose();
  }
}

function childElements(parent: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = parent.firstChild; node; node = node.next) if (node instanceof XmlElement) found.push(node);
  return found;
}

function isRead(name: string | undefined): name is MessageName {
  return name !== undefined && Object.hasOwn(MESSAGES, name);
}
