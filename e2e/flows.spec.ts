import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/** The figure a person sees: while a page streams in, React keeps a hidden copy of the part it is about to place. */
const selectionAmount = (page: Page) => page.getByTestId('selection-amount').filter({ visible: true });

const LANGUAGES = [
  { locale: 'zh-CN', matrix: '矩阵', trend: '趋势' },
  { locale: 'en', matrix: 'Matrix', trend: 'Trend' },
] as const;

/** Hours that are over: what arrives while a test runs lies after them. In business time, as the address bar writes it. */
const PAST = [26, 3].map((hoursAgo) => `${new Date(Date.now() + (8 - hoursAgo) * 3_600_000).toISOString().slice(0, 13)}:00`).join('~');

for (const words of LANGUAGES) {
  test.describe(`flows in ${words.locale}`, () => {
    // Journeys of many pages: a machine that is busy with the rest of the run needs longer than a single page.
    test.describe.configure({ timeout: 150_000 });

    test('a regulator drills from a spike to one payment in four actions; reload shows the same, Back undoes each', async ({
      signedIn,
    }) => {
      const page = await signedIn({ language: words.locale });
      await page.goto('/flows?view=trend');
      const trend = page.locator('.trend-plot[data-alive]');
      await expect(trend.locator('svg').first()).toBeVisible();
      // 1: brush a span of the trend; it becomes the range.
      await drag(page, trend, { from: [0.5, 0.5], to: [0.75, 0.5] });
      await expect(page).toHaveURL(/range=\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/);
      const zoomed = page.url();
      await page.getByRole('link', { name: words.matrix, exact: true }).click();
      await expect(page).not.toHaveURL(/view=trend/);
      await expect(page).toHaveURL(/range=/);
      // 2: press the busiest cell; ranks put it at the top left.
      await pressFirstCell(page);
      await expect(page).toHaveURL(/sel=1-1\.1-1/);
      const picked = page.url();
      await expect(selectionAmount(page)).toHaveAttribute('data-cells', '1');
      const amount = await selectionAmount(page).getAttribute('data-value');
      await page.reload();
      await expect(page).toHaveURL(picked);
      await expect(selectionAmount(page)).toHaveAttribute('data-value', amount ?? '');
      // 3: the payments behind it.
      await selectionAmount(page).click();
      await expect(page).toHaveURL(/\/transactions\?/);
      const list = page.url();
      // 4: one of them.
      await page.locator('a[href^="/transactions/"]').first().click();
      await expect(page).toHaveURL(/\/transactions\/[^?]+/);
      await page.goBack();
      await expect(page).toHaveURL(list);
      await page.goBack();
      await expect(page).toHaveURL(picked);
      await expect(selectionAmount(page)).toHaveAttribute('data-value', amount ?? '');
      await page.goBack();
      await expect(page).not.toHaveURL(/sel=/);
      await page.goBack();
      await expect(page).toHaveURL(zoomed);
    });

    test('a cell, a selection and everything are exactly what their payments add up to', async ({ signedIn }) => {
      const page = await signedIn({ language: words.locale });
      await page.goto(`/flows?range=${PAST}`);
      const whole = await drilledSum(page);
      expect(whole.listed).toBe(whole.shown);
      await page.goto(`/flows?range=${PAST}&sel=1-1.1-1`);
      const cell = await drilledSum(page);
      expect(cell.listed).toBe(cell.shown);
      await page.goto(`/flows?range=${PAST}&sel=1-3.1-4`);
      const block = await drilledSum(page);
      expect(block.listed).toBe(block.shown);
      expect(block.shown >= cell.shown && whole.shown >= block.shown).toBe(true);
    });

    test('no figure needs a mouse: arrows, shift, Enter and Escape do what the pointer does', async ({ signedIn }) => {
      const page = await signedIn({ language: words.locale });
      await page.goto('/flows');
      const matrix = page.locator('.matrix-plot[data-alive]');
      await matrix.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+ArrowRight');
      await expect(page).toHaveURL(/sel=\d+-\d+\.\d+-\d+/);
      await page.keyboard.press('Escape');
      await expect(page).not.toHaveURL(/sel=/);
      await page.keyboard.press('Home');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/flows\/[^/]+\/[^/?]+/);
      await expect(page.getByTestId('pair-amount')).toBeVisible();
    });

    test('the pair page says what the matrix said of the pair, and its payments add up', async ({ signedIn }) => {
      const page = await signedIn({ language: words.locale });
      await page.goto(`/flows?range=${PAST}&sel=1-1.1-1`);
      const shown = await selectionAmount(page).getAttribute('data-value');
      const pair = page.locator('.tn a[href^="/flows/"]').first();
      await pair.click();
      await expect(page.getByTestId('pair-amount')).toHaveAttribute('data-value', shown ?? '');
      const counts = await Promise.all(['pair-payments', 'pair-attempts'].map((id) => page.getByTestId(id).getAttribute('data-value')));
      await page.getByTestId('pair-amount').click();
      expect(await listedSum(page)).toBe(BigInt(shown ?? '-1'));
      // The count beside the amount is of the same payments; every attempt is more, or as many.
      expect(await listedCount(page)).toBe(BigInt(counts[0] ?? '-1'));
      expect(BigInt(counts[1] ?? '-1') >= BigInt(counts[0] ?? '0')).toBe(true);
    });

    for (const address of ['/flows', '/flows?view=sankey', '/flows?view=trend', '/flows?view=table', '/flows?as=table'])
      test(`${address} stands and has no serious accessibility fault`, async ({ signedIn }) => {
        const page = await signedIn({ language: words.locale });
        await page.goto(address);
        await expect(page.locator('figure, .pairs').first()).toBeVisible();
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      });

    test('a range without payments says so and offers the way out', async ({ signedIn }) => {
      const page = await signedIn({ language: words.locale });
      await page.goto('/flows?range=2019-01-01~2019-01-02');
      await expect(page.locator('.flows-empty')).toBeVisible();
      await page.locator('.flows-empty a').click();
      await expect(page.getByRole('application')).toBeVisible();
    });
  });
}

