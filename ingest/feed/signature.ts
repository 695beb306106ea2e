import { createHash, type KeyObject, randomBytes, sign, verify } from 'node:crypto';

// HTTP message signatures in the shape of RFC 9421, with RFC 9530 content digests. The signature covers the digest of the body
// and not the body itself: who sends is known before the first byte of the body is read.

const REQUIRED = ['@method', '@path', 'content-digest', 'headwater-batch-id'] as const;
const COVERABLE: ReadonlySet<string> = new Set([...REQUIRED, '@query', 'content-type', 'content-encoding']);

export type SignedHeaders = {
  readonly 'content-digest': string;
  readonly 'headwater-batch-id': string;
  readonly 'signature-input': string;
  readonly signature: string;
};

/** `path` with its query, as on the request line. `createdAtSeconds` and `nonce` default to now and 128 random bits. */
export function signRequest(request: {
  readonly method: string;
  readonly path: string;
  /** Its {@link contentDigest}, where it is known already, spares reading a long body again. */
  readonly body: Uint8Array | { readonly digest: string };
  readonly batchId: string;
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly createdAtSeconds?: number;
  readonly nonce?: string;
}): SignedHeaders {
  const created = request.createdAtSeconds ?? Math.floor(Date.now() / 1000);
  const nonce = request.nonce ?? randomBytes(16).toString('base64url');
  const covered = request.path.includes('?') ? [...REQUIRED, '@query'] : [...REQUIRED];
  const list = covered.map((name) => `"${name}"`).join(' ');
  const parameters = `(${list});created=${created};nonce="${nonce}";keyid="${request.keyId}";alg="ed25519"`;
  const digest = 'digest' in request.body ? request.body.digest : contentDigest(request.body);
  const headers = { 'content-digest': digest, 'headwater-batch-id': request.batchId };
  const base = signatureBase({ ...request, headers, covered, parameters });
  const signature = sign(null, Buffer.from(base as string), request.privateKey).toString('base64');
  return { ...headers, 'signature-input': `sig1=${parameters}`, signature: `sig1=:${signature}:` };
}

/** RFC 9530: the digest of the bytes as sent, compressed where they are compressed. */
export function contentDigest(body: Uint8Array): string {
  return digestHeader(createHash('sha256').update(body).digest());
}

export function digestHeader(sha256: Uint8Array): string {
  return `sha-256=:${Buffer.from(sha256).toString('base64')}:`;
}

/** The 32 bytes of `sha-256=:…:`, or undefined where the header says anything else. */
export function parseDigest(header: string): Buffer | undefined {
  const match = /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(header);
  return match ? Buffer.from(match[1] as string, 'base64') : undefined;
}

export type RequestSignature = {
  readonly keyId: string;
  readonly createdAtSeconds: number;
  readonly nonce: string;
  readonly covered: readonly string[];
  /** The parameters exactly as sent: they are part of what was signed. */
  readonly parameters: string;
  readonly signature: Buffer;
};
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads `signature-input` and `signature`; a string instead says what is wrong with them. */
export function readSignature(headers: Headers, pathHasQuery: boolean): RequestSignature | string {
  const input = headers['signature-input'];
  const value = headers.signature;
  if (typeof input !== 'string' || typeof value !== 'string') return 'The headers signature-input and signature are missing.';
  const match = /^sig1=(\(((?:"[a-z@-]+"(?: (?="))?)+)\)((?:;[a-z]+=(?:\d{1,12}|"[\x21\x23-\x5b\x5d-\x7e]{1,128}"))+))$/.exec(input);
  const bytes = /^sig1=:([A-Za-z0-9+/]{86}==):$/.exec(value);
  if (!match || !bytes) return 'signature-input or signature does not have the documented form.';
  const covered = (match[2] as string).split(' ').map((name) => name.slice(1, -1));
  const parameters = new Map<string, string>();
  for (const [, name = '', text = ''] of (match[3] as string).matchAll(/;([a-z]+)=(\d+|"[^"]*")/g)) {
    if (parameters.has(name)) return `signature-input says ${name} twice.`;
    parameters.set(name, text.replaceAll('"', ''));
  }
  const missing = [...REQUIRED, ...(pathHasQuery ? ['@query'] : [])].find((name) => !covered.includes(name));
  if (missing) return `The signature must cover "${missing}".`;
  const excess = covered.find((name, i) => !COVERABLE.has(name) || covered.indexOf(name) !== i);
  if (excess) return `The signature covers "${excess}", which this gateway does not take or which is named twice.`;
  const created = parameters.get('created');
  const nonce = parameters.get('nonce');
  const keyId = parameters.get('keyid');
  if (!created || !/^\d+$/.test(created) || !nonce || !keyId) return 'signature-input must give created, nonce and keyid.';
  if (parameters.get('alg') !== 'ed25519') return 'alg must be "ed25519".';
  return {
    keyId,
    nonce,
    covered,
    createdAtSeconds: Number(created),
    parameters: match[1] as string,
    signature: Buffer.from(bytes[1] as string, 'base64'),
  };
}

/** `path` with its query, as on the request line. */
export function verifyRequest(
  request: { readonly method: string; readonly path: string; readonly headers: Headers },
  signature: RequestSignature,
  publicKey: KeyObject,
): boolean {
  const base = signatureBase({ ...request, covered: signature.covered, parameters: signature.parameters });
  return base !== undefined && verify(null, Buffer.from(base), publicKey, signature.signature);
}

/** RFC 9421, section 2.5; undefined where a covered header is absent or repeated. */
function signatureBase(request: {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly covered: readonly string[];
  readonly parameters: string;
}): string | undefined {
  const at = request.path.indexOf('?');
  const lines: string[] = [];
  for (const name of request.covered) {
    const value = componentOf(name, request, at);
    if (typeof value !== 'string') return undefined;
    lines.push(`"${name}": ${value.trim()}`);
  }
  lines.push(`"@signature-params": ${request.parameters}`);
  return lines.join('\n');
}

function componentOf(name: string, request: { method: string; path: string; headers: Headers }, queryAt: number) {
  if (name === '@method') return request.method.toUpperCase();
  if (name === '@path') return queryAt < 0 ? request.path : request.path.slice(0, queryAt);
  if (name === '@query') return queryAt < 0 ? '?' : request.path.slice(queryAt);
  return request.headers[name];
}
