import { DETECTION_SETTINGS, Detection } from '@/domain/detection/detection';
import { randomOf } from '@/domain/detection/measure/random';
import type { Movement } from '@/domain/detection/movement';
import { SHIPPED_MODELS } from '@/domain/detection/score/shipped-models';
import { ruleOutcome } from '@/domain/detection/tazama/rule-outcome';
import type { TazamaRule } from '@/domain/detection/tazama/tazama-config';
import { PaymentMaker } from './made-payments';
import type { BenchOptions } from './main';
import type { Bench } from './open-bench';
import { print } from './print';
import { type BandedRule, byJsonRulesEngine, byZenEngine } from './rule-engines';

const ACCOUNTS = 1_000_000;

/** All detectors, with and without the learned scores, on one core; memory with a million active accounts; and 32 banded rules in plain code. */
export async function detection(_bench: Bench | undefined, { rows }: Pick<BenchOptions, 'rows'>): Promise<void> {
  const payments = simulated(rows);
  // Once to warm up: the first tenth is compiled while it runs.
  run(payments.slice(0, rows / 10), true);
  const [all, rulesOnly] = [run(payments, true), run(payments, false)];
  print('rows, the simulated country at 5,000 a second', rows.toLocaleString('en'));
  print('all detectors and both learned scores', speed(rows, all));
  print('all detectors, scores by weights only', speed(rows, rulesOnly));
  const amounts = payments.slice(0, PEER_ROWS).map(({ amount }) => amount);
  const plain = banded(payments, 4);
  print('32 banded rules in plain code', speed(rows * 4, plain.used));
  print('the same by json-rules-engine', speed(amounts.length, await peer(amounts, byJsonRulesEngine)));
  print('the same by zen-engine', speed(amounts.length, await peer(amounts, byZenEngine)));
  const active = millionAccounts();
  print('resident memory with a million active accounts', `${active.residentMb} MB, of them detection ${active.ownMb} MB`);
  print('while they came', speed(active.rows, active));
}

type Used = { readonly wallMs: number; readonly processorMs: number };

function run(payments: readonly Movement[], learned: boolean): Used {
  const detectors = new Detection(learned ? { ...DETECTION_SETTINGS, models: SHIPPED_MODELS } : DETECTION_SETTINGS);
  return used(() => {
    for (const movement of payments) detectors.take(movement);
  });
}

function used(work: () => void): Used {
  const before = process.cpuUsage();
  const begun = performance.now();
  work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - begun, processorMs: (user + system) / 1000 };
}

/** The simulator's payments a second apart of a mean rate, spread over an hour so that windows fill. */
function simulated(rows: number): readonly Movement[] {
  const maker = new PaymentMaker({ seed: 11, meanRate: 5_000, fromSecond: Math.floor(Date.UTC(2026, 10, 2, 2) / 1000) });
  return Array.from({ length: rows }, () => {
    const payment = maker.next();
    return {
      id: payment.id,
      atMs: payment.acceptedMs,
      payer: `${payment.payer}|${payment.payerAccount}`,
      payee: `${payment.payee}|${payment.payeeAccount}`,
      payerInstitution: String(payment.payer),
      payeeInstitution: String(payment.payee),
      amount: payment.amountMinor / 100,
      currency: 'CNY',
      channel: payment.businessType === 'withdrawal' ? 'withdrawal' : payment.businessType === 'transfer' ? 'transfer' : 'payment',
      ...(payment.terminalId && payment.merchantId ? { terminal: payment.terminalId, merchant: payment.merchantId } : {}),
    } satisfies Movement;
  }).sort((a, b) => a.atMs - b.atMs);
}

/** The shape of the peer's configuration: 32 rules of three bands each, every one asked of every payment. */
const BANDED: readonly BandedRule[] = Array.from({ length: 32 }, (_, i) => ({ name: `r${i}`, low: 10 + i * 7, high: 500 + i * 31 }));
/** What the peers are given: they take a thousand times as long. */
const PEER_ROWS = 3_000;

function banded(payments: readonly Pick<Movement, 'amount'>[], rounds: number): { readonly found: number; readonly used: Used } {
  const rules = BANDED.map(({ name, low, high }): TazamaRule => {
    const bands = [
      { subRuleRef: '.01', upperLimit: low, reason: 'low' },
      { subRuleRef: '.02', lowerLimit: low, upperLimit: high, reason: 'middle' },
      { subRuleRef: '.03', lowerLimit: high, reason: 'high' },
    ];
    return { id: `${name}@1.0.0`, cfg: '1.0.0', config: { bands } };
  });
  let found = 0;
  const spent = used(() => {
    for (let round = 0; round < rounds; round++)
      for (const { amount } of payments) for (const rule of rules) if (ruleOutcome(rule, amount).subRuleRef === '.03') found++;
  });
  return { found, used: spent };
}

/** A peer on the same amounts; what it finds must be what plain code finds, or the comparison says nothing. */
async function peer(
  amounts: readonly number[],
  run: (rules: readonly BandedRule[], amounts: readonly number[]) => Promise<number>,
): Promise<Used> {
  await run(BANDED, amounts.slice(0, 200));
  const before = process.cpuUsage();
  const begun = performance.now();
  const found = await run(BANDED, amounts);
  const { user, system } = process.cpuUsage(before);
  const wallMs = performance.now() - begun;
  const ours = banded(
    amounts.map((amount) => ({ amount })),
    1,
  ).found;
  if (found !== ours) throw new Error(`the peer found ${found} highest bands, plain code ${ours}`);
  return { wallMs, processorMs: (user + system) / 1000 };
}

/** A payment each of a million accounts within two days, to strangers and shops. */
function millionAccounts() {
  const random = randomOf(3);
  const before = process.memoryUsage();
  const detectors = new Detection({ ...DETECTION_SETTINGS, models: SHIPPED_MODELS });
  const rows = ACCOUNTS;
  let residentMb = 0;
  const spent = used(() => {
    for (let i = 0; i < rows; i++) {
      const payee = random() < 0.7 ? Math.floor(random() ** 3 * ACCOUNTS * 0.05) : Math.floor(random() * ACCOUNTS);
      detectors.take({
        id: `HW20261102${String(i).padStart(12, '0')}`,
        atMs: Date.UTC(2026, 10, 2) + i * 150,
        payer: pseudonym(i % ACCOUNTS),
        payee: pseudonym(payee),
        payerInstitution: String(i % 40),
        payeeInstitution: String(payee % 40),
        amount: 20 + random() * 500,
        currency: 'CNY',
        channel: 'transfer',
      });
      if (i % 100_000 === 0) residentMb = Math.max(residentMb, Math.round(process.memoryUsage().rss / 1e6));
    }
  });
  residentMb = Math.max(residentMb, Math.round(process.memoryUsage().rss / 1e6));
  return { rows, residentMb, ownMb: residentMb - Math.round(before.rss / 1e6), ...spent };
}

const pseudonym = (account: number) => `00000000-0000-4000-8000-${String(account).padStart(12, '0')}`;

function speed(rows: number, { wallMs, processorMs }: Used): string {
  const perSecond = (ms: number) => Math.round((rows / ms) * 1000).toLocaleString('en');
  return `${perSecond(processorMs)} tx a second of processor, ${perSecond(wallMs)} by the clock`;
}
