import type { FormatLocale } from './amount';
import { formatCount, formatDecimal } from './count';

type Unit = 'ms' | 's' | 'min' | 'h' | 'd';
const WORDS: Record<FormatLocale, Record<Unit, string>> = {
  'zh-CN': { ms: '毫秒', s: '秒', min: '分', h: '小时', d: '天' },
  en: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
};

/** A span of milliseconds in at most two units: "842 ms", "1.4 s", "3 min 12 s", "2 h 5 min", "4 d 3 h". */
export function formatDuration(ms: number, locale: FormatLocale): string {
  const size = Math.max(0, ms);
  const word = WORDS[locale];
  if (size < 999.5) return `${formatCount(size)} ${word.ms}`;
  if (size < 59_950) return `${formatDecimal(size / 1000, 1)} ${word.s}`;
  const seconds = Math.round(size / 1000);
  if (seconds < 3600) return two(Math.floor(seconds / 60), word.min, seconds % 60, word.s);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1440) return two(Math.floor(minutes / 60), word.h, minutes % 60, word.min);
  const hours = Math.floor(minutes / 60);
  return two(Math.floor(hours / 24), word.d, hours % 24, word.h);
}

function two(large: number, largeWord: string, small: number, smallWord: string): string {
  return small === 0 ? `${formatCount(large)} ${largeWord}` : `${formatCount(large)} ${largeWord} ${small} ${smallWord}`;
}
