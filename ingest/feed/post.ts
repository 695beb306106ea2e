import http from 'node:http';
import https from 'node:https';
import { EARLIER_RECEIPT } from './receipt';

export type Answer =
  | { readonly status: number; readonly body: string; readonly retryAfterSeconds: number | undefined; readonly earlier: boolean }
  /** The connection gave no whole answer: whether the request took effect is not known. */
  | { readonly fault: string };

/** Kept-alive connections to one gateway. Node's own client and not `fetch`: an answer that comes before the body is read is not lost. */
export class PostConnections {
  readonly #base: URL;
  readonly #timeoutMs: number;
  readonly #agent: http.Agent;

  constructor(baseUrl: string, timeoutMs: number) {
    this.#base = new URL(baseUrl);
    this.#timeoutMs = timeoutMs;
    this.#agent = this.#base.protocol === 'https:' ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  }

  post(input: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly signal?: AbortSignal | undefined;
  }): Promise<Answer> {
    return new Promise((resolve) => {
      const client = this.#base.protocol === 'https:' ? https : http;
      const headers = { ...input.headers, 'content-length': String(input.body.byteLength) };
      const { signal } = input;
      const request = client.request(
        new URL(input.path, this.#base),
        { method: 'POST', agent: this.#agent, headers, timeout: this.#timeoutMs, ...(signal ? { signal } : {}) },
        (response) => collect(response, resolve),
      );
      request.on('timeout', () => request.destroy(new Error(`no answer in ${this.#timeoutMs} ms`)));
      request.on('error', (error) => resolve({ fault: error.message }));
      request.end(input.body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function collect(response: http.IncomingMessage, resolve: (answer: Answer) => void): void {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  response.on('error', (error) => resolve({ fault: error.message }));
  response.on('close', () => resolve({ fault: 'the connection closed before the answer was whole' }));
  response.on('end', () => {
    const seconds = Number(response.headers['retry-after']);
    const retryAfterSeconds = Number.isFinite(seconds) && response.headers['retry-after'] ? Math.min(seconds, 300) : undefined;
    const earlier = response.headers[EARLIER_RECEIPT] === 'true';
    resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), retryAfterSeconds, earlier });
  });
}
