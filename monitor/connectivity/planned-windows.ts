import type { ClientBase } from 'pg';
import * as z from 'zod';

const Row = z.object({ institutionId: z.int().nullable(), line: z.string().nullable() });
export type PlannedWindows = {
  /** The whole institution is announced to be stopped. */
  readonly ofInstitution: (institutionId: number) => boolean;
  /** The line is, for this institution or for everybody. */
  readonly ofLine: (institutionId: number, line: string) => boolean;
};

/** The announced stops that are in force at `nowMs`. */
export async function plannedWindows(client: ClientBase, nowMs: number): Promise<PlannedWindows> {
  const { rows } = await client.query(
    `select institution_id as "institutionId", line
     from planned_window
     where from_at <= $1
       and to_at > $1
       and cancelled_at is null`,
    [new Date(nowMs)],
  );
  const windows = z.array(Row).parse(rows);
  const whole = new Set(windows.flatMap(({ institutionId, line }) => (line === null && institutionId !== null ? [institutionId] : [])));
  const lines = new Set(windows.flatMap(({ institutionId, line }) => (line === null ? [] : [`${institutionId ?? '*'} ${line}`])));
  return {
    ofInstitution: (institutionId) => whole.has(institutionId),
    ofLine: (institutionId, line) => lines.has(`${institutionId} ${line}`) || lines.has(`* ${line}`),
  };
}
