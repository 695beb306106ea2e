import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { takeOff } from '../../actions';

/** Takes one thing off the case. */
export function TakeOff(props: {
  readonly no: string;
  readonly kind: 'transaction' | 'alert' | 'trace';
  readonly id: string;
  readonly what: string;
}) {
  const t = useTranslations('cases.detail');
  const words = t('remove', { what: props.what });
  return (
    <form action={takeOff} className="cs-off">
      <input type="hidden" name="no" value={props.no} />
      <input type="hidden" name="kind" value={props.kind} />
      <input type="hidden" name="id" value={props.id} />
      <button type="submit" className="copy" aria-label={words} title={words}>
        <Icon name="close" small />
      </button>
    </form>
  );
}
