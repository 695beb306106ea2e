import { getTranslations } from 'next-intl/server';
import { Skeleton } from '@/components/states/skeleton';

const TILES = ['shareCount', 'shareValue', 'residual', 'atZero', 'unproven', 'nested'] as const;

/** Captions and rules are real at once; figures are blocks at their final size. */
export default async function CutOverLoading() {
  const t = await getTranslations('cutover');
  return (
    <div className="co">
      <div className="head">
        <h1>{t('title')}</h1>
      </div>
      <div className="sub" />
      <div className="co-tiles">
        {TILES.map((tile) => (
          <div key={tile} className="co-tile">
            <span className="meta">{t(`tile.${tile}`)}</span>
            <Skeleton width={92} height={28} />
            <Skeleton width={120} height={14} />
          </div>
        ))}
      </div>
      <div className="co-wait">
        {Array.from({ length: 12 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity but their place.
          <Skeleton key={row} width="100%" height={18} />
        ))}
      </div>
    </div>
  );
}
