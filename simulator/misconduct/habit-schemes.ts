import type { Draw, Holder, PlantedMove, Scheme } from './planted-move';

const between = ({ random }: Draw, least: number, most: number) => least + random.unit() * (most - least);
const send = (payer: Holder, payee: Holder, moment: number, yuan: number, ordinary = false): PlantedMove => ({
  payer,
  payee,
  moment,
  amountMinor: Math.round(yuan * 100),
  businessType: 'transfer',
  ...(ordinary ? { ordinary } : {}),
});

/** What does not fit a bound, a device or an account's own habits. */
export const HABIT_SCHEMES: readonly Scheme[] = [
  {
    kind: 'structuring',
    minutes: 1_200,
    quickMinutes: 6,
    moves(draw) {
      const [payer, ...payees] = draw.mules(8) as [Holder, ...Holder[]];
      return payees.map((payee) => send(payer, payee, draw.random.unit(), between(draw, 45_000, 49_900)));
    },
  },
  {
    kind: 'round-amounts',
    minutes: 2_800,
    moves(draw) {
      const [payer, friend, ...payees] = draw.mules(9) as [Holder, Holder, ...Holder[]];
      const before = Array.from({ length: 30 }, (_, i) =>
        send(payer, friend, (0.6 * i) / 30, Math.round(between(draw, 11_100, 99_900)) / 100, true),
      );
      return [
        ...before,
        ...payees.map((payee, i) => send(payer, payee, 0.7 + (0.3 * i) / payees.length, 10_000 * (1 + draw.random.below(4)))),
      ];
    },
  },
  {
    kind: 'split-payments',
    minutes: 2_800,
    moves(draw) {
      const [payee, friend, ...payers] = draw.mules(6) as [Holder, Holder, ...Holder[]];
      const yuan = between(draw, 150, 300);
      return payers.flatMap((payer) => [
        ...Array.from({ length: 5 }, (_, i) => send(payer, friend, 0.1 * i, between(draw, 4_000, 9_000), true)),
        ...Array.from({ length: 3 }, (_, i) =>
          send(payer, payee, 0.6 + 0.1 * i + 0.09 * draw.random.unit(), yuan * between(draw, 0.9, 1.1)),
        ),
      ]);
    },
  },
  {
    kind: 'barcode-tier-d',
    minutes: 300,
    quickMinutes: 5,
    moves(draw) {
      const { payer, payee, merchant } = draw.shopping();
      return Array.from({ length: 5 }, () => ({
        payer,
        payee,
        merchant,
        moment: draw.random.unit(),
        amountMinor: 30_000 + draw.random.below(19_000),
        businessType: 'barcode',
        barcodeTier: 'D',
        terminalId: `T${merchant.id.slice(5)}01`,
      }));
    },
  },
  {
    kind: 'shared-terminal',
    minutes: 600,
    moves(draw) {
      const shops = Array.from({ length: 4 }, () => draw.shopping({ payment: 0 }));
      const terminalId = `T${shops[0]?.merchant.id.slice(5)}01`;
      return shops.flatMap(({ payer, payee, merchant }) =>
        Array.from({ length: 3 }, () => ({
          payer,
          payee,
          merchant,
          terminalId,
          moment: draw.random.unit(),
          amountMinor: 5_000 + draw.random.below(40_000),
          businessType: 'barcode' as const,
          barcodeTier: 'B' as const,
        })),
      );
    },
  },
];
