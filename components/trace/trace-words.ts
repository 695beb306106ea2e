'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import { formatCount } from '@/domain/format/count';
import type { PictureNode, TracePicture } from '@/domain/tracing/canvas/picture';
import type { TraceView } from '@/domain/tracing/canvas/scene';
import { amountText, type TraceUnit } from './trace-amounts';
import type { TraceNodeData } from './trace-node';
import type { NodeFace } from './trace-types';

type Words = {
  readonly picture: TracePicture;
  readonly faces: Readonly<Record<string, NodeFace>>;
  readonly view: TraceView;
  readonly unit: TraceUnit;
};
export type Describe = (id: string) => TraceNodeData;

/** What is written on each node of a picture, and what is said of it. */
export function useNodeWords({ picture, faces, view, unit }: Words): Describe {
  const t = useTranslations('trace');
  const words = useMemo(() => {
    const nameOf = (node: PictureNode) => {
      const count = formatCount(node.accounts);
      if (node.kind === 'unknown') return t('node.unknown');
      if (node.kind === 'rest') return t('node.rest', { count, n: node.accounts });
      if (node.kind === 'rest-outside') return t('node.restOutside', { count });
      // Nodes are narrow, and most institutions are banks.
      return (faces[node.id]?.name ?? '—').replace(/ Bank$/, '');
    };
    const tailOf = (node: PictureNode) =>
      node.account !== null
        ? (faces[node.id]?.tail ?? '')
        : node.kind === 'unknown'
          ? t('node.accounts', { count: formatCount(node.accounts), n: node.accounts })
          : '+';
    const wordOf = (node: PictureNode): readonly [string | null, TraceNodeData['wordTone']] => {
      if (node.kind === 'outside' || node.kind === 'rest-outside')
        return [t(picture.direction === 'forward' ? 'node.exit' : 'node.entry'), 'out'];
      if (node.barrier !== null) return [t(`node.${node.barrier}`), 'major'];
      return node.hiddenNext > 0 ? [`+${formatCount(node.hiddenNext)}`, 'plain'] : [null, 'plain'];
    };
    return new Map(
      picture.nodes.map((node): [string, TraceNodeData] => {
        const [word, wordTone] = wordOf(node);
        const name = nameOf(node);
        const tail = tailOf(node);
        const amount = amountText(node.amounts, view, unit);
        const spoken = [
          `${name} ${node.account === null ? '' : tail}`.trim(),
          node.layer === 0 ? t('column.source') : t('column.hop', { hop: node.layer }),
          `${amount} ${unit.label}`,
          word === null
            ? null
            : node.hiddenNext > 0 && node.barrier === null
              ? t('node.hiddenNext', { count: formatCount(node.hiddenNext) })
              : word,
          node.pinned === null ? null : t('node.pinned'),
          node.note,
        ]
          .filter((part) => part !== null)
          .join(' · ');
        const { kind, note, pinned } = node;
        return [node.id, { kind, name, tail, amount, word, wordTone, note, pinned: pinned !== null, spoken }];
      }),
    );
  }, [picture, faces, view, unit, t]);
  return useCallback((id) => words.get(id) ?? ABSENT, [words]);
}

const ABSENT: TraceNodeData = {
  kind: 'account',
  name: '—',
  tail: '',
  amount: '',
  word: null,
  wordTone: 'plain',
  note: null,
  pinned: false,
  spoken: '',
};
