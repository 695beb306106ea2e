import fs from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { expect, test } from './fixtures';

type Cell = { institution: string; bank: string; type: string };
type Found = { readonly direct: Cell; readonly clean: Cell };

/** A cell that still debits directly and one that does not, as the database has them; undefined until the country has reported. */
async function cells(): Promise<Found | undefined> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<Cell & { residual: boolean }>(
      `select distinct on (residual) i.code as institution, b.code as bank, c.business_type::text as type, residual
       from (
         select institution_id, bank_id, business_type, sum(residual_count) > 0 as residual, sum(cleared_count) as cleared
         from cut_over_day
         where day < (now() at time zone 'Asia/Shanghai' - interval '3 hours')::date
           and day >= (now() at time zone 'Asia/Shanghai' - interval '3 hours')::date - 7
           and bank_declared_at is not null
         group by 1, 2, 3
       ) c
       join institution i on i.id = c.institution_id
       join institution b on b.id = c.bank_id
       order by residual, cleared desc`,
    );
    const [clean, direct] = [rows.find(({ residual }) => !residual), rows.find(({ residual }) => residual)];
    return clean && direct ? { clean, direct } : undefined;
  } finally {
    await client.end();
  }
}

const cellPath = ({ institution, bank, type }: Cell) => `/cutover/${institution}/${bank}/${type}?days=7`;

/** Digits of a figure. */
const numberIn = (text: string) => Number(text.replace(/[^\d]/g, ''));

async function alive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
}

for (const language of ['zh-CN', 'en'] as const)
  test.describe(`cut-over · ${language}`, () => {
    test.setTimeout(180_000);
    let found: Found;

    // The country reports its history after it has sent it; the suite may be quicker. A hook has a time of its own.
    test.beforeAll(async () => {
      test.setTimeout(180_000);
      await expect.poll(async () => (await cells()) !== undefined, { timeout: 150_000 }).toBe(true);
      found = (await cells()) as Found;
    });

    // Both figures of one pair are read again until they are of one moment: the monitor may still be matching the country's history.
    test('the residual of the board leads to debits that add up to it, and Back leads out again', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await expect(async () => {
        await alive(page, '/cutover?days=7');
        const tile = page.locator('a.co-tile').first();
        const residual = numberIn((await tile.locator('.co-figure').textContent()) ?? '');
        expect(residual).toBeGreaterThan(0);
        await tile.click();
        await page.waitForURL(/cutover\/debits/);
        const listed = (await page.locator('.sub .strong').textContent()) ?? '';
        expect(numberIn(listed.split('·')[0] ?? '')).toBe(residual);
      }).toPass({ timeout: 120_000 });
      await page.goBack();
      await expect(page).toHaveURL(/cutover\?days=7/);
    });

    test('a cell’s cleared figure leads to payments that add up to it', async ({ signedIn }) => {
      const page = await signedIn({ language });
      await expect(async () => {
        await alive(page, cellPath(found.clean));
        const figure = page.locator('.co-sides tbody tr').first().locator('td').last();
        const cleared = numberIn(((await figure.textContent()) ?? '').split('·')[0] ?? '');
        await figure.locator('a').click();
        await page.waitForURL(/\/transactions/);
        await expect(page.getByText(new RegExp(`\\b${cleared.toLocaleString('en')}\\b`)).first()).toBeVisible();
      }).toPass({ timeout: 120_000 });
    });

    test('a certificate is withheld with its reasons where money still goes directly, and says so on a page that prints', async ({
      signedIn,
    }) => {
      const page = await signedIn({ language, role: 'compliance' });
      await alive(page, cellPath(found.direct));
      const form = page.locator('.co-certs form');
      await form.locator('input[name=note]').fill('end-to-end');
      await form.getByRole('button').click();
      await page.waitForURL(/certificates\/[0-9a-f-]{36}/);
      await expect(page.locator('.co-reasons li').first()).toBeVisible();
      await expect(page.locator('.co-doc')).toContainText(language === 'en' ? 'Residual direct debits' : '有直连扣款');
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('.nav')).toBeHidden();
      await expect(page.locator('.co-doc h1')).toBeVisible();
    });

    test('freezing takes one person and thawing two: who asked cannot approve', async ({ signedIn }) => {
      const page = await signedIn({ language, role: 'compliance' });
      await alive(page, cellPath(found.clean));
      const gates = page.locator('.co-gates');
      const act = async (on: Page, action: string) => {
        await on.locator('.co-gates input[name=note]').fill('end-to-end');
        await on.locator(`.co-gates button[value=${action}]`).click();
      };
      await act(page, 'freeze');
      await expect(gates.locator('.chip.major')).toBeVisible();
      await act(page, 'request-thaw');
      await expect(gates.locator('button[value=withdraw]')).toBeVisible();
      await expect(gates.locator('button[value=approve]')).toHaveCount(0);
      const other = await signedIn({ language, role: 'regulator' });
      await alive(other, cellPath(found.clean));
      await act(other, 'approve');
      await expect(other.locator('.co-gates .chip.major')).toHaveCount(0);
      await expect(other.locator('.co-gates button[value=freeze]')).toBeVisible();
    });

    const SCREENS: readonly (readonly [string, () => string])[] = [
      ['the board', () => '/cutover?type=gateway'],
      ['the matrix', () => '/cutover?view=matrix'],
      ['an institution', () => `/cutover/${found.direct.institution}?state=direct`],
      ['a cell', () => cellPath(found.direct)],
      ['debits', () => '/cutover/debits?kind=nested'],
      ['certificates', () => '/cutover/certificates'],
    ];
    for (const [name, path] of SCREENS)
      test(`${name}: who may only look is offered nothing to do, and there are no serious accessibility findings`, async ({ signedIn }) => {
        const page = await signedIn({ language, role: 'operator' });
        await alive(page, path());
        await expect(page.locator('.co')).toBeVisible();
        await expect(page.locator('.co-form')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page }).include('.co').analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
      });
  });

