import 'server-only';
import * as z from 'zod';
import type { Precision } from '@/domain/alerts/alert-view';
import { parseRule, type Rule } from '@/domain/detection/rules/rule';
import { SHIPPED_RULES } from '@/domain/detection/rules/shipped-rules';
import { TYPOLOGIES, TYPOLOGY_SETTINGS } from '@/domain/detection/typologies/typology';
import { database } from '@/server/database';
import { visibleTo } from '@/server/queries/alerts/alert-conditions';
import { measuredPrecision } from '@/server/queries/alerts/measured-precision';
import type { Actor } from '@/server/session';

export const STATISTICS = ['surge', 'success-drop', 'latency', 'net-imbalance', 'after-hours'] as const;
export type CatalogueKind = 'rule' | 'typology' | 'statistic';
export type CatalogueEntry = {
  readonly kind: CatalogueKind;
  readonly id: string;
  readonly version: number;
  /** Null for what is no rule, and for a rule whose stored definition cannot be read. */
  readonly rule: Rule | null;
  readonly isActive: boolean;
  readonly switchedOff: string | null;
  /** Versions that wait for a second person, and that run in the shadow. */
  readonly requested: number;
  readonly shadows: number;
  readonly alerts30d: number;
  readonly precision: Precision;
};

const ALERT_DAYS = 30;
const Alerts = z.object({ ruleId: z.string(), alerts: z.int() });

/** Every rule, pattern and statistic, with what it raised in thirty days and how often that was worth it. */
export async function ruleCatalogue(actor: Actor, { at }: { at: Date }): Promise<readonly CatalogueEntry[]> {
  const since = new Date(at.getTime() - ALERT_DAYS * 86_400_000);
  const [versions, alertRows, precisions] = await Promise.all([
    database().ruleVersion.findMany({ orderBy: [{ ruleId: 'asc' }, { version: 'desc' }] }),
    database().$queryRaw`
      select a.rule_id as "ruleId", count(*)::int as alerts
      from alert a
      where a.raised_at >= ${since} and ${visibleTo(actor)}
      group by a.rule_id`,
    measuredPrecision(actor, { at }),
  ]);
  const alerts = new Map(
    z
      .array(Alerts)
      .parse(alertRows)
      .map(({ ruleId, alerts: count }) => [ruleId, count]),
  );
  const counted = (id: string) => ({ alerts30d: alerts.get(id) ?? 0, precision: precisions.get(id) ?? { good: 0, judged: 0 } });
  const plain = { rule: null, isActive: true, switchedOff: null, requested: 0, shadows: 0 };
  const ids = [...new Set([...SHIPPED_RULES.map(({ id }) => id), ...versions.map(({ ruleId }) => ruleId)])];
  return [
    ...ids.map((id): CatalogueEntry => {
      const own = versions.filter(({ ruleId }) => ruleId === id);
      const shown = own.find(({ state }) => state === 'active') ?? own[0];
      const parsed = shown ? parseRule(shown.definition) : null;
      const shipped = SHIPPED_RULES.find((rule) => rule.id === id) ?? null;
      return {
        kind: 'rule',
        id,
        version: shown?.version ?? shipped?.version ?? 1,
        rule: parsed ? (parsed.ok ? parsed.rule : null) : shipped,
        // Before the detector has run for the first time nothing is stored, and nothing in force.
        isActive: shown?.state === 'active',
        switchedOff: shown?.switchedOffReason ?? null,
        requested: own.filter(({ state }) => state === 'requested').length,
        shadows: own.filter(({ state }) => state === 'shadow').length,
        ...counted(id),
      };
    }),
    ...TYPOLOGIES.map(
      (id): CatalogueEntry => ({
        kind: 'typology',
        id,
        version: TYPOLOGY_SETTINGS[id].version,
        ...plain,
        isActive: TYPOLOGY_SETTINGS[id].enabled,
        ...counted(id),
      }),
    ),
    ...STATISTICS.map((id): CatalogueEntry => ({ kind: 'statistic', id, version: 1, ...plain, ...counted(id) })),
  ];
}
