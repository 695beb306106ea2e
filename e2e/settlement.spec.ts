import AxeBuilder from '@axe-core/playwright';
import pg from 'pg';
import { expect, type Language, test } from './fixtures';

const address = process.env.DATABASE_URL;
/** A session long past, made up for these journeys and taken away after them. */
const NO = '20190101-01';

const WORDS = {
  en: {
    propose: 'Propose closing',
    confirm: 'Confirm and close',
    mine: 'Another person has to confirm',
    closed: 'The session is closed',
    blocked: 'Breaks of money are open',
    take: 'Take',
    resolve: 'Resolve',
    note: 'What was done',
    resolved: '1 break resolved',
  },
  'zh-CN': {
    propose: '提议关场',
    confirm: '确认关场',
    mine: '须由另一人确认',
    closed: '场次已关闭',
    blocked: '尚有资金类差错未决',
    take: '由我经办',
    resolve: '处理',
    note: '处理说明',
    resolved: '1 笔差错已处理',
  },
} as const satisfies Record<Language, Record<string, string>>;

async function inDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

// What is closed stays closed: only the owner of the tables can take it away again.
const forget = (client: pg.Client) =>
  client.query(`begin;
    alter table settlement_session disable trigger settlement_session_balances;
    update settlement_session set closed_at = null, closing_id = null, closing_outcome = null where no = '${NO}';
    alter table settlement_session enable trigger settlement_session_balances;
    delete from settlement_closing where session_no = '${NO}';
    delete from settlement_break where session_no = '${NO}';
    delete from settlement_finality where session_no = '${NO}';
    delete from settlement_session where no = '${NO}';
    commit`);

test.describe('closing a session', () => {
  test.beforeEach(() =>
    inDatabase(async (client) => {
      await forget(client);
      await client.query(
        `insert into settlement_session (no, business_day, ordinal, opens_at, cut_off_at)
         values ($1, '2019-01-01', 1, '2018-12-31T16:00:00Z', '2018-12-31T18:00:00Z')`,
        [NO],
      );
      await client.query(
        `insert into settlement_break (fingerprint, session_no, origin, kind, institution_id, currency, expected_minor, found_minor, detected_at)
         select 'e2e', $1, 'agent', 'amount', min(id), 'CNY', 12000, 11900, now() from institution where kind = 'bank'`,
        [NO],
      );
    }),
  );
  test.afterEach(() => inDatabase(forget));

  for (const language of ['zh-CN', 'en'] as const)
    test(`one person resolves its break and proposes, another confirms (${language})`, async ({ signedIn }) => {
      const words = WORDS[language];
      const first = await signedIn({ role: 'compliance', language });
      await first.goto(`/settlement/${NO}`);
      await expect(first.getByTestId('closing')).toContainText(words.blocked);

      await first.goto(`/settlement/breaks?session=${NO}`);
      await first.locator('tr[data-break] input[type=checkbox]').check();
      await first.getByRole('button', { name: words.take, exact: true }).click();
      await expect(first.getByTestId('said')).toBeVisible();
      await first.locator('tr[data-break] input[type=checkbox]').check();
      await first.getByLabel(words.note).fill('rounded by the agent');
      await first.getByRole('button', { name: words.resolve, exact: true }).click();
      await expect(first.getByTestId('said')).toContainText(words.resolved);

      await first.goto(`/settlement/${NO}`);
      await first.getByRole('button', { name: words.propose }).click();
      await expect(first.getByTestId('closing')).toContainText(words.mine);
      await expect(first.getByRole('button', { name: words.confirm })).toHaveCount(0);

      const second = await signedIn({ role: 'regulator', language });
      await second.goto(`/settlement/${NO}`);
      await second.getByRole('button', { name: words.confirm }).click();
      await expect(second.getByTestId('said')).toContainText(words.closed);
      await expect(second.getByTestId('closing')).toHaveAttribute('data-state', 'closed');
      await expect(second.getByRole('button', { name: words.propose })).toHaveCount(0);
    });
});

test('Σ NP is zero on the board, and a position drills to the rows that add up to it', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/settlement?range=24h');
  await expect(page.getByTestId('settlement-sentence')).toBeVisible();
  const sums = await page.locator('[data-sum]').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-sum')));
  expect(sums.length).toBeGreaterThan(0);
  expect(new Set(sums)).toEqual(new Set(['0']));

  // The newest session may still be filling: the one before stands still.
  await page.locator('tr[data-session]').nth(1).getByRole('link').first().click();
  await page.waitForURL(/\/settlement\/\d{8}-\d{2}(\?|$)/);
  await expect(page.getByTestId('sigma')).toHaveAttribute('data-sum', '0');
  const nets = await page.locator('tr[data-net]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-net') ?? '0'));
  expect(nets.reduce((sum, net) => sum + BigInt(net), 0n)).toBe(0n);

  const row = page.locator('tr[data-net]').first();
  const net = await row.getAttribute('data-net');
  await row.getByRole('link').first().click();
  await page.waitForURL(/\/settlement\/\d{8}-\d{2}\/\w/);
  await expect(page.getByTestId('net')).toHaveAttribute('data-net', String(net));
  const paid = page.getByTestId('position-working').locator('tbody tr').first().getByRole('link').nth(1);
  const exact = await paid.locator('[data-exact]').getAttribute('data-exact');
  await paid.click();
  await page.waitForURL((url) => url.pathname === '/transactions');
  await expect(page.locator(`[data-exact="${exact}"]`).first()).toBeVisible();
});

test('the operator, who sees no payments, is told who can grant settlement', async ({ signedIn }) => {
  const page = await signedIn({ role: 'operator', language: 'en' });
  const answer = await page.goto('/settlement');
  expect(answer?.status()).toBe(403);
});

test('no serious accessibility fault on the board, a session, and the work list', async ({ signedIn }) => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await signedIn({ theme });
    for (const path of ['/settlement', '/settlement/breaks', '/settlement/schedule']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html]),
      ).toEqual([]);
    }
  }
});
