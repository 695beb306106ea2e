import { dagreOrder, type OrderQuestion } from './dagre-order';

// The picture stays quick to the touch while the order of a hundred nodes is being found.
addEventListener('message', ({ data }: MessageEvent<{ readonly id: number; readonly question: OrderQuestion }>) => {
  postMessage({ id: data.id, order: dagreOrder(data.question) });
});
