import { randomBytes } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { HeartbeatLayer } from '@/domain/clearing/transaction';
import { allowedAddress } from './allowed-address';

export type Endpoint = {
  readonly host: string;
  readonly port: number;
  readonly serverName: string;
  readonly allowedAddresses: readonly string[];
  readonly trustedCaPem: string;
  readonly timeoutMs: number;
  /** An answer that takes longer counts as none. */
  readonly slowMs: number;
};
/** What the prober shows of itself; without it mutual TLS is not measured. */
export type Credentials = { readonly certificatePem: string; readonly keyPem: string };

export type Measured = {
  readonly layer: HeartbeatLayer;
  readonly atMs: number;
  readonly ok: boolean;
  readonly latencyMs: number | null;
  readonly detail: string | null;
};
export type MetCertificate = {
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
};
export type Probed = { readonly measured: readonly Measured[]; readonly certificate: MetCertificate | null };

/** No answer is longer; whoever sends more is not read any further. */
const ANSWER_MAX_BYTES = 4_096;
const CUT = 'ECONNRESET';

/**
 * Reaches one endpoint from the wire upwards and stops at the first layer that fails: TCP, the server's certificate (trusted, in time,
 * of the right name), ours (accepted), and an echo. Never throws; never goes anywhere but to the endpoint's own address, and follows nothing.
 */
export async function probe(endpoint: Endpoint, credentials: Credentials | null): Promise<Probed> {
  const measured: Measured[] = [];
  const say = (layer: HeartbeatLayer, beganMs: number, fault: string | null) => {
    const latencyMs = Math.max(0, Math.round(performance.now() - beganMs));
    const slow = fault === null && latencyMs > endpoint.slowMs ? `slower than ${endpoint.slowMs} ms` : fault;
    measured.push({ layer, atMs: Date.now(), ok: slow === null, latencyMs: slow === null ? latencyMs : null, detail: slow });
    return slow === null;
  };
  let began = performance.now();
  const target = await allowedAddress(endpoint.host, endpoint.allowedAddresses);
  if (target.kind !== 'address') {
    say('network', began, target.detail);
    return { measured, certificate: null };
  }
  let tcp: Socket | null = null;
  let tls: TLSSocket | null = null;
  let certificate: MetCertificate | null = null;
  try {
    began = performance.now();
    const reached = await opened(target.address, endpoint);
    if (typeof reached === 'string') {
      say('network', began, reached);
      return { measured, certificate };
    }
    tcp = reached;
    if (!say('network', began, null)) return { measured, certificate };

    began = performance.now();
    const shaken = await handshake(tcp, endpoint, credentials);
    if (typeof shaken === 'string') {
      const ofOurs = credentials !== null && refusesOurCertificate(shaken);
      if (ofOurs) say('tls', began, null);
      say(ofOurs ? 'mtls' : 'tls', began, faultWords(shaken));
      return { measured, certificate };
    }
    tls = shaken;
    certificate = metCertificate(tls.getPeerCertificate());
    const distrust = tls.authorizationError as unknown;
    if (
      !say(
        'tls',
        began,
        distrust ? faultWords(typeof distrust === 'string' ? distrust : ((distrust as { code?: string }).code ?? String(distrust))) : null,
      )
    )
      return { measured, certificate };

    began = performance.now();
    const answer = await echo(tls, endpoint);
    // In TLS 1.3 a server refuses a client's certificate only once it reads, and some only cut the line.
    if (credentials !== null && answer.kind === 'fault' && (refusesOurCertificate(answer.code) || answer.code === CUT)) {
      say('mtls', began, answer.code === CUT ? 'the connection was cut after our certificate was shown' : faultWords(answer.code));
      return { measured, certificate };
    }
    if (credentials !== null) say('mtls', began, null);
    say('application', began, answer.kind === 'fault' ? faultWords(answer.code) : answer.kind === 'wrong' ? answer.detail : null);
    return { measured, certificate };
  } finally {
    tls?.destroy();
    tcp?.destroy();
  }
}

function opened(address: string, { port, timeoutMs }: Endpoint): Promise<Socket | string> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: address, port });
    const timer = setTimeout(() => fail('connection timed out'), timeoutMs);
    const fail = (detail: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(detail);
    };
    socket.once('error', (error: NodeJS.ErrnoException) => fail(faultWords(error.code ?? error.message)));
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}

