/** The chance that a standard normal value is above `z`, by the complementary error function (Numerical Recipes' erfccheb, relative error below 1.2e-7). */
export function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const series =
    -x * x -
    1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const half = (t * Math.exp(series)) / 2;
  return z >= 0 ? half : 1 - half;
}

/**
 * The chance that a Student t value of `freedom` degrees is above `t` (Abramowitz & Stegun 26.7.3 and 26.7.4): what a deviation is worth whose
 * spread was itself estimated from few samples. Above 120 degrees the normal tail.
 */
export function studentTail(t: number, freedom: number): number {
  if (freedom > 120) return upperTail(t);
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  const within = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  const beyond = Math.max(0, (1 - within) / 2);
  return t >= 0 ? beyond : 1 - beyond;
}
