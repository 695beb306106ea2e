import 'server-only';
import type pg from 'pg';
import { type DistributionPlan, distributionPlan } from './distribution-plan';
import type { PlanStep } from './distribution-steps';

/** Any number that no other lock of the project uses. */
const LOCK = 72_707_370;

/**
 * Brings the tables to where the plan puts them, one step after the other, each a transaction of its own: a fault half-way leaves whole
 * tables, and the next run goes on from there. Two runs at once wait for each other.
 */
export async function distribute(client: pg.ClientBase, onStep: (step: PlanStep) => void): Promise<DistributionPlan> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    const plan = await distributionPlan(client);
    if (plan.kind === 'refused') return plan;
    for (const step of plan.steps) {
      if (!step.done) await runStep(client, step);
      onStep(step);
    }
    return plan;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

async function runStep(client: pg.ClientBase, step: PlanStep): Promise<void> {
  try {
    await client.query(step.sql);
  } catch (error) {
    throw new Error(`could not ${step.says}: ${(error as Error).message}`, { cause: error });
  }
}
