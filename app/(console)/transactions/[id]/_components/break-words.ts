import type { useTranslations } from 'next-intl';
import { exactDigits } from '@/domain/format/amount';
import { formatCount } from '@/domain/format/count';
import type { ChainBreak } from '@/domain/tracing/payment-chain-breaks';

type Words = ReturnType<typeof useTranslations>;

/** One sentence about a break; `t` speaks for the namespace transactions. */
export function breakWords(one: ChainBreak, currency: string, t: Words): string {
  const party = t(`party.${one.party}`);
  switch (one.kind) {
    case 'missing':
      return t('detail.break.missing', { party });
    case 'duplicate':
      return t('detail.break.duplicate', { party, times: one.times });
    case 'amount':
      return t('detail.break.amount', {
        party,
        recorded: exactDigits(one.recordedMinor, currency),
        difference: signedAmount(one.differenceMinor, currency),
      });
    case 'currency':
      return t('detail.break.currency', { party, recorded: one.recorded });
    case 'status':
      return t('detail.break.status', { party, recorded: t(`legStatus.${one.recorded}`) });
    case 'date-cut':
      return t('detail.break.date-cut', { party, recorded: one.recorded, expected: one.expected });
    case 'order':
      return t('detail.break.order', { ms: formatCount(Math.round(one.earlyMs)) });
  }
}

/** "+20.00" or "−20.00". */
export function signedAmount(minor: bigint, currency: string): string {
  return minor > 0n ? `+${exactDigits(minor, currency)}` : exactDigits(minor, currency);
}
