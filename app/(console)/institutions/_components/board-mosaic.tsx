'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useElementSize } from '@/components/charts/element-size';
import { Mosaic } from '@/components/charts/mosaic';
import { institutionLink } from '@/domain/links';
import { toBusinessText } from '@/domain/time-range';
import type { WireLine } from './board-wire';

/** Groups of categories that stand side by side, each in its own order. */
const GROUPS = [['state', 'joint', 'city'], ['rural'], ['foreign', 'other'], ['payment']] as const;
const ROWS = 6;
const GAP_PX = 18;

export function BoardMosaic({ lines }: { lines: readonly WireLine[] }) {
  const t = useTranslations('institutions');
  const [ref, { width }] = useElementSize<HTMLDivElement>();
  const groups = useMemo(
    () =>
      GROUPS.map((categories) => ({
        categories: categories.filter((category) => lines.some((line) => line.category === category)),
        lines: lines.filter((line) => (categories as readonly string[]).includes(line.category)),
      })).filter((group) => group.lines.length > 0),
    [lines],
  );
  // As many rows as are needed for squares that can still be told apart, six where that is enough.
  const columnsAt = (rows: number) => groups.reduce((sum, group) => sum + Math.ceil(group.lines.length / rows), 0);
  const room = Math.max(0, width - 32 - GAP_PX * (groups.length - 1));
  const rows = Math.max(ROWS, Math.min(14, Math.ceil((columnsAt(1) * 6) / Math.max(1, room))));
  const pitch = Math.max(4, Math.min(22, Math.floor((room / Math.max(1, columnsAt(rows) + 1)) * 2) / 2, 66 / rows + 4));
  return (
    <div ref={ref} className="grp">
      {width > 0
        ? groups.map((group) => {
            const name = group.categories.map((category) => t(`category.${category}`)).join(t('groupJoin'));
            return (
              <section key={name}>
                <p className="k">
                  <b>{name}</b>
                  {group.lines.length}
                </p>
                <Mosaic
                  flow="columns"
                  lines={rows}
                  pitch={pitch}
                  label={t('mosaic.label', {
                    kind: name,
                    count: group.lines.length,
                    abnormal: group.lines.filter((line) => line.state !== 'up').length,
                  })}
                  cells={group.lines.map((line) => ({
                    key: line.code,
                    state: line.state,
                    href: institutionLink(line.code),
                    title:
                      line.state === 'up' || line.since === null
                        ? t('mosaic.cell', { name: line.name, code: line.code, state: t(`states.${line.state}`) })
                        : t('mosaic.cellSince', {
                            name: line.name,
                            code: line.code,
                            state: t(`states.${line.state}`),
                            since: toBusinessText(new Date(line.since)).slice(5, 16),
                          }),
                  }))}
                />
              </section>
            );
          })
        : null}
    </div>
  );
}
