import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const LANGUAGES = ['zh-CN', 'en'] as const;
const WORDS = {
  'zh-CN': { table: '表格', clear: '清除筛选', out: '付出', all: '全部机构' },
  en: { table: 'Table', clear: 'Clear filters', out: 'Paid out', all: 'All institutions' },
} as const;
/** Yesterday morning, in business time: a span that no longer moves. */
const PAST = `${businessDay(-1)}T00:00~${businessDay(-1)}T12:00`;

for (const language of LANGUAGES) {
  const words = WORDS[language];
  test.describe(`institutions in ${language}`, () => {
    test('the board holds everyone, net positions add up to zero, and what is chosen survives a reload', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await page.goto(`/institutions?view=table&range=${PAST}`);
      await expect(page.locator('.foot')).toContainText(/(\d+) (\/|of) \1/);
      await expect(page.locator('.foot')).toContainText(/Σ.*= 0/);
      await page.getByRole('button', { name: new RegExp(`^${words.out}`) }).click();
      await expect(page).toHaveURL(/sort=out/);
      const first = await page.locator('tr[data-code]').first().getAttribute('data-code');
      await page.reload();
      await expect(page.locator('tr[data-code]').first()).toHaveAttribute('data-code', first ?? '');
      await page.getByRole('searchbox').fill(first ?? '');
      await expect(page.locator('tr[data-code]')).toHaveCount(1);
      await expect(page).toHaveURL(new RegExp(`q=${first}`));
      await page.getByRole('searchbox').fill('no such institution');
      await expect(page.locator('.ib-empty')).toBeVisible();
      await page.locator('.ib-empty').getByRole('button', { name: words.clear }).click();
      await expect(page.locator('tr[data-code]').first()).toBeVisible();
    });

    test('a figure of the board, and of an institution’s page, opens rows that add up to it', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await page.goto(`/institutions?view=table&range=${PAST}&sort=payments`);
      const row = page.locator('tr[data-code]').first();
      const code = await row.getAttribute('data-code');
      const payments = row.locator('a[href^="/transactions"]').first();
      const shown = whole(await payments.textContent());
      await payments.click();
      expect(await listedCount(page)).toBe(shown);

      await page.goto(`/institutions/${code}?range=${PAST}`);
      const counted = page.locator('.ip-side table').first().locator('tbody tr').first().locator('a').first();
      expect(whole(await counted.textContent())).toBe(shown);
      await counted.click();
      expect(await listedCount(page)).toBe(shown);
    });

    test('its page names it, opens its largest pair without a mouse, and has no serious accessibility fault', async ({ signedIn }) => {
      const page = await signedIn({ language, theme: language === 'en' ? 'dark' : 'light' });
      await page.goto(`/institutions?view=table&range=${PAST}&sort=out`);
      await page.locator('tr[data-code] a[href^="/institutions/"]').first().click();
      await expect(page).toHaveURL(/\/institutions\/[^/?]+/);
      await page.goto(`${page.url().split('?')[0]}?range=${PAST}`);
      await expect(page.locator('.ip-hub svg').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('.ip').analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await page.locator('.ip-hub [role=application]').last().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/flows\/[^/]+\/[^/?]+/);
    });

    test('a code that nobody has says so and leads back', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await page.goto('/institutions/NOBODY');
      await expect(page.locator('.state-note')).toBeVisible();
      await page.getByRole('link', { name: words.all }).click();
      await expect(page).toHaveURL(/\/institutions$/);
    });

    test('a phone shows board and page without a sideways scroll', async ({ signedIn }) => {
      const page = await signedIn({ language, phone: true });
      await page.goto('/institutions');
      await expect(page.locator('tr[data-code]').first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await page.locator('tr[data-code] a[href^="/institutions/"]').first().click();
      await expect(page.locator('.ip-codes')).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    });
  });
}

function whole(text: string | null): bigint {
  return BigInt((text ?? '').replaceAll(',', ''));
}

/** Payments that the transactions page says it found, over all currencies. */
async function listedCount(page: Page): Promise<bigint> {
  await page.waitForURL(/\/transactions\?/);
  await expect(page.getByTestId('transactions-count').first()).toBeVisible();
  const values = await page
    .getByTestId('transactions-count')
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-value') ?? '0'));
  return values.reduce((sum, value) => sum + BigInt(value), 0n);
}

function businessDay(shift: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + shift * 86_400_000).toISOString().slice(0, 10);
}

test('nothing jumps while the board lays itself out', async ({ signedIn }) => {
  const page = await signedIn();
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) shifts.sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/institutions');
  await expect(page.locator('tr[data-code]').nth(10)).toBeVisible();
  await expect(page.locator('.ib-barcell svg').first()).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)).toBeLessThan(0.02);
});
