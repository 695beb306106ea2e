import 'server-only';
import { canonicalJson } from '@/domain/canonical-json';
import type { Evidence } from '@/domain/cut-over/evidence';
import { gatherEvidence } from './gather-evidence';

/** The same question again: the evidence as it would be taken now from what was stored then. */
export async function repeatEvidence(evidence: Evidence): Promise<string> {
  const { subject, period, watermark, rules } = evidence;
  return canonicalJson(
    await gatherEvidence({
      ...subject,
      from: period.from,
      to: period.to,
      watermark: { xid: watermark.xid, batch: watermark.batch },
      at: new Date(watermark.at),
      minimumDays: rules.minimumDays,
      coverageMinPercent: rules.coverageMinPercent,
    }),
  );
}
