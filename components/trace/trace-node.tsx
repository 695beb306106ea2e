'use client';

import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { Icon } from '../glyphs/icon';

export type TraceNodeData = {
  readonly kind: 'source' | 'account' | 'outside' | 'rest' | 'rest-outside' | 'unknown';
  readonly name: string;
  /** Last digits, or what follows a group's name. */
  readonly tail: string;
  readonly amount: string;
  /** One word of what is special: "exits", "hub". */
  readonly word: string | null;
  readonly wordTone: 'out' | 'major' | 'plain';
  readonly note: string | null;
  readonly pinned: boolean;
  readonly selected?: boolean;
  /** All of it for a screen reader. */
  readonly spoken: string;
};

/** One account or group on the canvas: name and last digits, amount and one word. The canvas draws no band without handles. */
export function TraceNodeBox({ data }: NodeProps<Node<TraceNodeData>>) {
  return (
    <div className="tr-node" data-kind={data.kind} data-selected={data.selected} data-pinned={data.pinned} data-zero={data.amount === '0'}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
      <div>
        <span className="cut">{data.name}</span>
        {data.note === null ? null : <Icon name="note" small />}
        <span className="tr-tail">{data.tail}</span>
      </div>
      <div>
        <span className="tr-amount">{data.amount}</span>
        {data.word === null ? null : <span className={`tr-word ${data.wordTone}`}>{data.word}</span>}
      </div>
      {data.note === null ? null : <p className="tr-note cut">{data.note}</p>}
    </div>
  );
}
