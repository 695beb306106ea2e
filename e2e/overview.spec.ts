import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const LANGUAGES = ['zh-CN', 'en'] as const;
/** Noon of the day before, in business time: a span that no longer moves. */
const PAST = `${businessDay(-1)}T00:00~${businessDay(-1)}T12:00`;

for (const language of LANGUAGES) {
  test.describe(`overview in ${language}`, () => {
    test('every figure opens rows that add up to it', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await page.goto(`/overview?range=${PAST}`);
      const amount = await tile(page, 'amount');
      await page.getByTestId('tile-amount').click();
      expect(await listed(page, 'transactions-amount')).toBe(amount);

      await page.goto(`/overview?range=${PAST}`);
      const failed = await tile(page, 'success');
      await page.getByTestId('tile-success').click();
      expect(await listed(page, 'transactions-count')).toBe(failed);

      await page.goto(`/overview?range=${PAST}`);
      const payments = await tile(page, 'throughput');
      await page.getByTestId('tile-throughput').click();
      expect(await listed(page, 'transactions-count')).toBe(payments);
    });

    test('a span marked on the throughput opens its flows, by keyboard as by mouse, and Back returns', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await page.goto(`/overview?range=${PAST}`);
      // The chart says when it listens.
      const chart = page.locator('.ov-throughput [role=application][data-alive]');
      await chart.focus();
      await page.keyboard.press('ArrowRight');
      for (let step = 0; step < 6; step++) await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(
        (url) => url.pathname === '/flows' && /T00:00:00~.*T00:35:00$/.test(url.searchParams.get('range') ?? ''),
      );
      await page.goBack();
      await expect(page).toHaveURL(/\/overview\?range=/);
      const box = await chart.boundingBox();
      if (!box) throw new Error('no chart');
      await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 });
      await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 });
      await page.mouse.up();
      await expect(page).toHaveURL(/\/flows\?.*range=/);
    });

    test('the largest flow opens its pair, a square its institution, without a mouse', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await page.goto(`/overview?range=${PAST}`);
      await page.locator('.ov-flows [role=application]').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/flows\/[^/]+\/[^/?]+\?/);
      await page.goto('/overview');
      await page.locator('.ov-mosaic [role=application]').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/institutions\/[^/?]+/);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });

    test('the wall fills 1920 × 1080 without scrolling, writes nothing below 24 px and names no person', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.goto('/overview?wall=1');
      const wall = page.locator('.wall');
      await expect(wall.locator('svg text').first()).toBeVisible();
      const seen = await wall.evaluate((element) => {
        const small: string[] = [];
        for (const node of element.querySelectorAll('*')) {
          const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim());
          const hidden = node.closest('.sr-only, .visually-hidden, title, script, style');
          if (own && !hidden && node.checkVisibility() && Number.parseFloat(getComputedStyle(node).fontSize) < 24)
            small.push(node.outerHTML.slice(0, 120));
        }
        return { small, text: element.textContent ?? '', over: element.scrollHeight > element.clientHeight };
      });
      expect(seen.small).toEqual([]);
      expect(seen.over).toBe(false);
      expect(seen.text).not.toContain('regulator');
      expect(seen.text).not.toContain('沈知远');
      expect(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true);
    });

    test('no serious accessibility fault', async ({ signedIn }) => {
      const page = await signedIn({ language, theme: language === 'en' ? 'dark' : 'light' });
      await page.goto(`/overview?range=${PAST}`);
      await expect(page.locator('.ov-flows [role=application]')).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('.ov').analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });

    test('a phone shows it without a sideways scroll', async ({ signedIn }) => {
      const phone = await signedIn({ language, phone: true });
      await phone.goto('/overview');
      await expect(phone.getByTestId('tile-amount')).toBeVisible();
      expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    });
  });
}

test('a span without payments has no percentages, and leads to the nearest that has', async ({ signedIn }) => {
  const page = await signedIn();
  await page.goto('/overview?range=2019-01-01~2019-01-02');
  await expect(page.getByTestId('tile-success')).toContainText('—');
  await expect(page.getByTestId('tile-latency')).toContainText('—');
  await page.locator('.state-act a').click();
  await expect(page.locator('.ov-throughput [role=application][data-alive]')).toBeVisible();
});

test('a pause outlives a reload', async ({ signedIn }) => {
  const page = await signedIn();
  await page.goto('/overview');
  await expect(page.locator('.ov-throughput [data-alive]')).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.locator('.app')).toHaveAttribute('data-live', 'paused');
  await page.reload();
  await expect(page.locator('.app')).toHaveAttribute('data-live', 'paused');
  await page.keyboard.press('p');
  await expect(page.locator('.app')).toHaveAttribute('data-live', 'live');
});

async function tile(page: Page, name: string): Promise<bigint> {
  return BigInt((await page.getByTestId(`tile-${name}`).getAttribute('data-value')) ?? '-1');
}

/** What the transactions page says in all; counts of several currencies are added, amounts are of one. */
async function listed(page: Page, what: 'transactions-amount' | 'transactions-count'): Promise<bigint> {
  await page.waitForURL(/\/transactions\?/);
  await expect(page.locator('h1')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const values = await page.getByTestId(what).evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-value') ?? '0'));
  return values.reduce((sum, value) => sum + BigInt(value), 0n);
}

function businessDay(shift: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + shift * 86_400_000).toISOString().slice(0, 10);
}
