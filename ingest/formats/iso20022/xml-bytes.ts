/** Larger messages are refused: the parser holds a message whole. About 1,000 payments fit. */
export const MAX_XML_BYTES = 2 * 1024 * 1024;
/** A bound on elements, since a million empty ones fit into few bytes but not into little memory. */
export const MAX_XML_TAGS = 150_000;

export type XmlFault = 'xml-too-large' | 'xml-encoding' | 'xml-control-character' | 'xml-dtd' | 'xml-malformed';
export type CheckedXml =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: XmlFault; readonly detail: string };

const ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/;
// Document type declarations are the door to entity bombs and to reading files: no ISO 20022 message has one.
const DECLARATION = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i;
// XML 1.0 admits tab, line feed and carriage return below the space.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** What can be refused before any XML parser sees the bytes: size, encodings, control characters, document type declarations. */
export function checkXmlBytes(bytes: Uint8Array): CheckedXml {
  if (bytes.length > MAX_XML_BYTES) return fault('xml-too-large', `the message has ${bytes.length} bytes, ${MAX_XML_BYTES} are allowed`);
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) {
    return fault('xml-encoding', 'the message is UTF-16; ISO 20022 messages are UTF-8');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fault('xml-encoding', 'the bytes are not valid UTF-8');
  }
  const declared = ENCODING.exec(text)?.[1];
  if (declared !== undefined && !/^(utf-8|us-ascii)$/i.test(declared)) {
    return fault('xml-encoding', `the declaration says ${declared.slice(0, 40)}; ISO 20022 messages are UTF-8`);
  }
  const control = CONTROL.exec(text);
  if (control) {
    const code = (control[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
    return fault('xml-control-character', `U+${code} at character ${control.index + 1} may not stand in XML`);
  }
  if (DECLARATION.test(text)) return fault('xml-dtd', 'document type and entity declarations are not accepted');
  let tags = 0;
  for (let i = text.indexOf('<'); i >= 0; i = text.indexOf('<', i + 1)) tags++;
  if (tags > MAX_XML_TAGS) return fault('xml-too-large', `the message has ${tags} tags, ${MAX_XML_TAGS} are allowed`);
  if (!/^\s*</.test(text)) return fault('xml-malformed', 'the message does not begin with an XML element');
  return { ok: true, text };
}

function fault(reason: XmlFault, detail: string): CheckedXml {
  return { ok: false, reason, detail };
}
