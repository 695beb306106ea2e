import fc from 'fast-check';
import { expect, test } from 'vitest';
import { impliedSides } from './implied-side';

const pair = fc.record({ payerId: fc.integer({ min: 1, max: 6 }), payeeId: fc.integer({ min: 1, max: 6 }) });
const pairs = fc.uniqueArray(pair, { selector: ({ payerId, payeeId }) => payerId * 10 + payeeId, minLength: 1 });

test('the sides that are named give exactly the pairs of the picture', () => {
  fc.assert(
    fc.property(pairs, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), (all, payerTo, payeeFrom) => {
      const picture = all.filter(({ payerId, payeeId }) => payerId <= payerTo && payeeId >= payeeFrom);
      const implied = impliedSides(all, picture);
      const payers = new Set(picture.map(({ payerId }) => payerId));
      const payees = new Set(picture.map(({ payeeId }) => payeeId));
      const listed = all.filter(
        ({ payerId, payeeId }) => (implied.payers || payers.has(payerId)) && (implied.payees || payees.has(payeeId)),
      );
      // Without a list left to name, everything is the picture. Where neither side implies the other both are named.
      if (implied.payers || implied.payees) expect(listed).toEqual(picture);
    }),
  );
});
