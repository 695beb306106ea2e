import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { notNow, RequestRefused } from './request-refused';

/** Bytes of a body as sent and, apart from that, once decompressed. */
export const BODY_BYTES_MAX = 256 * 1024 * 1024;
const STALLED_AFTER_MS = 15_000;

export type Body = {
  /** The decompressed bytes, in pieces. */
  readonly bytes: AsyncIterable<Buffer>;
  /** After the last piece: throws unless the body as sent has this digest. */
  readonly mustMatch: (digest: Buffer) => void;
};

/** The body of a request, hashed as it is sent, then decompressed. Never more than a few pieces are held. */
export function readBody(source: Readable, encoding: string | undefined, bytesMax = BODY_BYTES_MAX): Body {
  if (encoding !== undefined && encoding !== 'identity' && encoding !== 'gzip') {
    throw new RequestRefused(415, 'encoding-unknown', 'content-encoding may be gzip or left out.');
  }
  const hash = createHash('sha256');
  let whole = false;
  let found: Buffer | undefined;
  async function* asSent(): AsyncGenerator<Buffer> {
    for await (const piece of limited(unstalled(source), bytesMax)) {
      hash.update(piece);
      yield piece;
    }
    whole = true;
  }
  return {
    bytes: encoding === 'gzip' ? limited(decompressed(asSent()), bytesMax) : asSent(),
    mustMatch: (digest) => {
      if (!whole) throw new RequestRefused(400, 'encoding-broken', 'Bytes follow after the end of the gzip data.');
      found ??= hash.digest();
      if (!found.equals(digest)) throw new RequestRefused(400, 'digest-mismatch', 'The body is not the one that was signed.');
    },
  };
}

async function* limited(pieces: AsyncIterable<Buffer>, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > bytesMax) throw new RequestRefused(413, 'body-too-large', `A body may have ${bytesMax} bytes, also once decompressed.`);
    yield piece;
  }
}

async function* decompressed(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const source = Readable.from(pieces, { objectMode: true, highWaterMark: 1 });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new RequestRefused(400, 'encoding-broken', 'The body is not whole gzip data.');
    }
    throw error;
  } finally {
    source.destroy();
  }
}

/** A sender that falls silent in mid-body would keep a transaction open, and the monitor waits for every open one. */
async function* unstalled(source: Readable): AsyncGenerator<Buffer> {
  const pieces = source.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await within(pieces.next(), STALLED_AFTER_MS);
      if (next.done) return;
      yield next.value as Buffer;
    }
  } finally {
    // Lets go of the source, so that what is left of it can be read away. Not waited for: after a stall it may never come.
    void pieces.return?.();
  }
}

async function within<T>(arriving: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notNow('body-stalled', 'The body stopped arriving.')), ms);
  });
  try {
    return await Promise.race([arriving, stalled]);
  } finally {
    clearTimeout(timer);
  }
}
