import { once } from 'node:events';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { allowedAddress } from './allowed-address';
import { type Endpoint, probe } from './probe';
import { type Made, madeCertificate } from './testing/made-certificates';

const NAME = 'dc1.bank.example';
const authority = madeCertificate({ name: 'Line CA', authority: true });
const otherAuthority = madeCertificate({ name: 'Other CA', authority: true });
const server = madeCertificate({ name: NAME, issuer: authority });
const client = madeCertificate({ name: 'prober.example', issuer: authority });

const open: Server[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) {
    one.close();
    (one as { closeAllConnections?: () => void }).closeAllConnections?.();
  }
});

async function listening<S extends Server>(one: S): Promise<number> {
  open.push(one);
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  return (one.address() as AddressInfo).port;
}

/** A server that asks for the client's certificate and says the word back, unless told otherwise. */
function bank(given: { certificate?: Made; status?: number; location?: string; afterMs?: number; word?: string; trusts?: Made } = {}) {
  const { certificate = server, status = 200, location, afterMs = 0, word, trusts = authority } = given;
  return createHttps(
    { cert: certificate.certificatePem, key: certificate.keyPem, ca: trusts.certificatePem, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      setTimeout(() => {
        response.writeHead(status, location ? { location } : {});
        response.end(word ?? new URL(request.url ?? '', 'https://x').searchParams.get('word'));
      }, afterMs);
    },
  );
}

const endpoint = (port: number, given: Partial<Endpoint> = {}): Endpoint => ({
  host: '127.0.0.1',
  port,
  serverName: NAME,
  allowedAddresses: ['127.0.0.0/8'],
  trustedCaPem: authority.certificatePem,
  timeoutMs: 2_000,
  slowMs: 1_500,
  ...given,
});
const said = async (of: Endpoint, with_: Made | null = client) => {
  const { measured, certificate } = await probe(of, with_);
  return { layers: measured.map(({ layer, ok, detail }) => (ok ? layer : `${layer}: ${detail}`)), certificate };
};