test('cells at zero, cells unproven and the coverage of agreements lead to as many rows as they say', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  for (const name of ['Cells at zero', 'Unproven cells']) {
    await page.goto('/cutover?days=7');
    const tile = page.locator('a.co-tile', { hasText: name });
    const said = numberIn((await tile.locator('.co-figure').textContent()) ?? '');
    await tile.click();
    await expect(page.getByTestId('cells-total')).toHaveAttribute('data-value', String(said));
  }
  await page.goto('/cutover?days=7');
  const coverage = page.locator('.co-table tbody tr').first().locator('a[href^="/cutover/agreements"]');
  const share = Number(((await coverage.textContent()) ?? '').replace('%', ''));
  await coverage.click();
  const sum = page.getByTestId('agreements-sum');
  await expect(sum).toBeVisible();
  const [used, covered] = await Promise.all(['data-used', 'data-covered'].map(async (name) => Number(await sum.getAttribute(name))));
  expect(Math.floor(((covered as number) / (used as number)) * 1000) / 10).toBeCloseTo(share, 0);
});

test('the matrix is moved over by keys and opens the pair', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await alive(page, '/cutover?view=matrix');
  await page.locator('.co-plot').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.co-matrix [role=status]')).toContainText('×');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/cutover\/P\d+\?.*bank=B\d+/);
  await expect(page.locator('tbody tr').first()).toBeVisible();
});

test('the verifier that is handed out is the one file it says it is', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  const answer = await page.request.get('/verify-cut-over-certificate.mjs');
  expect(answer.ok()).toBe(true);
  const text = await answer.text();
  expect(text).toBe(fs.readFileSync('public/verify-cut-over-certificate.mjs', 'utf8'));
  expect([...text.matchAll(/from '([^']+)'/g)].every(([, from]) => from?.startsWith('node:'))).toBe(true);
});
