import { randomOf } from '@/domain/detection/measure/random';
import { PLANTED_SHAPES, type PlantedShape, plantedEdges } from './planted-shapes';

export type TypologyFileSettings = {
  readonly seed: number;
  readonly accounts: number;
  readonly days: number;
  /** How often an account pays, a day. */
  readonly paymentsADay: number;
  /** Planted patterns of each shape. */
  readonly patterns: number;
  /** Planted amounts are multiplied by this: at 1 they are far above what people usually pay, at 0.05 they are what everybody pays. */
  readonly amountFactor: number;
};
export const TYPOLOGY_FILE: TypologyFileSettings = { seed: 1, accounts: 4_000, days: 24, paymentsADay: 0.6, patterns: 20, amountFactor: 1 };

export type LabelledRow = {
  readonly atMs: number;
  readonly payer: number;
  readonly payee: number;
  readonly amount: number;
  readonly shape?: PlantedShape;
  readonly pattern?: string;
};

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 2, 2);
const HEADER = 'tx_id,time,payer_inst,payer_acct,payee_inst,payee_acct,amount,currency,channel,status,label,typology,pattern_id';

/**
 * A labelled month of a made-up town, for judging detectors on what they were not set for: wages, bills, shops with many customers, friends
 * who pay each other, and among them the eight shapes of laundering that the AMLworld generator (Altman et al. 2023) describes, each from
 * accounts that also live an ordinary life. The seed decides everything.
 */
export function typologyRows(settings: TypologyFileSettings): readonly LabelledRow[] {
  const random = randomOf(settings.seed);
  const rows: LabelledRow[] = [...ordinary(settings, random)];
  for (const shape of PLANTED_SHAPES)
    for (let i = 0; i < settings.patterns; i++) {
      const edges = plantedEdges(shape, { random, account: () => Math.floor(random() * settings.accounts * 0.9) });
      const days = 2 + random() * 9;
      const from = START_MS + random() * (settings.days - days) * DAY_MS;
      const pattern = `${shape}-${i + 1}`;
      for (const { payer, payee, moment, amount } of edges)
        rows.push({
          atMs: Math.floor(from + moment * days * DAY_MS),
          payer,
          payee,
          amount: cents(amount * settings.amountFactor),
          shape,
          pattern,
        });
    }
  return rows.sort((a, b) => a.atMs - b.atMs);
}

/** The same as a file of the canonical header. */
export function typologyCsv(settings: TypologyFileSettings): string {
  const lines = typologyRows(settings).map((row, i) => {
    const time = new Date(row.atMs).toISOString().slice(0, 19);
    const from = [`bank-${row.payer % 40}`, `a${row.payer}`, `bank-${row.payee % 40}`, `a${row.payee}`];
    const label = row.shape ? `1,${row.shape},${row.pattern}` : '0,,';
    return `t${settings.seed}-${i + 1},${time},${from.join(',')},${row.amount.toFixed(2)},CNY,TRANSFER,SETTLED,${label}`;
  });
  return `${[HEADER, ...lines].join('\n')}\n`;
}

function* ordinary(settings: TypologyFileSettings, random: () => number): Generator<LabelledRow> {
  const { accounts, days } = settings;
  // The last tenth of the numbers are shops and employers; a few of them have most of the customers.
  const firstShop = Math.floor(accounts * 0.9);
  const shop = () => firstShop + Math.floor((accounts - firstShop) * random() ** 3);
  const friends = Array.from({ length: firstShop }, () => Array.from({ length: 4 }, () => Math.floor(random() * firstShop)));
  const usual = Array.from({ length: firstShop }, () => Math.exp(3 + random() * 2.5));
  const at = (day: number) => START_MS + Math.floor((day + (7 + random() * 16) / 24) * DAY_MS);
  for (let account = 0; account < firstShop; account++) {
    const employer = shop();
    const payday = Math.floor(random() * 28);
    const shops = Array.from({ length: 5 }, shop);
    for (let day = 0; day < days; day++) {
      if (day === payday) yield { atMs: at(day), payer: employer, payee: account, amount: cents(3_000 + random() * 9_000) };
      let left = settings.paymentsADay;
      for (; random() < left; left -= 1) {
        const amount = cents((usual[account] as number) * Math.exp((random() - 0.5) * 2));
        const kind = random();
        const payee =
          kind < 0.7 ? shops[Math.floor(random() * shops.length)] : kind < 0.8 ? shop() : friends[account]?.[Math.floor(random() * 4)];
        if (payee !== undefined && payee !== account) yield { atMs: at(day), payer: account, payee, amount };
      }
    }
  }
}

const cents = (amount: number) => Math.max(0.01, Math.round(amount * 100) / 100);
