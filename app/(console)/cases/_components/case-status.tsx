import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { Chip } from '@/components/ui/chip';
import type { CaseStatus } from '@/domain/cases/case-state';

/** Where a case stands, and whether it is held. */
export function CaseStatusChips({ status, held }: { readonly status: CaseStatus; readonly held: boolean }) {
  const t = useTranslations('cases');
  return (
    <>
      <Chip tone={status === 'in-review' ? 'accent' : 'plain'}>
        {status === 'closed' ? <Icon name="check" small /> : null}
        {t(`status.${status}`)}
      </Chip>
      {held ? (
        <Chip>
          <Icon name="lock" small />
          {t('held')}
        </Chip>
      ) : null}
    </>
  );
}
