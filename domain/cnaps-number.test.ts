import { expect, it } from 'vitest';
import { bankCategory, isCnapsNumber } from './cnaps-number';

it('a published bank code has the right check digit', () => {
  for (const number of ['102100099996', '103100000026', '104100000004', '301290000007', '313100000013']) {
    expect(isCnapsNumber(number)).toBe(true);
  }
});

it('one wrong digit anywhere is found', () => {
  const number = '102100099996';
  for (let place = 0; place < 12; place++) {
    for (let digit = 0; digit < 10; digit++) {
      if (digit === Number(number[place])) continue;
      expect(isCnapsNumber(number.slice(0, place) + digit + number.slice(place + 1))).toBe(false);
    }
  }
});

it('anything but twelve digits is no bank code', () => {
  for (const text of ['', '10210009999', '1021000999960', '10210009999a', '１０２１０００９９９９６'])
    expect(isCnapsNumber(text)).toBe(false);
});

it('a class code says what kind of bank it is', () => {
  expect(['102', '305', '313', '320', '501', '999', '1a2'].map(bankCategory)).toEqual([
    'state',
    'joint',
    'city',
    'rural',
    'foreign',
    'other',
    undefined,
  ]);
});
