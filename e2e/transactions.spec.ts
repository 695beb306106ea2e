import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const LANGUAGES = [
  {
    locale: 'zh-CN',
    search: '查找交易',
    find: '查找',
    status: '状态',
    declined: '业务拒绝',
    reveal: '显示完整账号',
    reason: '理由',
    confirm: '显示并留痕',
    raw: '原始报文',
    nothing: '没有交易使用',
    unread: '地址中有无法识别的条件',
    without: '忽略该条件并查看',
  },
  {
    locale: 'en',
    search: 'Find a payment',
    find: 'Find',
    status: 'Status',
    declined: 'Declined',
    reveal: 'Reveal numbers',
    reason: 'Reason',
    confirm: 'Reveal and record',
    raw: 'Raw message',
    nothing: 'No payment carries',
    unread: 'asks for something that cannot be read',
    without: 'List without it',
  },
] as const;
const MASKED = /^(?:[^*]{4} \*{4} \*{4}|\*{4}) [^*]{1,4}$/;

for (const words of LANGUAGES) {
  test.describe(`transactions in ${words.locale}`, () => {
    test.beforeEach(async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: 'headwater-locale', value: words.locale, url: baseURL ?? '' }]);
      await signIn(page, 'regulator');
    });

    test('an id, pasted, jumps to its payment; its key and its end-to-end id lead to the same', async ({ page }) => {
      await page.goto('/transactions?range=30d');
      const link = page.locator('.txs-table tbody a').first();
      const id = ((await link.textContent()) ?? '').trim();
      await find(page, words, id);
      await expect(page).toHaveURL(new RegExp(`/transactions/${id}$`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(id);
      const key = await page
        .locator('.facts dd.mono[title]')
        .filter({ hasText: /^[0-9a-f]{8}-/ })
        .last()
        .getAttribute('title');
      await page.goto('/transactions');
      await find(page, words, ` ${key} `);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(id);
    });

    test('a filter’s totals are those of its rows, read to the last', async ({ page }) => {
      await page.goto('/transactions?range=30d');
      const day = ((await page.locator('.txs-table td[data-column="acceptedAt"]').first().textContent()) ?? '').slice(0, 10);
      await page.goto(`/transactions?range=${day}T00:00~${day}T23:59:59&status=declined,failed`);
      const rows = await everyRow(page);
      const counts = await page
        .getByTestId('transactions-count')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
      expect(rows.size).toBe(counts.reduce((sum, count) => sum + count, 0));
      expect(rows.size).toBeGreaterThan(0);
    });

    test('a filter is a step of history and lives in the address', async ({ page }) => {
      await page.goto('/transactions?range=30d');
      await page.getByRole('button', { name: words.status, exact: true }).click();
      await page.getByRole('checkbox', { name: words.declined }).check();
      await expect(page).toHaveURL(/status=declined/);
      await expect(page.locator('.txs-table td[data-column="status"]').first()).toHaveText(words.declined);
      await page.goBack();
      await expect(page).not.toHaveURL(/status=/);
    });

    test('an address that is half understood lists nothing, says which half, and leads to the other', async ({ page }) => {
      await page.goto('/transactions?range=30d&status=failed,nope');
      await expect(page.getByText(words.unread)).toBeVisible();
      await expect(page.getByRole('main')).toContainText('nope');
      await expect(page.locator('.txs-table tbody tr')).toHaveCount(0);
      await page.getByRole('link', { name: words.without }).click();
      await expect(page).toHaveURL(/range=30d&status=failed$/);
      await expect(page.locator('.txs-table tbody a').first()).toBeVisible();
    });

    test('payments are filtered by who stood in between, and the totals are theirs', async ({ page }) => {
      await page.goto('/transactions?range=30d&intermediary=P0011&status=failed');
      const counts = await page
        .getByTestId('transactions-count')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
      const rows = await everyRow(page);
      expect(rows.size).toBe(counts.reduce((sum, count) => sum + count, 0));
    });

    test('account numbers are masked until they are revealed against a reason, and vanish after thirty seconds', async ({ page }) => {
      await page.clock.install();
      await page.goto('/transactions?range=30d');
      await page.locator('.txs-table tbody a').first().click();
      const numbers = page.locator('.facts dd[data-revealed]');
      await expect(numbers).toHaveCount(2);
      for (const masked of await numbers.allInnerTexts()) expect(masked).toMatch(MASKED);
      await page.getByRole('button', { name: words.reveal }).click();
      await page.getByRole('button', { name: words.confirm }).click();
      await expect(page.getByRole('dialog').getByRole('alert')).not.toBeEmpty();
      await page.getByRole('textbox', { name: words.reason }).fill('case 2026-118');
      await page.getByRole('button', { name: words.confirm }).click();
      await expect(page.locator('.facts dd[data-revealed="true"]').first()).toBeVisible();
      for (const number of await numbers.allInnerTexts()) expect(number).not.toContain('*');
      await page.clock.fastForward(31_000);
      await expect(page.locator('.facts dd[data-revealed="true"]')).toHaveCount(0);
      for (const masked of await numbers.allInnerTexts()) expect(masked).toMatch(MASKED);
    });

    test('odd searches and addresses do no harm', async ({ page }) => {
      await page.goto('/transactions');
      for (const odd of ["' or 1=1 --", '%00', '<script>alert(1)</script>', '\u202e\u0000abc', '9'.repeat(100)]) {
        await find(page, words, odd);
        await expect(page.getByText(words.nothing).or(page.locator('.txs-nothing:not(:empty)')).first()).toBeVisible();
        await page.goto('/transactions');
      }
      for (const address of [
        '/transactions?q=%00%ED%A0%80&min=-1&max=1e400&account=x&range=1%27--',
        '/transactions?payer=NOBODY&type=nope&route=%00',
      ]) {
        expect((await page.goto(address))?.status()).toBe(200);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      }
      await expect(page.getByText(words.unread)).toBeVisible();
      await expect(page.getByTestId('shown')).toContainText(/^\D*0\D+0\D*$/);
      expect((await page.goto('/transactions/%00'))?.status()).toBe(404);
      expect((await page.goto('/transactions/no-such-payment'))?.status()).toBe(404);
    });

    test('the message is shown as text, and nothing serious stands in the way of anybody', async ({ page }) => {
      await page.goto('/transactions?range=30d');
      await expect(page.locator('.txs-table tbody a').first()).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.locator('.txs-table tbody a').first().click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('.leg-timeline')).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: words.raw }).click();
      await expect(page.locator('.raw pre').first()).toContainText('amount');
      await expect(page.locator('.raw pre').first()).not.toContainText(/"account": "\d{8,}"/);
    });
  });
}

