import type { PlantedMove, Scheme } from './planted-move';

/** What shows in figures only: each payment looks like any other. */
export const VOLUME_SCHEMES: readonly Scheme[] = [
  {
    kind: 'surge',
    minutes: 40,
    hour: 14,
    moves(draw) {
      const bank = 6 + draw.random.below(8);
      return Array.from({ length: 170 }, (): PlantedMove => {
        const { payer, payee, merchant } = draw.shopping({ bank });
        return {
          payer,
          payee,
          merchant,
          moment: draw.random.unit(),
          amountMinor: 1_000 + draw.random.below(20_000),
          businessType: 'agreement',
        };
      });
    },
  },
  {
    kind: 'net-imbalance',
    minutes: 50,
    hour: 10,
    moves(draw) {
      const payment = draw.random.below(2);
      return Array.from({ length: 220 }, (): PlantedMove => {
        const { wallet, own } = draw.wallet(payment);
        return {
          payer: wallet,
          payee: own,
          moment: draw.random.unit(),
          amountMinor: 120_000 + draw.random.below(120_000),
          businessType: 'withdrawal',
        };
      });
    },
  },
  {
    kind: 'after-hours',
    minutes: 170,
    hour: 2,
    moves(draw) {
      const payment = 2 + draw.random.below(5);
      return Array.from({ length: 260 }, (): PlantedMove => {
        const { payer, payee, merchant } = draw.shopping({ payment });
        return {
          payer,
          payee,
          merchant,
          moment: draw.random.unit(),
          amountMinor: 3_000 + draw.random.below(30_000),
          businessType: 'agreement',
        };
      });
    },
  },
];
