import { createServer, type Server } from 'node:http';
import type { Monitor } from './monitor';

/** Serves /livez (the process turns), /readyz (figures can be relied on) and /metrics. */
export function probeServer(monitor: Monitor): Server {
  return createServer((request, response) => {
    const answer = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    if (request.method !== 'GET') return answer(405, 'text/plain; charset=utf-8', 'method not allowed\n');
    switch (request.url) {
      case '/livez':
        return answer(200, 'text/plain; charset=utf-8', 'ok\n');
      case '/readyz': {
        const reason = monitor.notReady();
        return answer(reason ? 503 : 200, 'text/plain; charset=utf-8', `${reason ?? 'ok'}\n`);
      }
      case '/metrics':
        monitor.metrics.registry.metrics().then(
          (text) => answer(200, monitor.metrics.registry.contentType, text),
          () => answer(500, 'text/plain; charset=utf-8', 'metrics could not be collected\n'),
        );
        return;
      default:
        return answer(404, 'text/plain; charset=utf-8', 'not found\n');
    }
  });
}
