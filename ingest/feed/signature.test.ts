import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Headers, readSignature, signRequest, verifyRequest } from './signature';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

function genuine(request: { method: string; path: string; headers: Headers }): boolean {
  const signature = readSignature(request.headers, request.path.includes('?'));
  return typeof signature !== 'string' && verifyRequest(request, signature, publicKey);
}

describe('request signatures', () => {
  test('what one key signed verifies under its public key, with and without a query', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('/v1/legs', '/v1/iso20022?profile=cbpr-plus'), (body, path) => {
        const headers = signRequest({ method: 'POST', path, body, batchId: 'b-1', keyId: 'k-1', privateKey });
        expect(genuine({ method: 'POST', path, headers })).toBe(true);
      }),
    );
  });

  test('a change of method, path, query, digest, batch id, time, nonce or key id breaks the signature', () => {
    const path = '/v1/iso20022?profile=cbpr-plus';
    const headers = signRequest({ method: 'POST', path, body: Buffer.from('a'), batchId: 'b-1', keyId: 'k-1', privateKey });
    const changed: { method?: string; path?: string; headers?: Record<string, string> }[] = [
      { method: 'PUT' },
      { path: '/v1/legs?profile=cbpr-plus' },
      { path: '/v1/iso20022?profile=none' },
      { path: '/v1/iso20022' },
      { headers: { 'content-digest': `sha-256=:${'A'.repeat(43)}=:` } },
      { headers: { 'headwater-batch-id': 'b-2' } },
      { headers: { 'signature-input': headers['signature-input'].replace(/created=\d/, 'created=9') } },
      { headers: { 'signature-input': headers['signature-input'].replace('nonce="', 'nonce="x') } },
      { headers: { 'signature-input': headers['signature-input'].replace('k-1', 'k-2') } },
    ];
    for (const change of changed) {
      expect(genuine({ method: 'POST', path, ...change, headers: { ...headers, ...change.headers } })).toBe(false);
    }
  });

  test('a signature that leaves out the digest, the batch id or a query is refused before any arithmetic', () => {
    const headers = signRequest({ method: 'POST', path: '/v1/legs', body: Buffer.from('a'), batchId: 'b', keyId: 'k', privateKey });
    for (const name of ['@method', '@path', 'content-digest', 'headwater-batch-id']) {
      const input = headers['signature-input'].replace(`"${name}"`, '"content-type"');
      expect(readSignature({ ...headers, 'signature-input': input }, false)).toContain(name);
    }
    expect(readSignature(headers, true)).toContain('@query');
  });

  test('no text in the signature headers crashes the reader', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (input, value) => {
        expect(['string', 'object']).toContain(typeof readSignature({ 'signature-input': input, signature: value }, false));
      }),
    );
  });
});
