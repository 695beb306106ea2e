export type Vitals = {
  readonly ttfbMs: number;
  readonly lcpMs: number;
  readonly cls: number;
  /** The slowest interaction so far; 0 before the first that took longer than a frame. */
  readonly inpMs: number;
  /** Of all scripts fetched so far, as they came over the wire. */
  readonly scriptBytes: number;
  readonly htmlBytes: number;
  readonly htmlDecodedBytes: number;
};

declare global {
  interface Window {
    headwaterVitals: () => Vitals;
  }
}

/** What a screen shows once it is there. */
export const LANDMARKS = 'main h1, main .state-line, main .region';

/** Runs in the page before anything else of it does; leaves `headwaterVitals()` behind. */
export function observeVitals(): void {
  let lcpMs = 0;
  let cls = 0;
  let inpMs = 0;
  const observe = (type: string, take: (entry: PerformanceEntry & Record<string, number | boolean>) => void, more = {}) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry as PerformanceEntry & Record<string, number | boolean>);
    }).observe({ type, buffered: true, ...more });
  observe('largest-contentful-paint', (entry) => {
    lcpMs = entry.startTime;
  });
  observe('layout-shift', (entry) => {
    if (!entry.hadRecentInput) cls += Number(entry.value);
  });
  observe(
    'event',
    (entry) => {
      if (Number(entry.interactionId) > 0) inpMs = Math.max(inpMs, entry.duration);
    },
    { durationThreshold: 16 },
  );
  window.headwaterVitals = () => {
    const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) =>
      new URL(name).pathname.endsWith('.js'),
    );
    return {
      ttfbMs: page?.responseStart ?? Number.NaN,
      lcpMs,
      cls,
      inpMs,
      scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      htmlBytes: page?.encodedBodySize ?? Number.NaN,
      htmlDecodedBytes: page?.decodedBodySize ?? Number.NaN,
    };
  };
}
