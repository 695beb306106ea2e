type Words = (key: 'step.minutes' | 'step.hours' | 'step.days', values: { count: number }) => string;

/** "5 minutes", "2 hours", "1 day". */
export function stepWords(t: Words, stepS: number): string {
  if (stepS % 86_400 === 0) return t('step.days', { count: stepS / 86_400 });
  if (stepS % 3600 === 0) return t('step.hours', { count: stepS / 3600 });
  return t('step.minutes', { count: stepS / 60 });
}
