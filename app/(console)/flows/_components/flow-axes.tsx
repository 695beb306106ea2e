import { getTranslations } from 'next-intl/server';
import { AXES } from '@/domain/flows/axes';
import { AxesMenu } from './axes-menu';
import type { FlowPicture } from './flow-picture';

/** Who pays whom in this picture. Counted are the lines of the matrix, elsewhere the institutions that paid or were paid in the range. */
export async function FlowAxes({ picture, lines }: { picture: FlowPicture; lines: boolean }) {
  const t = await getTranslations('flows.axes');
  const shown = lines ? picture.flows : picture.flows.filter((flow) => flow.amount > 0n);
  const text = t(picture.axes, {
    payers: new Set(shown.map((flow) => flow.payerId)).size,
    payees: new Set(shown.map((flow) => flow.payeeId)).size,
  });
  return (
    <AxesMenu
      value={picture.axes}
      text={picture.byTraffic ? `${text} · ${t('busiest')}` : text}
      label={t('label')}
      options={Object.fromEntries(AXES.map((axes) => [axes, t(`choice.${axes}`)]))}
    />
  );
}
