// Runs a command against a PostgreSQL that is not the product's own: the distribution's server where it can be installed
// (an older major version than the embedded one, so both ends are tried), else a second embedded one started apart.
//   node scripts/with-postgres.mjs COMMAND [ARG…]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { distributionPostgres } from './distribution-postgres.mjs';
import { startEmbeddedPg } from './embedded-postgres.mjs';
import { runWith } from './run-with.mjs';
import { giveUp, step } from './say.mjs';

let server;
try {
  server = (await distributionPostgres()) ?? (await separateServer());
  step(`A second PostgreSQL: ${server.name}`);
  const code = await runWith({ DATABASE_URL: server.url });
  server.stop();
  process.exit(code);
} catch (error) {
  // A command that cannot even be started must not leave a server behind.
  server?.stop();
  giveUp(error);
}

async function separateServer() {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-pg-'));
  fs.chmodSync(home, 0o755);
  const server = await startEmbeddedPg({ home });
  return {
    name: 'a separate embedded one',
    url: server.url,
    stop: () => {
      server.stop();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}
