import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { fillSignIn, test } from './fixtures';

const bar = (page: Page) => page.locator('header.bar');

test('the language changes in place and stays for the next page', async ({ signedIn }) => {
  const page = await signedIn();
  await page.goto('/account?range=7d');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('账户与会话');
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account and sessions');
  await expect(page).toHaveURL(/\/account\?range=7d$/);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the theme is in the markup before any script runs', async ({ signedIn }) => {
  const page = await signedIn({ theme: 'light', language: 'en' });
  await page.goto('/account');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const markup = await (await page.request.get('/account')).text();
  expect(markup).toMatch(/<html[^>]*data-theme="dark"/);
});

test('the range is in the address: chosen, reloaded, shared along the navigation and undone by Back', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/account');
  await bar(page)
    .getByRole('button', { name: /^Time range/ })
    .click();
  await page.getByRole('button', { name: 'Last 7 days' }).click();
  await expect(page).toHaveURL(/range=7d/);
  await page.reload();
  await expect(bar(page).getByRole('button', { name: 'Time range: Last 7 days' })).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Institutions' })).toHaveAttribute('href', '/institutions?range=7d');
  await page.goBack();
  await expect(bar(page).getByRole('button', { name: 'Time range: Last 24 h' })).toBeVisible();
});

test('a fixed span is taken to the minute, is not live, and nonsense is refused in words', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/account');
  await bar(page)
    .getByRole('button', { name: /^Time range/ })
    .click();
  await page.locator('input[name=from]').fill('2026-11-22 09:00');
  await page.locator('input[name=to]').fill('2026-11-21 09:00');
  await page.getByRole('button', { name: 'Show this span' }).click();
  await expect(page.locator('.range-float [role=alert]')).toBeVisible();
  await page.locator('input[name=to]').fill('2026-11-23 17:46');
  await page.getByRole('button', { name: 'Show this span' }).click();
  await expect(page).toHaveURL(/range=2026-11-22T09:00:00~2026-11-23T17:46:00/);
  await expect(bar(page)).toContainText('Fixed span');
  await expect(bar(page).getByRole('button', { name: 'Pause live data' })).toHaveCount(0);
});

test('P pauses and resumes, and does nothing while one types or has single keys switched off', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/account');
  await page.waitForLoadState('load');
  const pause = bar(page).getByRole('button', { name: 'Pause live data' });
  const resume = bar(page).getByRole('button', { name: 'Resume live data' });
  await expect(pause).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('p');
    await expect(resume).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.keyboard.press('p');
  await expect(pause).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Institution, id, last 4 digits…').fill('p');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(pause).toBeVisible();
  await page.keyboard.press('Shift+?');
  await page.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await expect(pause).toBeVisible();
});