describe('a probe', () => {
  test('of a line that works finds every layer, and the certificate that it met', async () => {
    const { layers, certificate } = await said(endpoint(await listening(bank())));
    expect(layers).toEqual(['network', 'tls', 'mtls', 'application']);
    expect(certificate).toMatchObject({
      subject: `CN=${NAME}`,
      issuer: 'CN=Line CA',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(certificate?.notAfter.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  });

  test.each([
    ['expired', madeCertificate({ name: NAME, issuer: authority, fromDays: -40, toDays: -1 }), 'has expired'],
    ['not valid yet', madeCertificate({ name: NAME, issuer: authority, fromDays: 2, toDays: 40 }), 'is not valid yet'],
    ['of another name', madeCertificate({ name: 'dc1.other.example', issuer: authority }), 'is of another name'],
    ['of an authority that is not trusted', madeCertificate({ name: NAME, issuer: otherAuthority }), 'is not trusted'],
    ['signed by itself', madeCertificate({ name: NAME, authority: true }), 'is not trusted'],
  ])('of a server whose certificate is %s stops at TLS and says so', async (_, certificate, words) => {
    const found = await said(endpoint(await listening(bank({ certificate }))));
    expect(found.layers).toEqual(['network', `tls: the server’s certificate ${words}`]);
    expect(found.certificate).not.toBeNull();
  });

  test.each([
    ['expired', madeCertificate({ name: 'prober.example', issuer: authority, fromDays: -40, toDays: -1 })],
    ['of an authority that the server does not trust', madeCertificate({ name: 'prober.example', issuer: otherAuthority })],
  ])('with a certificate of ours that is %s stops at mutual TLS', async (_, ours) => {
    const { layers } = await said(endpoint(await listening(bank())), ours);
    expect(layers.slice(0, 2)).toEqual(['network', 'tls']);
    expect(layers[2]).toMatch(/^mtls: .*our certificate/);
    expect(layers).toHaveLength(3);
  });

  test('of a port where nobody listens is refused at the network', async () => {
    const port = await listening(createTcp());
    await new Promise((resolve) => open.splice(0)[0]?.close(resolve));
    expect((await said(endpoint(port))).layers).toEqual(['network: connection refused']);
  });

  test('that is cut, left waiting, or answered in clear text fails at the layer where it happened', async () => {
    const cut = await listening(createTcp((socket) => socket.destroy()));
    expect((await said(endpoint(cut))).layers).toEqual(['network', 'tls: the connection was cut']);
    const mute = await listening(createTcp(() => {}));
    expect((await said(endpoint(mute, { timeoutMs: 150 }))).layers).toEqual(['network', 'tls: handshake timed out']);
    const clear = await listening(createTcp((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')));
    expect((await said(endpoint(clear))).layers[1]).toMatch(/^tls: /);
    const later = bank();
    later.on('secureConnection', (socket) => socket.destroy());
    const port = await listening(later);
    expect((await said(endpoint(port))).layers.at(-1)).toBe('mtls: the connection was cut after our certificate was shown');
    const plain = createHttps({ cert: server.certificatePem, key: server.keyPem });
    plain.on('secureConnection', (socket) => socket.destroy());
    expect((await said(endpoint(await listening(plain)), null)).layers).toEqual(['network', 'tls', 'application: the connection was cut']);
  });

  test('of an application that is slow, silent, wrong or redirects fails there, and follows nothing', async () => {
    expect((await said(endpoint(await listening(bank({ afterMs: 300 })), { slowMs: 100 }))).layers.at(-1)).toBe(
      'application: slower than 100 ms',
    );
    expect((await said(endpoint(await listening(bank({ afterMs: 3_000 })), { timeoutMs: 200 }))).layers.at(-1)).toBe(
      'application: no answer to the echo',
    );
    expect((await said(endpoint(await listening(bank({ word: 'another' }))))).layers.at(-1)).toMatch(/application: /);
    let visits = 0;
    const elsewhere = createTcp(() => {
      visits++;
    });
    const location = `http://127.0.0.1:${await listening(elsewhere)}/`;
    expect((await said(endpoint(await listening(bank({ status: 302, location }))))).layers.at(-1)).toBe(
      'application: the echo was answered with 302',
    );
    expect(visits).toBe(0);
  });

  test('goes nowhere but into the networks of its endpoint, whatever the name says', async () => {
    let visits = 0;
    const port = await listening(
      createTcp((socket) => {
        visits++;
        socket.destroy();
      }),
    );
    const outside = endpoint(port, { allowedAddresses: ['10.0.0.0/8'] });
    expect((await said(outside)).layers).toEqual(['network: the name leads outside the networks of the endpoint']);
    expect((await said({ ...outside, host: 'localhost' })).layers).toEqual([
      'network: the name leads outside the networks of the endpoint',
    ]);
    expect(visits).toBe(0);
  });
});

describe('an address', () => {
  const leads = async (to: readonly string[], allowed: readonly string[]) =>
    (await allowedAddress('bank.example', allowed, async () => to)).kind;
  test('is taken only from the endpoint’s own networks', async () => {
    expect(await leads(['10.1.2.3'], ['10.1.0.0/16'])).toBe('address');
    expect(await leads(['10.2.2.3'], ['10.1.0.0/16'])).toBe('refused');
    expect(await leads(['2001:db8::7'], ['2001:db8::/32'])).toBe('address');
    expect(await allowedAddress('bank.example', ['10.1.0.0/16'], async () => ['192.168.0.1', '10.1.9.9'])).toEqual({
      kind: 'address',
      address: '10.1.9.9',
    });
  });

  test('of cloud metadata, of any host, or of many at once is never taken, even where a list says so', async () => {
    for (const never of ['169.254.169.254', '0.0.0.0', '224.0.0.1', '255.255.255.255'])
      expect(await leads([never], ['0.0.0.0/0'])).toBe('refused');
    expect(await leads(['::ffff:169.254.169.254'], ['::/0', '0.0.0.0/0'])).toBe('refused');
  });

  test('that cannot be found, or a list that cannot be read, leads nowhere', async () => {
    const lost = await allowedAddress('nowhere.example', ['10.0.0.0/8'], async () => Promise.reject(new Error('ENOTFOUND')));
    expect(lost.kind).toBe('unresolved');
    expect(await leads(['10.1.2.3'], ['ten'])).toBe('refused');
    expect(await leads([], ['10.0.0.0/8'])).toBe('refused');
  });
});
