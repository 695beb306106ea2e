// Runs a command against a Citus cluster of three nodes on this machine: the distribution's PostgreSQL, into which Citus 12 or later
// has been installed. Tests then spread each database they make (server/testing/fresh-database.ts).
//   node scripts/with-citus.mjs node scripts/test.mjs --only unit
import { distributionPostgres } from './distribution-postgres.mjs';
import { runWith } from './run-with.mjs';
import { giveUp, Refusal, step } from './say.mjs';

const settings = {
  shared_preload_libraries: 'citus',
  max_connections: 300,
  'citus.shard_count': 4,
  'citus.node_conninfo': 'sslmode=disable',
};

const nodes = [];
try {
  for (let node = 0; node < 3; node++) {
    const started = await distributionPostgres({ settings, trusted: true });
    if (!started) throw new Refusal('A cluster needs the distribution’s PostgreSQL with Citus, and root to start it.');
    nodes.push(started);
  }
  const [coordinator, ...workers] = nodes;
  step(`A cluster of three: ${coordinator.name} with Citus`);
  const code = await runWith({
    DATABASE_URL: coordinator.url,
    HEADWATER_TEST_CITUS_WORKERS: workers.map(({ port }) => `127.0.0.1:${port}`).join(','),
  });
  for (const node of nodes) node.stop();
  process.exit(code);
} catch (error) {
  for (const node of nodes) node.stop();
  giveUp(error);
}
