import { expect, test } from 'vitest';
import { type BoardLine, filterBoard, sortBoard } from './board-order';

const line = (code: string, more: Partial<BoardLine> = {}): BoardLine => ({
  code,
  name: `Bank ${code}`,
  pinyin: '',
  kind: 'bank',
  category: 'city',
  state: 'up',
  availabilityPpm: null,
  payments: 0,
  systemPpm: null,
  declinedPpm: null,
  latency: null,
  outMinor: '0',
  inMinor: '0',
  ...more,
});
const codes = (lines: readonly BoardLine[]) => lines.map(({ code }) => code);

test('the board’s own order is abnormal first, worst first, then by amount moved', () => {
  const lines = [
    line('small', { outMinor: '1' }),
    line('large', { inMinor: '9007199254740993' }),
    line('larger', { outMinor: '9007199254740994' }),
    line('degraded', { state: 'degraded' }),
    line('down', { state: 'down' }),
    line('silent', { state: 'silent' }),
  ];
  expect(codes(sortBoard(lines, { by: 'state', descending: true, locale: 'en' }))).toEqual([
    'down',
    'silent',
    'degraded',
    'larger',
    'large',
    'small',
  ]);
});

test('nothing to say goes last whichever way it is sorted', () => {
  const lines = [line('none'), line('low', { systemPpm: 1 }), line('high', { systemPpm: 9 })];
  expect(codes(sortBoard(lines, { by: 'system', descending: false, locale: 'en' }))).toEqual(['low', 'high', 'none']);
  expect(codes(sortBoard(lines, { by: 'system', descending: true, locale: 'en' }))).toEqual(['high', 'low', 'none']);
});

test('a net beyond what a double holds is sorted exactly, negative below positive', () => {
  const lines = [
    line('a', { inMinor: '9007199254740993' }),
    line('b', { inMinor: '9007199254740992' }),
    line('c', { outMinor: '9007199254740993' }),
  ];
  expect(codes(sortBoard(lines, { by: 'net', descending: true, locale: 'en' }))).toEqual(['a', 'b', 'c']);
});

test('an institution is found by part of its name, its code or its pinyin initials, in any case', () => {
  const lines = [
    line('B0101', { name: '青洲银行', pinyin: 'qzyh' }),
    line('P0001', { name: 'Yunqiao Pay', kind: 'payment', category: 'payment' }),
  ];
  const found = (text: string) => codes(filterBoard(lines, { text, kinds: [], states: [] }));
  expect([found('青洲'), found('QZ'), found('b01'), found('yunq'), found('nobody'), found(' ')]).toEqual([
    ['B0101'],
    ['B0101'],
    ['B0101'],
    ['P0001'],
    [],
    ['B0101', 'P0001'],
  ]);
  expect(codes(filterBoard(lines, { text: '', kinds: ['payment'], states: [] }))).toEqual(['P0001']);
  expect(codes(filterBoard(lines, { text: '', kinds: ['city'], states: ['up'] }))).toEqual(['B0101']);
});
