import Link from 'next/link';
import { useTranslations } from 'next-intl';

/** From a range that holds nothing to the nearest that does: each with what it is called and where it is. */
export function NearestData({
  earlier,
  later,
}: {
  readonly earlier: { readonly href: string; readonly text: string } | undefined;
  readonly later: { readonly href: string; readonly text: string } | undefined;
}) {
  const t = useTranslations('states.nearest');
  return (
    <>
      {earlier ? (
        <Link className="btn" prefetch={false} href={earlier.href}>
          {t('earlier', { span: earlier.text })}
        </Link>
      ) : null}
      {later ? (
        <Link className="btn" prefetch={false} href={later.href}>
          {t('later', { span: later.text })}
        </Link>
      ) : null}
    </>
  );
}
