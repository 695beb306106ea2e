/** Round steps for an axis of `spanMs` on `widthPx`, about 110 px apart. */
export function timeSteps(spanMs: number, widthPx: number): number {
  const wanted = Math.max(1, spanMs / Math.max(2, widthPx / 110));
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? power * 10;
}

/** Steps from the first at or above `fromMs` up to `toMs`. */
export function ticksBetween(fromMs: number, toMs: number, step: number): readonly number[] {
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) ticks.push(at === 0 ? 0 : at);
  return ticks;
}