test('who runs the machine sees no payments', async ({ page }) => {
  await signIn(page, 'operator');
  expect((await page.request.get('/transactions')).status()).toBe(403);
  expect((await page.request.get('/transactions/no-such-payment')).status()).toBe(403);
});

test('people of compliance may reveal, and the offer is not made to those who may not', async ({ page }) => {
  await signIn(page, 'compliance');
  await page.goto('/transactions?range=30d');
  await page.locator('.txs-table tbody a').first().click();
  await expect(page.locator('.facts').getByRole('button', { name: /显示完整账号|Reveal numbers/ })).toBeVisible();
});

async function signIn(page: Page, login: string) {
  await page.goto('/sign-in');
  await page.locator('section.door-people button').filter({ hasText: login }).first().click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
}

async function find(page: Page, words: (typeof LANGUAGES)[number], text: string) {
  await page.getByRole('textbox', { name: words.search }).fill(text);
  await page.getByRole('button', { name: words.find, exact: false }).first().click();
}

async function seriousFaults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** Scrolls through the whole virtual list, collecting each row once. */
async function everyRow(page: Page): Promise<Set<string>> {
  // Within the page proper: what is still being streamed waits, hidden, behind it.
  const box = page.getByRole('main').locator('.txs-scroll');
  const seen = new Set<string>();
  await expect(page.locator('.txs-table tbody a').first()).toBeVisible();
  for (let still = 0; still < 6; ) {
    const before = seen.size;
    for (const href of await page
      .locator('.txs-table tbody a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')))
      seen.add(href);
    const atEnd = await box.evaluate((element) => {
      element.scrollBy({ top: 400 });
      return element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
    });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    still = seen.size === before && atEnd ? still + 1 : 0;
    if (atEnd && seen.size === before) await page.waitForLoadState('networkidle');
  }
  return seen;
}
