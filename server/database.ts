import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { environment } from './environment';
import { Prisma, PrismaClient } from './generated/prisma/client';
import { keptPlanName } from './kept-plan';

// One client a process; `next dev` reloads modules, the global outlives them.
const held = globalThis as { headwaterDatabase?: PrismaClient; headwaterModels?: string };

/** The Prisma client that every query and command of the console goes through. */
export function database(): PrismaClient {
  // A client that was generated anew knows tables that the held one does not.
  const models = Object.keys(Prisma.ModelName).join();
  if (held.headwaterModels !== models) held.headwaterDatabase = undefined;
  held.headwaterModels = models;
  held.headwaterDatabase ??= new PrismaClient({
    adapter: new PrismaPg(
      {
        connectionString: environment().DATABASE_URL,
        max: 10,
        application_name: 'headwater-console',
        statement_timeout: 15_000,
      },
      // The driver takes a missing name as "do not keep", though its type does not say so.
      { statementNameGenerator: keptPlanName as (query: { sql: string }) => string },
    ),
    // A page of many questions may hold the whole pool for a moment; a transaction waits its turn as a plain query does.
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
  return held.headwaterDatabase;
}
