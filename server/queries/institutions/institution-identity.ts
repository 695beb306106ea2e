import 'server-only';
import { type InstitutionStateName, stateName } from '@/domain/overview/institution-state';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

export type InstitutionIdentity = {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
  readonly category: string;
  readonly status: string;
  readonly name: string;
  readonly otherName: string;
  readonly short: string;
  readonly cnapsNo: string | null;
  readonly licenceNo: string | null;
  readonly bic: string | null;
  readonly lei: string | null;
  readonly currency: string;
  readonly netDebitCapMinor: bigint | null;
  readonly simulated: boolean;
  readonly state: InstitutionStateName;
  readonly layers: unknown;
  readonly since: Date | null;
  readonly lastHeartbeatAt: Date | null;
  readonly lastTransactionAt: Date | null;
};

/** Who the institution with this code is and how its lines are; null where there is none, or none that the actor may see. */
export async function institutionIdentity(
  actor: Actor,
  { code, locale }: { code: string; locale: string },
): Promise<InstitutionIdentity | null> {
  const row = await database().institution.findUnique({ where: { code } });
  if (!row || (actor.institutionId !== null && actor.institutionId !== row.id)) return null;
  const state = await database().institutionState.findUnique({ where: { institutionId: row.id } });
  const chinese = locale.startsWith('zh');
  return {
    ...row,
    name: chinese ? row.nameZh : row.nameEn,
    otherName: chinese ? row.nameEn : row.nameZh,
    short: chinese ? row.shortZh : row.shortEn,
    state: stateName(state?.state ?? null),
    layers: state?.layers ?? {},
    since: state?.since ?? null,
    lastHeartbeatAt: state?.lastHeartbeatAt ?? null,
    lastTransactionAt: state?.lastTransactionAt ?? null,
  };
}
