import { hash } from 'node:crypto';
import type * as z from 'zod';
import type { HeartbeatLine } from '../feed/lines';
import { conflict } from './admit-messages';
import { type FeedSteps, type Passing, type RefusedLine, spanOf } from './feed-steps';
import { checkFields } from './field-rules';
import { certificateFault, recordCertificates } from './heartbeat-certificates';
import type { Institution } from './institution-register';
import { HEARTBEAT_RULES } from './line-rules';
import type { OpenBatch } from './open-batch';
import { isRefusal, refuse } from './refusal';
import { resolveCode } from './resolve-code';
import { timesFault } from './times';

type Line = z.input<typeof HeartbeatLine>;
type Checked = { readonly line: Line; readonly sentAtMs: number };
type Resolved = Checked & { readonly institution: Institution };

// Heartbeats come by the million and are not kept for ever, and neither could receipts for each be: a beat is known by institution,
// line, layer and the millisecond it was sent, which is the table's own key.
export const heartbeats: FeedSteps<Checked, Resolved, Passing<Resolved>> = {
  check(json, nowMs) {
    const fault = checkFields(json, HEARTBEAT_RULES) ?? timesFault(json, ['sentAt'], nowMs);
    if (fault) return fault;
    const line = json as Line;
    const wrong = certificateFault(line);
    if (wrong) return wrong;
    return { line, sentAtMs: Date.parse(line.sentAt) };
  },

  resolve(checked, register, sender) {
    const institution = resolveCode(register, checked.line.institution, 'institution');
    if (isRefusal(institution)) return institution;
    if (institution.id !== sender.id && sender.kind !== 'clearing') {
      return refuse('not-a-party', 'institution', 'An institution reports its own lines; only a clearing institution reports for others.');
    }
    return { ...checked, institution };
  },

  prepare: (_batch, passing) => passing,

  async store(batch, lines) {
    const first = new Map<string, Passing<Resolved>>();
    for (const passing of lines) if (!first.has(keyOf(passing.item))) first.set(keyOf(passing.item), passing);
    const beats = [...first.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, passing]) => passing);
    const inserted = await insert(batch, beats);
    const stored = await storedBeats(
      batch,
      beats.filter(({ item }) => !inserted.has(keyOf(item))),
    );

    const refused: RefusedLine[] = [];
    let accepted = 0;
    for (const passing of lines) {
      const key = keyOf(passing.item);
      if (first.get(key) === passing && inserted.has(key)) {
        accepted++;
        continue;
      }
      const before = stored.get(key) ?? contentOf((first.get(key) as Passing<Resolved>).item.line);
      const sent = contentOf(passing.item.line);
      if (before !== sent)
        refused.push({ raw: passing.raw, refusal: conflict(hash('sha256', before, 'hex'), hash('sha256', sent, 'hex')) });
    }
    const unwelcome = new Set(refused.map(({ raw }) => raw));
    await recordCertificates(
      batch.client,
      lines.filter(({ raw }) => !unwelcome.has(raw)).map(({ item }) => item),
    );
    const fresh = beats.filter(({ item }) => inserted.has(keyOf(item)));
    return {
      accepted,
      duplicate: lines.length - accepted - refused.length,
      refused,
      span: spanOf(fresh.map(({ item }) => item.sentAtMs * 1_000)),
      transactionKeys: new Map(),
    };
  },
};

function keyOf({ institution, line, sentAtMs }: Resolved): string {
  return `${institution.id} ${line.line} ${line.layer} ${directionOf(line)} ${sentAtMs}`;
}

/** What must be the same in a beat that is sent again. */
function contentOf(beat: { readonly ok: boolean; readonly latencyMs?: number | null; readonly detail?: string | null }): string {
  return JSON.stringify([beat.ok, beat.latencyMs ?? null, beat.detail ?? null]);
}

async function insert(batch: OpenBatch, beats: readonly Passing<Resolved>[]): Promise<ReadonlySet<string>> {
  const { rows } = await batch.client.query<{ key: string }>({
    name: 'insert-heartbeats',
    text: `insert into heartbeat (institution_id, line, layer, direction, sent_at, ok, latency_ms, detail, batch_id)
           select institution_id, line, layer, direction, sent_at, ok, latency_ms, detail, $8
             from unnest($1::int[], $2::text[], $3::heartbeat_layer[], $4::timestamptz[], $5::boolean[], $6::int[], $7::text[], $9::line_direction[])
               as beat (institution_id, line, layer, sent_at, ok, latency_ms, detail, direction)
           on conflict (institution_id, line, layer, direction, sent_at) do nothing
           returning concat_ws(' ', institution_id, line, layer, direction, (extract(epoch from sent_at) * 1000)::bigint) as key`,
    values: [
      beats.map(({ item }) => item.institution.id),
      beats.map(({ item }) => item.line.line),
      beats.map(({ item }) => item.line.layer),
      beats.map(({ item }) => new Date(item.sentAtMs).toISOString()),
      beats.map(({ item }) => item.line.ok),
      beats.map(({ item }) => item.line.latencyMs ?? null),
      beats.map(({ item }) => item.line.detail ?? null),
      batch.id,
      beats.map(({ item }) => directionOf(item.line)),
    ],
  });
  return new Set(rows.map(({ key }) => key));
}

async function storedBeats(batch: OpenBatch, beats: readonly Passing<Resolved>[]): Promise<ReadonlyMap<string, string>> {
  if (beats.length === 0) return new Map();
  const { rows } = await batch.client.query<{ key: string; ok: boolean; latency_ms: number | null; detail: string | null }>({
    name: 'stored-heartbeats',
    text: `select concat_ws(' ', h.institution_id, h.line, h.layer, h.direction, (extract(epoch from h.sent_at) * 1000)::bigint) as key,
                  h.ok, h.latency_ms, h.detail
             from heartbeat h
             join unnest($1::int[], $2::text[], $3::heartbeat_layer[], $4::timestamptz[], $5::line_direction[])
               as beat (institution_id, line, layer, sent_at, direction)
            using (institution_id, line, layer, direction, sent_at)`,
    values: [
      beats.map(({ item }) => item.institution.id),
      beats.map(({ item }) => item.line.line),
      beats.map(({ item }) => item.line.layer),
      beats.map(({ item }) => new Date(item.sentAtMs).toISOString()),
      beats.map(({ item }) => directionOf(item.line)),
    ],
  });
  return new Map(rows.map((row) => [row.key, contentOf({ ok: row.ok, latencyMs: row.latency_ms, detail: row.detail })]));
}

function directionOf(line: Line): 'outbound' | 'inbound' {
  return line.direction ?? 'outbound';
}
