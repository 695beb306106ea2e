import Link from 'next/link';
import { useTranslations } from 'next-intl';

type PartialProps = {
  readonly present: number;
  readonly total: number;
  /** Where the missing ones are listed. */
  readonly missing?: string;
};

/** "n of m sources", for the caption of a picture that lacks some. */
export function Partial({ present, total, missing }: PartialProps) {
  const t = useTranslations('states');
  const words = t('partial', { present, total });
  if (present >= total || !missing) return <span className="meta">{words}</span>;
  return (
    <Link className="meta fig" href={missing} prefetch={false}>
      {words}
    </Link>
  );
}
