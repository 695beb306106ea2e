import type { ClientBase } from 'pg';
import type { AlertRow } from './alerts/alert-row';
import { hitRow } from './alerts/hit-rows';
import { typologyRows } from './alerts/typology-rows';
import { type Counting, writeAlerts } from './alerts/write-alerts';
import type { ChunkFindings } from './engine';
import type { RuleFault } from './rules/rule-run';
import { switchOff } from './rules/rule-store';
import { writeShadow, writeTallies } from './rules/write-counts';

/** Writes what a chunk (or, counted whole, the past) came to. The client must be in the transaction that moves the place in the feed. */
export async function writeFindings(
  client: ClientBase,
  findings: ChunkFindings,
  { counting, atMs }: { counting: Counting; atMs: number },
): Promise<void> {
  await writeAlerts(client, await typologyRows(client, [...findings.alerts.values()]), 'whole');
  await writeAlerts(client, [...findings.hits.values()].map(hitRow), counting);
  await writeTallies(client, [...findings.tallies.values(), ...findings.shadowTallies.values()], counting);
  await writeShadow(client, findings.shadowHits.values(), counting);
  for (const fault of findings.faults) await writeFault(client, fault, atMs);
}

/** A rule that cannot go on is switched off, and whoever runs the platform is told. */
export async function writeFault(client: ClientBase, fault: RuleFault, atMs: number): Promise<void> {
  await switchOff(client, fault);
  const row: AlertRow = {
    key: `fault:${fault.rule}@${fault.version}:${Math.floor(atMs)}`,
    source: 'rule',
    ruleId: fault.rule,
    ruleVersion: fault.version,
    subjectType: 'platform',
    subjectId: 'platform',
    institutionId: null,
    severity: 'high',
    score: 1,
    currency: null,
    amountMinor: 0n,
    transactionCount: 0,
    foldedCount: 0,
    openedAtMs: atMs,
    updatedAtMs: atMs,
    detail: { kind: 'fault', fault: fault.fault.slice(0, 500) },
    transactions: [],
  };
  await writeAlerts(client, [row], 'whole');
}
