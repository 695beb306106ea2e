'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { formatCount } from '@/domain/format/count';
import { toBusinessText } from '@/domain/time-range';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import type { Scene, TraceView } from '@/domain/tracing/canvas/scene';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';
import { useConservationWords } from './conservation-line';
import { amountText, type TraceUnit } from './trace-amounts';
import { traceSvg } from './trace-svg';
import type { AskedByPage, TraceActions } from './trace-types';
import type { Describe } from './trace-words';

type ImageMenuProps = {
  readonly scene: Scene;
  readonly picture: TracePicture;
  readonly describe: Describe;
  readonly view: TraceView;
  readonly unit: TraceUnit;
  readonly step: number;
  readonly nodeWidth: number;
  readonly columns: number;
  readonly title: string;
  readonly mark: string;
  readonly asked: () => AskedByPage;
  readonly record: TraceActions['recordImage'];
};
const TEXTS_MOST = 40;

/** The picture as PNG or SVG with as-of, method, conservation and watermark in it. Nothing is saved that could not be put on record. */
export function ImageMenu(props: ImageMenuProps) {
  const { scene, picture, describe, view, unit, step, nodeWidth, columns, title, mark, asked, record } = props;
  const t = useTranslations('trace');
  const conserved = useConservationWords({ picture, view, unit });
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const save = async (form: 'png' | 'svg') => {
    setFailed(false);
    const recorded = await record({ asked: asked(), form }).catch(() => false);
    if (!recorded) return setFailed(true);
    const now = new Date();
    const style = getComputedStyle(document.querySelector('.tr') ?? document.documentElement);
    const backward = picture.direction === 'backward';
    const drawn = traceSvg({
      scene,
      describe,
      step,
      nodeWidth,
      title: `${title} · ${t(`direction.${picture.direction}`)}`,
      bandText: (band) => (scene.bands.length <= TEXTS_MOST || band.edge.pinned ? amountText(band.edge.amounts, view, unit) : null),
      columns: Array.from({ length: columns }, (_, at) => {
        const layer = backward ? columns - 1 - at : at;
        return layer === 0 ? t(backward ? 'column.asked' : 'column.source') : t('column.hop', { hop: layer });
      }),
      lines: [
        conserved,
        `${t('method.label')} ${t(`method.${view}`)} · ${t(`explain.${view}`)}`,
        t('image.facts', {
          asOf: picture.asOfMs === null ? '—' : toBusinessText(new Date(picture.asOfMs)),
          hops: picture.hops,
          shown: formatCount(picture.nodes.length),
          accounts: formatCount(picture.columns.reduce((sum, { accounts }) => sum + accounts, 0)),
        }),
        t('image.taken', { who: mark, at: toBusinessText(now) }),
      ],
      mark: `${mark} · ${toBusinessText(now).slice(0, 16)}`,
      color: (token) => style.getPropertyValue(token).trim(),
      font: style.fontFamily,
    });
    const blob = form === 'svg' ? new Blob([drawn.text], { type: 'image/svg+xml' }) : await pngOf(drawn).catch(() => null);
    if (!blob) return setFailed(true);
    download(blob, `trace-${toBusinessText(now).replace(/[^\d]/g, '')}.${form}`);
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('image.open')}
      trigger={
        <button type="button" className="btn" disabled={scene.nodes.length === 0}>
          <Icon name="download" small />
          <span className="only-l">{t('image.open')}</span>
        </button>
      }
    >
      <div className="tr-image">
        <p className="meta">{t('image.terms')}</p>
        <div className="row">
          {(['png', 'svg'] as const).map((form) => (
            <button key={form} type="button" className="btn" onClick={() => save(form)}>
              {form.toUpperCase()}
            </button>
          ))}
        </div>
        <p className="wrong" role="alert">
          {failed ? t('image.failed') : null}
        </p>
      </div>
    </Popover>
  );
}

async function pngOf({ text, width, height }: { text: string; width: number; height: number }): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, width * 2, height * 2);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function download(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
