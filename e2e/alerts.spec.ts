import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { expect, fillSignIn, type Language, test } from './fixtures';

const WORDS = {
  en: { reason: 'Known and looked into before' },
  'zh-CN': { reason: '此前已核查' },
} as const satisfies Record<Language, Record<string, string>>;

const WANTED = 20;

async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A kind of alert of which the detector has raised enough that wait for somebody; undefined until it has. */
const kindWithEnough = () =>
  inDatabase(async (client) => {
    const { rows } = await client.query<{ kind: string }>(
      `select rule_id as kind
       from alert
       where state = 'open' and coalesce(snoozed_until < now(), true) and assigned_to is null
       group by 1
       having count(*) >= $1
       order by count(*)
       limit 1`,
      [WANTED],
    );
    return rows[0]?.kind;
  });

/** What became of alerts in the order they were listed: state and login of the owner. */
const standing = (ids: readonly string[]) =>
  inDatabase(async (client) => {
    const { rows } = await client.query<{ id: string; state: string; owner: string | null; reason: string | null }>(
      `select a.id::text as id, a.state, u.login as owner, a.disposition_reason as reason
       from alert a
       left join app_user u on u.id = a.assigned_to
       where a.id = any($1::bigint[])`,
      [ids],
    );
    return ids.map((id) => rows.find((row) => row.id === id));
  });

// Real alerts are decided about: afterwards they wait again, as the detector left them.
const reopen = (ids: readonly string[]) =>
  inDatabase((client) =>
    client.query(
      `update alert
       set state = 'open', assigned_to = null, snoozed_until = null, disposition_reason = null, disposed_by = null, disposed_at = null,
         duplicate_of = null, version = version + 1
       where id = any($1::bigint[])`,
      [ids],
    ),
  );

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('.al-box2[data-alive] .al-row').first()).toBeVisible();
  await expect(page.locator('article.al-detail[data-alive]')).toBeVisible();
}

const idsShown = (page: Page) => page.locator('.al-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-alert') ?? ''));

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

test.describe('triage by keyboard', () => {
  test.setTimeout(180_000);
  let kind = '';
  let touched: string[] = [];

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    await expect.poll(kindWithEnough, { timeout: 150_000 }).toBeDefined();
    kind = (await kindWithEnough()) as string;
  });
  test.afterEach(async () => {
    await reopen(touched);
    touched = [];
  });

  for (const language of ['zh-CN', 'en'] as const)
    test(`fifteen dismissed with a reason, undone, redone; four assigned; one escalated (${language})`, async ({ signedIn }) => {
      const words = WORDS[language];
      const page = await signedIn({ language });
      await open(page, `/alerts?queue=unassigned&source=${kind}&sort=time`);
      const listed = await inOrder(page, WANTED);
      touched = listed;
      const [dismissed, assigned, escalated] = [listed.slice(0, 15), listed.slice(15, 19), listed.slice(19, 20)];

      const said = page.locator('[data-sonner-toast]').first();
      await press(page, 'x');
      await press(page, 'Shift+J', 14);
      await expect(page.getByTestId('selected')).toContainText('15');
      await press(page, '3');
      await expect(page.getByRole('dialog').getByText(words.reason)).toBeVisible();
      await press(page, '2');
      await expect(said).toContainText('15');
      await expect.poll(() => states(dismissed)).toEqual(new Set(['dismissed']));
      await expect(page.locator(`[data-alert="${dismissed[3]}"]`)).toHaveCount(0);
      expect((await standing(dismissed)).every((row) => row?.reason === 'known-customer')).toBe(true);

      await press(page, 'u');
      await expect.poll(() => states(dismissed)).toEqual(new Set(['open']));
      await expect(page.locator(`[data-alert="${dismissed[3]}"]`)).toHaveCount(1);
      await press(page, 'Shift+U');
      await expect.poll(() => states(dismissed)).toEqual(new Set(['dismissed']));

      await readOn(page, assigned[0] as string);
      await press(page, 'x');
      await press(page, 'Shift+J', 3);
      await expect(page.getByTestId('selected')).toContainText('4');
      await press(page, 'a');
      await expect(page.getByRole('dialog')).toBeVisible();
      await press(page, '1');
      await expect.poll(async () => new Set((await standing(assigned)).map((row) => row?.owner))).toEqual(new Set(['regulator']));

      await readOn(page, escalated[0] as string);
      await press(page, 'e');
      await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
      await page.keyboard.type('follow the money');
      await press(page, 'Enter');
      await expect.poll(() => states(escalated)).toEqual(new Set(['escalated']));

      await page.goto(`/alerts?queue=all&alert=${escalated[0]}`);
      // Within the page proper: what is still being streamed waits, hidden, behind it.
      await expect(page.getByRole('article').locator('.al-why')).toContainText('follow the money');
      await expect(page.getByRole('article').locator('.al-activity')).toContainText('follow the money');
    });

  test('what somebody else decided meanwhile is said, and not overwritten', async ({ signedIn }) => {
    const mine = await signedIn({ language: 'en' });
    const theirs = await signedIn({ role: 'compliance', language: 'en' });
    const path = `/alerts?queue=unassigned&source=${kind}&sort=time`;
    await open(mine, path);
    // Live figures would bring the news by themselves.
    await press(mine, 'p');
    touched = (await idsShown(mine)).slice(0, 1);
    await open(theirs, `${path}&alert=${touched[0]}`);
    await expect(theirs.locator(`article.al-detail[data-detail="${touched[0]}"][data-alive]`)).toBeVisible();
    await press(theirs, '1');
    await expect.poll(() => states(touched)).toEqual(new Set(['accepted']));
    await press(mine, '3');
    await press(mine, '1');
    await expect(mine.locator('[data-sonner-toast]')).toContainText('Somebody else changed');
    expect(await states(touched)).toEqual(new Set(['accepted']));
  });

  test('no single key acts while they are switched off; arrows still move', async ({ signedIn }) => {
    const page = await signedIn({ language: 'en' });
    await page.addInitScript(() => localStorage.setItem('headwater-single-keys', 'off'));
    await open(page, `/alerts?queue=unassigned&source=${kind}&sort=time`);
    const [first, second] = await idsShown(page);
    await press(page, 'x');
    await press(page, '1');
    await press(page, 'ArrowDown');
    await expect(page.locator(`article.al-detail[data-detail="${second}"]`)).toBeVisible();
    await expect(page.getByTestId('selected')).toHaveText('');
    expect(await states([first as string])).toEqual(new Set(['open']));
  });
});

