import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const LANGUAGES = [
  {
    language: 'zh-CN',
    forward: '追踪去向',
    pinned: '已固定 1 条路径',
    table: '表格',
    graph: '图',
    exact: '差额 0 ✓',
    without: '去掉条件重新追踪',
  },
  {
    language: 'en',
    forward: 'Where it went',
    pinned: '1 path pinned',
    table: 'Table',
    graph: 'Graph',
    exact: 'difference 0 ✓',
    without: 'Trace without the conditions',
  },
] as const;

for (const words of LANGUAGES) {
  test.describe(`a trace in ${words.language}`, () => {
    test('drilled to from a payment, it is the same after reload, and Back takes each step back', async ({ signedIn }) => {
      const page = await signedIn({ language: words.language });
      await toPayment(page);
      const payment = page.url();
      await page.getByRole('link', { name: words.forward }).click();
      const first = await picture(page);
      expect(Object.keys(first).length).toBeGreaterThanOrEqual(2);
      await expect(page.getByTestId('trace-conserved')).toContainText(words.exact);
      expect(new URL(page.url()).searchParams.get('range')).toMatch(/~/);

      const graph = page.getByRole('application');
      await graph.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect(page.locator('.tr-node[data-selected="true"]')).toHaveCount(1);
      await page.keyboard.press('p');
      await expect(page.locator('#sheet').getByText(words.pinned)).toBeVisible();
      await expect(page).toHaveURL(/[?&]c=p/);
      const pinned = await picture(page);
      for (const [id, place] of Object.entries(first)) expect(pinned[id]).toBe(place);

      await page.reload();
      await expect(page.locator('#sheet').getByText(words.pinned)).toBeVisible();
      expect(await picture(page)).toEqual(pinned);
      await page.goBack();
      await expect(page.locator('#sheet').getByText(words.pinned)).toHaveCount(0);
      await expect(page).not.toHaveURL(/[?&]c=/);
      expect(await picture(page)).toEqual(first);
      await page.goBack();
      await expect(page).toHaveURL(payment);
    });

    test('an account folded away is undone, done again and shown anew at the place where it stood', async ({ signedIn }) => {
      const page = await signedIn({ language: words.language });
      await toPayment(page);
      await page.getByRole('link', { name: words.forward }).click();
      const first = await picture(page);
      await page.getByRole('application').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const id = new URL(page.url()).searchParams.get('at') as string;
      expect(first[id]).toBeDefined();
      await page.keyboard.press('Shift+F');
      await expect(page.locator(`.react-flow__node[data-id="${id}"]`)).toHaveCount(0);
      await page.keyboard.press('Control+z');
      await expect(page.locator(`.react-flow__node[data-id="${id}"]`)).toHaveCount(1);
      expect(await picture(page)).toEqual(first);
      await page.keyboard.press('Control+Shift+z');
      await expect(page.locator(`.react-flow__node[data-id="${id}"]`)).toHaveCount(0);
      await page.locator('.react-flow__node[data-id="rest:1"]').click();
      await page.keyboard.press('e');
      await expect(page.locator(`.react-flow__node[data-id="${id}"]`)).toHaveCount(1);
      expect((await picture(page))[id]).toBe(first[id]);
    });

    test('the table says what the picture says, and nothing serious stands in the way of anybody', async ({ signedIn }) => {
      const page = await signedIn({ language: words.language });
      await toPayment(page);
      await page.getByRole('link', { name: words.forward }).click();
      const drawn = Object.keys(await picture(page)).length;
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: words.table, exact: true }).click();
      await expect(page.getByTestId('trace-nodes').locator('tbody tr')).toHaveCount(drawn);
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: words.graph, exact: true }).click();
      expect(Object.keys(await picture(page)).length).toBe(drawn);
    });

    test('an address that is half understood traces nothing and leads to the trace without it', async ({ signedIn }) => {
      const page = await signedIn({ language: words.language });
      await toPayment(page);
      const path = new URL(page.url()).pathname;
      await page.goto(`${path}/trace?range=2026-01-01~2026-01-02&hops=99`);
      await expect(page.locator('.tr-node')).toHaveCount(0);
      await page.getByRole('link', { name: words.without }).click();
      await picture(page);
    });
  });
}

test('who runs the machine traces nothing, and a payment that is not there is not found', async ({ signedIn }) => {
  const operator = await signedIn({ role: 'operator' });
  expect((await operator.request.get('/transactions/no-such-payment/trace')).status()).toBe(403);
  expect((await operator.request.get('/trace?from=tx:no-such-payment')).status()).toBe(403);
  const regulator = await signedIn();
  expect((await regulator.request.get('/transactions/no-such-payment/trace')).status()).toBe(404);
});

/** The page of a payment that succeeded two days ago: its money has had time to move. */
async function toPayment(page: Page): Promise<void> {
  const day = (back: number) => new Date(Date.now() + 8 * 3_600_000 - back * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`/transactions?range=${day(3)}T00:00~${day(2)}T00:00&status=succeeded`);
  await page.locator('.txs-table tbody a').first().click();
  await page.waitForURL(/\/transactions\/[^?]+/);
}

/** Where each node stands, by its id; once all of them do. */
async function picture(page: Page): Promise<Record<string, string>> {
  await expect(page.locator('.tr-figure[data-ready="true"]')).toBeVisible();
  await expect(page.locator('.tr-node').first()).toBeVisible();
  return await page
    .locator('.react-flow__node')
    .evaluateAll((nodes) => Object.fromEntries(nodes.map((node) => [node.getAttribute('data-id'), (node as HTMLElement).style.transform])));
}

async function seriousFaults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