test('the palette goes to pages by name and to institutions by code, with the keyboard alone', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/account');
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.keyboard.press('Control+k');
  const field = page.getByPlaceholder('Institution, id, last 4 digits…');
  await field.fill('institu');
  await expect(page.getByRole('option', { name: /^Institutions/ })).toBeVisible();
  await field.fill('bank');
  const first = page.getByRole('option').filter({ hasText: 'Bank' }).first();
  await expect(first).toBeVisible();
  const code = (await first.locator('.mono').textContent()) ?? '';
  await field.fill(code);
  await expect(page.getByRole('option').first()).toContainText(code);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/institutions/${code}`));
});

test('the palette says so when nothing is called that', async ({ signedIn }) => {
  const page = await signedIn();
  await page.goto('/account');
  await bar(page).getByRole('button', { name: '搜索' }).click();
  await page.getByPlaceholder('搜索机构、交易号、末四位…').fill('绝无此名');
  await expect(page.getByText('没有找到“绝无此名”')).toBeVisible();
});

test('only screens that stand and may be seen are in the navigation', async ({ signedIn }) => {
  const names = async (page: Page) => await page.getByRole('navigation').locator('a:not(.brand)').allTextContents();
  const regulator = await signedIn();
  await regulator.goto('/account');
  expect(await names(regulator)).toEqual([
    '总览',
    '资金流向',
    '机构',
    '清算场次',
    '断直连',
    '告警',
    '案件',
    '交易',
    '规则',
    '数据隔离',
    '对账',
    '数据导出',
    '审计日志',
  ]);
  const admin = await signedIn({ role: 'admin' });
  await admin.goto('/account');
  expect(await names(admin)).toEqual(['总览', '机构', '断直连', '规则', '数据隔离', '对账', '审计日志']);
});

test('a forbidden page is 403 and says what is missing, who has it and who can grant it', async ({ signedIn }) => {
  const page = await signedIn({ role: 'admin', language: 'en' });
  const answer = await page.goto('/flows');
  expect(answer?.status()).toBe(403);
  const sheet = page.getByRole('main');
  await expect(sheet).toContainText('Your role does not include fund flows.');
  await expect(sheet).toContainText('Regulator, Compliance');
  await expect(sheet).toContainText('An administrator can grant it');
  await expect(page.getByRole('navigation')).toBeVisible();
});

test('who is signed in as the wrong person can come back as another, to the same place', async ({ page }) => {
  await page.goto('/sign-in?from=/flows');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, 'admin');
  await page.getByRole('button', { name: '换一个用户登录' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, 'regulator');
  await expect(page).toHaveURL(/\/flows$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('资金流向');
});

test('an institution and a pair that nobody has are 404 inside the shell', async ({ signedIn }) => {
  const page = await signedIn();
  for (const address of ['/institutions/NOPE', '/flows/NOPE/B0101', '/flows/B0101/%00']) {
    expect((await page.goto(address))?.status()).toBe(404);
    await expect(page.getByRole('navigation').first()).toBeVisible();
  }
});

test('what the address asks of the bar and cannot be read is said, with a way to be rid of it', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/account?range=never&currency=DOGE');
  const note = page.getByRole('status').filter({ hasText: 'in the address is no' });
  await expect(note).toContainText('“never” in the address is no time range');
  await expect(note).toContainText('“DOGE” in the address is no currency');
  await note.getByRole('button').click();
  await expect(note).toHaveCount(0);
  await expect(page).toHaveURL(/\/account$/);
});

test('the palette forgets what was typed when it is left', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/account');
  await expect(bar(page).getByText('Ctrl K')).toBeVisible();
  await bar(page).getByRole('button', { name: 'Search' }).click();
  const field = page.getByPlaceholder('Institution, id, last 4 digits…');
  await field.fill('institu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await bar(page).getByRole('button', { name: 'Search' }).click();
  await expect(field).toHaveValue('');
});

test('a session holds ten live streams and is refused an eleventh', async ({ signedIn, baseURL }) => {
  const page = await signedIn({ role: 'compliance' });
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const stop = new AbortController();
  const open = async () => (await fetch(`${baseURL}/api/live`, { headers: { cookie }, signal: stop.signal })).status;
  const answers: number[] = [];
  for (let n = 0; n < 11; n++) answers.push(await open());
  expect(answers).toEqual([...Array(10).fill(200), 429]);
  stop.abort();
  await expect(async () => {
    const again = new AbortController();
    const { status } = await fetch(`${baseURL}/api/live`, { headers: { cookie }, signal: again.signal });
    again.abort();
    expect(status).toBe(200);
  }).toPass();
});

test('an address that is nothing is 404 inside the shell', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  expect((await page.goto('/no/such/page'))?.status()).toBe(404);
  await expect(page.getByRole('main')).toContainText('Nothing is stored under this address.');
  await expect(page.getByRole('navigation')).toBeVisible();
});

test('the first Tab reaches the skip link, which leads to the sheet', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/account');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#sheet')).toBeFocused();
});

test('scripts run by nonce only, and the page raises no policy violation', async ({ signedIn }) => {
  const page = await signedIn();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  const answer = await page.goto('/account');
  const policy = answer?.headers()['content-security-policy'] ?? '';
  const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src')) ?? '';
  expect(scripts).toMatch(/'nonce-[^']{16,}'/);
  expect(scripts).not.toContain("'unsafe-inline'");
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(faults).toEqual([]);
});

test('the live stream answers as events and names where to resume', async ({ signedIn }) => {
  const page = await signedIn();
  await page.goto('/account');
  const stream = await page.evaluate(async () => {
    const stop = new AbortController();
    const answer = await fetch('/api/live', { signal: stop.signal, headers: { 'last-event-id': '0' } });
    const first = await answer.body?.getReader().read();
    stop.abort();
    return {
      type: answer.headers.get('content-type'),
      cache: answer.headers.get('cache-control'),
      text: new TextDecoder().decode(first?.value),
    };
  });
  expect(stream.type).toContain('text/event-stream');
  expect(stream.cache).toContain('no-cache');
  expect(stream.text).toContain('retry: 2000');
});

test('on a phone tabs stand at the bottom, the last opens every other screen, and nothing is wider than the screen', async ({
  signedIn,
}) => {
  const page = await signedIn({ phone: true, language: 'en' });
  await page.goto('/account');
  const nav = await page.getByRole('navigation').boundingBox();
  expect(nav && nav.y + nav.height).toBe(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const screen of ['Settlement', 'Cut-over', 'Reconciliation']) {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: screen, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(screen);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test('the shell needs no scrolling at 1366 × 768', async ({ signedIn }) => {
  const page = await signedIn();
  await page.goto('/account');
  const size = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
  expect(size).toEqual([1366, 768]);
});

for (const language of ['zh-CN', 'en'] as const)
  for (const theme of ['light', 'dark'] as const)
    for (const phone of [false, true])
      test(`the shell has no accessibility fault (${language}, ${theme}, ${phone ? 'phone' : 'desk'})`, async ({ signedIn }) => {
        const page = await signedIn({ language, theme, phone });
        await page.goto('/account');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).exclude('.mark').analyze();
        expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ')) }))).toEqual([]);
      });