test('the payments of an alert add up to it, and each leads to the payment', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  const found = await inDatabase((client) =>
    client.query<{ id: string; minor: string }>(
      `select id::text as id, amount_minor::text as minor from alert
       where source = 'typology' and currency is not null and transaction_count between 3 and 8 order by id desc limit 1`,
    ),
  );
  const alert = found.rows[0];
  test.skip(!alert, 'the detector has raised no alert of a few payments yet');
  await page.goto(`/alerts?queue=all&alert=${alert?.id}`);
  await expect(page.locator('.al-payments')).toHaveAttribute('data-sum', alert?.minor ?? '');
  const amounts = await page
    .locator('.al-payments [data-exact]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-exact') ?? ''));
  expect(amounts.reduce((sum, exact) => sum + BigInt(exact.replace('.', '')), 0n)).toBe(BigInt(alert?.minor ?? '0'));
  await page.locator('.al-payments tbody a').first().click();
  await page.waitForURL(/\/transactions\/.+/);
});

test('an institution’s own people are refused another institution’s alert', async ({ browser, baseURL }) => {
  const login = 'e2e-foreign';
  const { own, foreign } = await inDatabase(async (client) => {
    const { rows } = await client.query<{ id: string; institution: number }>(
      `select distinct on (institution_id) id::text as id, institution_id as institution from alert where institution_id is not null limit 2`,
    );
    await client.query(
      `insert into app_user (login, display_name, role, institution_id, password_hash)
       select $1, 'E2E', 'institution', $2, password_hash from app_user where login = 'regulator'
       on conflict (login) do update set institution_id = excluded.institution_id, failed_attempts = 0, next_attempt_at = null`,
      [login, rows[0]?.institution],
    );
    return { own: rows[0]?.id, foreign: rows[1]?.id };
  });
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/sign-in?from=/account');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, login);
  await page.waitForURL((url) => url.pathname === '/account');
  expect((await page.request.get(`/alerts/detail?id=${own}`)).status()).toBe(200);
  expect((await page.request.get(`/alerts/detail?id=${foreign}`)).status()).toBe(404);
  await page.goto(`/alerts?queue=all&alert=${foreign}`);
  await expect(page.locator('.al-nothing')).toBeVisible();
  await expect(page.locator('.al-payments')).toHaveCount(0);
  await context.close();
});

test('the operator, who sees no payments, is told who can grant alerts', async ({ signedIn }) => {
  const page = await signedIn({ role: 'operator', language: 'en' });
  expect((await page.goto('/alerts'))?.status()).toBe(403);
});

test('no serious accessibility fault in the inbox', async ({ signedIn }) => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await signedIn({ theme });
    await open(page, '/alerts');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html]),
    ).toEqual([]);
  }
});

const states = async (ids: readonly string[]) => new Set((await standing(ids)).map((row) => row?.state));

/** Moves down until `id` is the alert that is read. */
async function readOn(page: Page, id: string): Promise<void> {
  const detail = page.locator('article.al-detail');
  for (let i = 0; i < 60; i++) {
    if ((await detail.getAttribute('data-detail')) === id) return;
    await press(page, 'k');
  }
  for (let i = 0; i < 60; i++) {
    if ((await detail.getAttribute('data-detail')) === id) return;
    await press(page, 'j');
  }
  throw new Error(`alert ${id} was not reached`);
}

async function inOrder(page: Page, count: number): Promise<string[]> {
  const seen: string[] = [];
  for (let i = 0; i < count; i++) {
    seen.push((await page.locator('article.al-detail').getAttribute('data-detail')) ?? '');
    await press(page, 'j');
    await expect(page.locator('article.al-detail')).not.toHaveAttribute('data-detail', seen[i] as string);
  }
  await press(page, 'k', count);
  await expect(page.locator('article.al-detail')).toHaveAttribute('data-detail', seen[0] as string);
  expect(new Set(seen).size).toBe(count);
  return seen;
}
