import type { ClientBase } from 'pg';
import type { Signer } from '@/server/evidence/signing';
import type { AccountKeys } from '@/server/identity';
import { changeJob, dropPieces, type ExportJob, jobAtWork } from './export-job';
import { prove } from './prove';
import { seal } from './seal';
import { writePage } from './write-page';
import { writeSheet } from './write-sheet';

/** Places where the process may die; tests kill it there. */
export type ExportPoint = 'job taken' | 'page written' | 'workbook written' | 'sealed' | 'proven' | 'committed';

export type ExportTools = {
  readonly signer: Signer;
  readonly keys: AccountKeys;
  /** The verifier that goes into every bundle. */
  readonly verifier: Buffer;
  /** Version of the platform, for the manifest. */
  readonly platform: string;
  readonly at?: (point: ExportPoint) => void | Promise<void>;
};

export type Stepped = { readonly kind: 'idle' | 'waits' } | { readonly kind: 'worked'; readonly jobId: string };

/**
 * Does one step of the export that was asked for first: some rows, one workbook, the seal or the proof, committed together with the place
 * the job is at. A job is taken up after a crash where its last step ended; only the last step makes anything of it downloadable.
 *
 * The client must be in no transaction. Throws, with the step rolled back, on any fault.
 */
export async function exportOnce(client: ClientBase, tools: ExportTools): Promise<Stepped> {
  const at = tools.at ?? (() => {});
  await client.query('begin isolation level repeatable read');
  try {
    const job = await jobAtWork(client);
    if (!job) {
      await client.query('rollback');
      return { kind: 'idle' };
    }
    await at('job taken');
    if (!(await step(client, job, tools))) {
      await client.query('rollback');
      return { kind: 'waits' };
    }
    await client.query('commit');
    await at('committed');
    return { kind: 'worked', jobId: job.id };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function step(client: ClientBase, job: ExportJob, tools: ExportTools): Promise<boolean> {
  const at = tools.at ?? (() => {});
  switch (job.state) {
    case 'queued':
    case 'writing':
      await writePage(client, job, tools.keys);
      await at('page written');
      return true;
    case 'sheets':
      await writeSheet(client, job);
      await at('workbook written');
      return true;
    case 'sealing':
      await seal(client, job, tools);
      await at('sealed');
      return true;
    case 'proving': {
      const isProven = await prove(client, job);
      if (isProven) await at('proven');
      return isProven;
    }
    default:
      throw new Error(`an export that is ${job.state} is not at work`);
  }
}

/** Gives up the export at work, whose steps fail again and again: others wait behind it. */
export async function giveUp(client: ClientBase, fault: string): Promise<string | null> {
  await client.query('begin');
  try {
    const job = await jobAtWork(client);
    if (job) {
      await dropPieces(client, job.id);
      await changeJob(client, job, { state: 'failed', fault });
      await client.query(`insert into audit_event (action, subject_type, subject_id, detail) values ('export.failed', 'export', $1, $2)`, [
        job.id,
        { fault },
      ]);
    }
    await client.query('commit');
    return job?.id ?? null;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Takes away the files of exports whose time is over; what they were stays on record. */
export async function expire(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `with over as (
       update export_job set state = 'expired', updated_at = clock_timestamp()
       where state = 'ready' and expires_at <= clock_timestamp()
       returning id
     ), gone as (
       delete from export_piece where job_id in (select id from over)
     )
     insert into audit_event (action, subject_type, subject_id)
     select 'export.expired', 'export', id::text from over
     returning subject_id as id`,
  );
  return rows.length;
}
