import type pg from 'pg';
import { businessDay } from '@/simulator/calendar';
import type { CountryInstitution } from '@/simulator/country';
import { Disturbances } from '@/simulator/disturbances';
import { linesOf } from '@/simulator/lines';
import type { Disturbance } from '@/simulator/scenarios/scenario';

const DAY_SECONDS = 86_400;
const HISTORY_DAYS = 92;
const DUTIES = [
  { duty: 'operations', zh: '运行值班室', en: 'Operations desk', hours: '24 h' },
  { duty: 'network', zh: '网络中心', en: 'Network centre', hours: '24 h' },
  { duty: 'security', zh: '信息安全部', en: 'Information security', hours: '09:00–18:00' },
] as const;

/**
 * Demo mode: what the made-up clearing institution tells of its participants' past before measuring began (what was planted, as
 * "reported"), and whom to call at each. Does nothing where either is known already.
 */
export async function demoConnectivity(
  on: pg.ClientBase,
  country: readonly CountryInstitution[],
  seed: number,
  nowSecond: number,
): Promise<void> {
  const { rows } = await on.query<{ id: number; code: string }>('select id, code from institution where code = any($1)', [
    country.map(({ code }) => code),
  ]);
  const idOf = new Map(rows.map(({ id, code }) => [code, id]));
  await reportedPast(on, { country, idOf, seed, nowSecond });
  await on.query(
    `insert into institution_contact (institution_id, duty, name_zh, name_en, phone, hours)
     select id, duty, zh, en, phone, hours
     from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as c (id, duty, zh, en, phone, hours)
     where not exists (select from institution_contact)`,
    columns(
      [...idOf].flatMap(([code, id]) =>
        DUTIES.map(({ duty, zh, en, hours }, n) => [id, duty, zh, en, `000-0000-${code.slice(1)}${n}`, hours] as const),
      ),
      6,
    ),
  );
}

async function reportedPast(
  on: pg.ClientBase,
  of: { country: readonly CountryInstitution[]; idOf: ReadonlyMap<string, number>; seed: number; nowSecond: number },
): Promise<void> {
  const known = await on.query('select from state_interval limit 1');
  if (known.rowCount) return;
  const { country, idOf, seed, nowSecond } = of;
  const disturbances = new Disturbances({ seed, institutions: country });
  const byCode = new Map<string, Disturbance[]>();
  const today = businessDay(nowSecond);
  for (let day = today - HISTORY_DAYS; day <= today; day++)
    for (const one of disturbances.ofDay(day)) byCode.set(one.institution, [...(byCode.get(one.institution) ?? []), one]);
  const from = nowSecond - HISTORY_DAYS * DAY_SECONDS;
  const stretches = country.flatMap((institution, index) => {
    const id = idOf.get(institution.code);
    if (id === undefined || institution.kind === 'clearing') return [];
    const both = linesOf(institution, index).length > 1;
    return pastOf(byCode.get(institution.code) ?? [], { from, to: nowSecond, both }).map(
      (one) => [id, at(one.from), one.to === null ? null : at(one.to), one.state] as const,
    );
  });
  await on.query(
    `insert into state_interval (institution_id, from_at, to_at, state, source)
     select id, from_at, to_at, state, 'reported'
     from unnest($1::int[], $2::timestamptz[], $3::timestamptz[], $4::text[]) as s (id, from_at, to_at, state)`,
    columns(stretches, 4),
  );
}

type Stretch = { from: number; to: number | null; state: string };

/** One after the other without gap; the last stays open until the monitor's first word. */
function pastOf(disturbed: readonly Disturbance[], { from, to, both }: { from: number; to: number; both: boolean }): Stretch[] {
  const past: Stretch[] = [];
  let until = from;
  for (const one of [...disturbed].sort((a, b) => a.from - b.from)) {
    const state = stateOf(one, both);
    const [begins, ends] = [Math.max(one.from, until), Math.min(one.to, to)];
    if (state === null || ends <= begins) continue;
    if (begins > until) past.push({ from: until, to: begins, state: 'up' });
    past.push({ from: begins, to: ends, state });
    until = ends;
  }
  if (until < to) past.push({ from: until, to: null, state: 'up' });
  else if (past.length > 0) past[past.length - 1] = { ...(past.at(-1) as Stretch), to: null };
  return past;
}

function stateOf({ scenario, brokenFrom, flapping, reroutedShare }: Disturbance, both: boolean): string | null {
  if (scenario === 'maintenance') return 'planned';
  if (scenario === 'data-centre') return both ? 'degraded' : 'down';
  if (brokenFrom !== undefined) return flapping ? 'degraded' : 'down';
  return reroutedShare === 1 ? 'silent' : null;
}

function at(second: number): string {
  return new Date(second * 1000).toISOString();
}

function columns(rows: readonly (readonly unknown[])[], count: number): unknown[][] {
  return Array.from({ length: count }, (_, n) => rows.map((row) => row[n]));
}
