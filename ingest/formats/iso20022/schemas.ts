import fs from 'node:fs';
import path from 'node:path';
import { ParseOption, XmlDocument, type XmlElement, XmlValidateError, XsdValidator } from 'libxml2-wasm';

export const NAMESPACE_PREFIX = 'urn:iso:std:iso:20022:tech:xsd:';
export const PARSE_OPTIONS = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NO_SYS_CATALOG;

/** One difference between a message and its schema. `kind` tells wrong content (value) from an element that is missing or too many. */
export type SchemaFault = { readonly kind: 'value' | 'structure'; readonly field: string; readonly detail: string; readonly line: number };

/** `pacs.008.001.08` → the message it is a version of, and which. */
export function definitionParts(definition: string): { readonly message: string; readonly version: number } | undefined {
  const match = /^([a-z]{4}\.\d{3}\.\d{3})\.(\d{2})$/.exec(definition);
  return match ? { message: match[1] as string, version: Number(match[2]) } : undefined;
}

/** The definition itself where its schema is known, else the nearest known version of the same message (the newer of two). */
export function nearestDefinition(definition: string): string | undefined {
  const wanted = definitionParts(definition);
  if (!wanted) return undefined;
  let best: { name: string; distance: number } | undefined;
  for (const name of known()) {
    const parts = definitionParts(name);
    if (parts?.message !== wanted.message) continue;
    const distance = Math.abs(parts.version - wanted.version);
    if (!best || distance < best.distance || (distance === best.distance && name > best.name)) best = { name, distance };
  }
  return best?.name;
}

/** Every way in which a Document element differs from the schema of `definition`; empty where it is valid. */
export function schemaFaults(document: XmlElement, definition: string): readonly SchemaFault[] {
  try {
    validator(definition).validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ message, line }) => faultOf(message.trim(), line));
  }
}

/** The same element under another version's namespace, as a document of its own. The caller disposes of it. */
export function asVersion(document: XmlElement, from: string, to: string): XmlDocument {
  // Namespaces that the envelope declares must stand on the element itself once it leaves the envelope.
  for (const [prefix, uri] of Object.entries(document.namespaces)) {
    if (!Object.hasOwn(document.nsDeclarations, prefix)) document.addNsDeclaration(uri, prefix);
  }
  const text = document.toString({ format: false }).replaceAll(`"${NAMESPACE_PREFIX}${from}"`, `"${NAMESPACE_PREFIX}${to}"`);
  return XmlDocument.fromString(text, { option: PARSE_OPTIONS });
}

const directory = () => path.join(process.env.HEADWATER_HOME ?? process.cwd(), 'ingest', 'formats', 'iso20022', 'xsd');

let names: readonly string[] | undefined;
function known(): readonly string[] {
  names ??= fs
    .readdirSync(directory())
    .filter((file) => file.endsWith('.xsd'))
    .map((file) => file.slice(0, -4));
  return names;
}

// A schema takes some milliseconds to compile and is kept for the life of the process.
const validators = new Map<string, XsdValidator>();
function validator(definition: string): XsdValidator {
  let found = validators.get(definition);
  if (!found) {
    const schema = XmlDocument.fromBuffer(fs.readFileSync(path.join(directory(), `${definition}.xsd`)));
    found = XsdValidator.fromDoc(schema);
    schema.dispose();
    validators.set(definition, found);
  }
  return found;
}

// "Element '{urn:…}UETR': [facet 'pattern'] The value '' is not accepted …", "Element '{…}X', attribute 'Ccy': …"
function faultOf(message: string, line: number): SchemaFault {
  const element = /^Element '(?:\{[^}]*\})?([^']+)'/.exec(message)?.[1] ?? '';
  const attribute = /attribute '([^']+)'/.exec(message)?.[1];
  return {
    kind: /not expected|Missing child|No matching global/.test(message) ? 'structure' : 'value',
    field: attribute ? `${element}@${attribute}` : element,
    detail: message.replaceAll(/\{urn:[^}]*\}/g, '').slice(0, 300),
    line,
  };
}
