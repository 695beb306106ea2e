import path from 'node:path';
import { distribute } from '@/server/commands/distribution/distribute';
import { distributionPlan } from '@/server/commands/distribution/distribution-plan';
import type { PlanStep } from '@/server/commands/distribution/distribution-steps';
import { migrate } from '../../scripts/migrate.mjs';
import { EXIT, type ExitCode, Failure } from './failure';
import { type Installation, withDatabase } from './installation';

/** Applies the migrations that are not applied yet. */
export async function migrateDatabase(here: Installation): Promise<ExitCode> {
  // The first connection says in one sentence what is wrong with the address.
  await withDatabase(here, async () => {});
  const applied: string[] = await migrate(here.databaseUrl as string, path.join(here.home, 'prisma', 'migrations')).catch(
    (error: Error) => {
      throw new Failure(`The migrations stopped: ${error.message}`);
    },
  );
  for (const name of applied) process.stdout.write(`applied ${name}\n`);
  process.stdout.write(applied.length === 0 ? 'up to date\n' : `${applied.length} migrations applied\n`);
  return EXIT.done;
}

/** Spreads the tables over a Citus cluster, or with `plan` only says how. */
export async function distributeDatabase(here: Installation, options: { readonly plan?: boolean }): Promise<ExitCode> {
  return await withDatabase(here, async (client) => {
    if (options.plan) {
      const plan = await distributionPlan(client, { assumeExtension: true });
      if (plan.kind === 'refused') throw new Failure(plan.detail);
      for (const note of plan.notes) process.stdout.write(`Note: ${note}\n`);
      for (const step of plan.steps) process.stdout.write(`${line(step, 'to do')}\n    ${step.sql};\n`);
      const real = await distributionPlan(client);
      if (real.kind === 'refused') throw new Failure(`This is the plan, but it cannot be carried out here. ${real.detail}`);
      return EXIT.done;
    }
    const plan = await distribute(client, (step) => process.stdout.write(`${line(step, 'done')}\n`)).catch((error: Error) => {
      throw new Failure(`The distribution stopped: ${error.message}. Run it again to go on.`);
    });
    if (plan.kind === 'refused') throw new Failure(plan.detail);
    for (const note of plan.notes) process.stdout.write(`Note: ${note}\n`);
    process.stdout.write(`${plan.steps.filter(({ done }) => !done).length} steps done, ${plan.workers} workers\n`);
    return EXIT.done;
  });
}

function line(step: PlanStep, state: string): string {
  return `${(step.done ? 'already' : state).padEnd(8)} ${step.says}`;
}