function handshake(
  tcp: Socket,
  { serverName, trustedCaPem, timeoutMs }: Endpoint,
  credentials: Credentials | null,
): Promise<TLSSocket | string> {
  return new Promise((resolve) => {
    const tls = connectTls({
      socket: tcp,
      servername: serverName,
      ca: trustedCaPem,
      // The reason is wanted, not only the refusal: nothing is sent where the server is not authorised.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ...(credentials ? { cert: credentials.certificatePem, key: credentials.keyPem } : {}),
    });
    const timer = setTimeout(() => fail('handshake timed out'), timeoutMs);
    const fail = (detail: string) => {
      clearTimeout(timer);
      tls.destroy();
      resolve(detail);
    };
    tls.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    tls.once('close', () => fail('ECONNRESET'));
    tls.once('secureConnect', () => {
      clearTimeout(timer);
      tls.removeAllListeners('error').removeAllListeners('close');
      tls.on('error', () => {});
      resolve(tls);
    });
  });
}

type Answer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'fault'; readonly code: string }
  | { readonly kind: 'wrong'; readonly detail: string };

/** Asks for a word back, once; an answer that is not 200 with that word, a redirect above all, is wrong. */
function echo(tls: TLSSocket, { serverName, timeoutMs }: Endpoint): Promise<Answer> {
  return new Promise((resolve) => {
    const word = randomBytes(9).toString('hex');
    let text = '';
    const timer = setTimeout(() => end({ kind: 'fault', code: 'no answer to the echo' }), timeoutMs);
    const end = (answer: Answer) => {
      clearTimeout(timer);
      tls.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close').removeAllListeners('error');
      tls.on('error', () => {});
      resolve(answer);
    };
    tls.on('error', (error: NodeJS.ErrnoException) => end({ kind: 'fault', code: error.code ?? error.message }));
    tls.on('close', () => end({ kind: 'fault', code: 'ECONNRESET' }));
    tls.on('data', (part: Buffer) => {
      text += part.toString('latin1');
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
      if (status !== undefined && status !== '200') end({ kind: 'wrong', detail: `the echo was answered with ${status}` });
      else if (status === '200' && text.includes(word)) end({ kind: 'ok' });
      else if (text.length > ANSWER_MAX_BYTES) end({ kind: 'wrong', detail: 'the echo was not repeated' });
    });
    tls.on('end', () => end(text ? { kind: 'wrong', detail: 'the echo was not repeated' } : { kind: 'fault', code: 'ECONNRESET' }));
    tls.write(`GET /headwater/echo?word=${word} HTTP/1.1\r\nhost: ${serverName}\r\nconnection: close\r\n\r\n`);
  });
}

function refusesOurCertificate(code: string): boolean {
  return /ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)|CERTIFICATE_REQUIRED/.test(code);
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'connection refused'],
  [/^E(?:HOST|NET)UNREACH$/, 'no route to host'],
  [/^ETIMEDOUT$/, 'connection timed out'],
  [/^E(?:CONNRESET|PIPE)$/, 'the connection was cut'],
  [/^CERT_HAS_EXPIRED$/, 'the server’s certificate has expired'],
  [/^CERT_NOT_YET_VALID$/, 'the server’s certificate is not valid yet'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'the server’s certificate is of another name'],
  [/SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA/, 'the server’s certificate is not trusted'],
  [/CERTIFICATE_EXPIRED/, 'our certificate has expired'],
  [/CERTIFICATE_REQUIRED/, 'our certificate was asked for and is missing'],
  [/ALERT_/, 'our certificate was refused'],
  [/WRONG_VERSION_NUMBER|^EPROTO$|UNSUPPORTED_PROTOCOL|HANDSHAKE_FAILURE/, 'no TLS is spoken there'],
];

function faultWords(code: string): string {
  return WORDS.find(([pattern]) => pattern.test(code))?.[1] ?? code.slice(0, 120);
}

function metCertificate(peer: PeerCertificate): MetCertificate | null {
  if (!peer?.raw) return null;
  const named = (name: PeerCertificate['subject'] | undefined) =>
    Object.entries(name ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(', ')
      .replaceAll(/\p{C}/gu, ' ')
      .slice(0, 200);
  return {
    fingerprint: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: named(peer.subject),
    issuer: named(peer.issuer),
    notBefore: new Date(peer.valid_from),
    notAfter: new Date(peer.valid_to),
  };
}