async function drag(page: Page, on: ReturnType<Page['getByRole']>, { from, to }: { from: [number, number]; to: [number, number] }) {
  const box = await on.boundingBox();
  if (!box) throw new Error('nothing to drag on');
  const point = ([x, y]: [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...point(from));
  await page.mouse.down();
  await page.mouse.move(...point([(from[0] + to[0]) / 2, to[1]]));
  await page.mouse.move(...point(to));
  await page.mouse.up();
}

/** The cell of the largest payer and the largest payee, by its place on the screen. */
async function pressFirstCell(page: Page) {
  const matrix = page.locator('.matrix-plot[data-alive]');
  await expect(matrix).toBeVisible();
  const box = await matrix.boundingBox();
  if (!box) throw new Error('no matrix');
  await page.mouse.click(box.x + 94.5, box.y + 78.5);
}

/** The amount the selection shows and the sum that the payments behind it list, in minor units. */
async function drilledSum(page: Page): Promise<{ shown: bigint; listed: bigint }> {
  const figure = selectionAmount(page);
  const shown = BigInt((await figure.getAttribute('data-value')) ?? '-1');
  await figure.click();
  return { shown, listed: await listedSum(page) };
}

async function listedCount(page: Page): Promise<bigint> {
  return BigInt((await page.getByTestId('transactions-count').first().getAttribute('data-value')) ?? '-1');
}

async function listedSum(page: Page): Promise<bigint> {
  await page.waitForURL(/\/transactions\?/);
  const total = page.getByTestId('transactions-amount');
  await expect(total).toBeVisible();
  return BigInt((await total.getAttribute('data-value')) ?? '-1');
}
