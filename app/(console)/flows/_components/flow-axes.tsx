import { getTranslations } from 'next-intl/server';
import { AXES } from '@/domain/flows/axes';
import { paymentsOf } from '@/domain/flows/pair-flow';
import { AxesMenu } from './axes-menu';
import type { FlowPicture } from './flow-picture';

/** Who pays whom in this picture, counted over institutions with payments in the range. */
export async function FlowAxes({ picture }: { picture: FlowPicture }) {
  const t = await getTranslations('flows.axes');
  const payers = new Set<number>();
  const payees = new Set<number>();
  for (const flow of picture.flows) {
    if (paymentsOf(flow) === 0n) continue;
    payers.add(flow.payerId);
    payees.add(flow.payeeId);
  }
  const text = t(picture.axes, { payers: payers.size, payees: payees.size });
  return (
    <AxesMenu
      value={picture.axes}
      text={picture.byTraffic ? `${text} · ${t('busiest')}` : text}
      label={t('label')}
      options={Object.fromEntries(AXES.map((axes) => [axes, t(`choice.${axes}`)]))}
    />
  );
}
