'use client';

import { useEffect, useState } from 'react';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import type { OrderQuestion } from './dagre-order';

/** The order of a picture's first wave, found in a worker; null until it is. */
export function useFirstOrder({ direction, waves, firstEdges, columns }: TracePicture): readonly string[] | null {
  // The first wave belongs to the answer: drilling does not change it, another answer does.
  const key = `${direction} ${waves[0]?.nodes.map(({ id }) => id).join()}`;
  const [found, setFound] = useState<{ key: string; order: readonly string[] } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the first wave is another one.
  useEffect(() => {
    let wanted = true;
    const first = waves[0]?.nodes ?? [];
    const last = Math.max(0, ...columns.map(({ layer }) => layer), ...first.map(({ layer }) => layer));
    const nodes = first.map(({ id, layer }) => ({ id, column: direction === 'forward' ? layer : last - layer }));
    orderOf({ nodes, edges: firstEdges }).then((order) => wanted && setFound({ key, order }));
    return () => {
      wanted = false;
    };
  }, [key]);
  return found?.key === key ? found.order : null;
}

let worker: Worker | null = null;
let asked = 0;

async function orderOf(question: OrderQuestion): Promise<readonly string[]> {
  try {
    return await orderInWorker(question);
  } catch {
    // A browser without workers draws the same, a little later.
    const { dagreOrder } = await import('./dagre-order');
    return dagreOrder(question);
  }
}

function orderInWorker(question: OrderQuestion): Promise<readonly string[]> {
  worker ??= new Worker(new URL('./order.worker.ts', import.meta.url), { type: 'module' });
  const using = worker;
  asked += 1;
  const id = asked;
  return new Promise((resolve, reject) => {
    const done = () => {
      using.removeEventListener('message', answer);
      using.removeEventListener('error', fail);
    };
    const answer = ({ data }: MessageEvent<{ readonly id: number; readonly order: readonly string[] }>) => {
      if (data.id !== id) return;
      done();
      resolve(data.order);
    };
    const fail = () => {
      done();
      worker = null;
      reject(new Error('the worker failed'));
    };
    using.addEventListener('message', answer);
    using.addEventListener('error', fail);
    using.postMessage({ id, question });
  });
}
