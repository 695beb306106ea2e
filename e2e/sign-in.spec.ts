import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { fillSignIn, forgetSession, test } from './fixtures';

test('a closed address asks to sign in and then goes on where one was', async ({ page }) => {
  const answer = await page.goto('/account?range=7d');
  expect(answer?.status()).toBe(401);
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, 'compliance');
  await expect(page).toHaveURL(/\/account\?range=7d$/);
  await expect(page.getByRole('navigation')).toBeVisible();
});

test('the first visit speaks of no session that ended; a session that was ended is told so', async ({ page, context }) => {
  expect((await page.goto('/'))?.status()).toBe(401);
  await expect(page.locator('.door-about')).toHaveText('支付清算监测。登录与敏感信息查看均留痕。');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, 'compliance');
  await page.waitForURL('**/overview');
  const cookies = (await context.cookies()).filter(({ name }) => name.endsWith('headwater-session'));
  await page.goto('/account');
  await page.locator('.who').click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL('**/sign-in');
  await context.addCookies(cookies);
  expect((await page.goto('/account'))?.status()).toBe(401);
  await expect(page.locator('.door-about')).toHaveText('会话已结束，登录后回到原页面。');
});

test('a wrong password and an unknown name are told the same', async ({ page }) => {
  await page.goto('/sign-in');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, 'nobody-of-that-name', 'wrong');
  await expect(page.locator('form [role=alert]')).toHaveText('用户名或密码不正确。');
  await fillSignIn(page, 'compliance', 'wrong');
  await expect(page.locator('form [role=alert]')).toHaveText('用户名或密码不正确。');
  await fillSignIn(page, 'compliance');
  await page.waitForURL('**/overview');
});

test('the session cookie is out of reach of scripts and of other sites', async ({ page, context }) => {
  await page.goto('/sign-in');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, 'compliance');
  await page.waitForURL('**/overview');
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith('headwater-session'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
});

test('signing out ends the session: its cookie opens nothing any more', async ({ page, context, baseURL }) => {
  await page.goto('/sign-in?from=/account');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, 'compliance');
  await page.waitForURL((url) => url.pathname === '/account');
  const cookies = await context.cookies();
  await page.locator('.who').click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL('**/sign-in');
  await context.addCookies(cookies.filter(({ name }) => name.endsWith('headwater-session')));
  expect((await page.request.get(`${baseURL}/account`)).status()).toBe(401);
  expect((await page.request.get(`${baseURL}/api/live`)).status()).toBe(401);
});

test('ending another session from the list ends it at its next request', async ({ browser, baseURL }) => {
  const [first, second] = await Promise.all([browser.newContext({ baseURL }), browser.newContext({ baseURL })]);
  const pages = [await first.newPage(), await second.newPage()] as const;
  for (const page of pages) {
    await page.goto('/sign-in?from=/account');
    await page.waitForLoadState('networkidle');
    await fillSignIn(page, 'operator');
    await page.waitForURL((url) => url.pathname === '/account');
  }
  const others = pages[1].getByRole('button', { name: /结束会话|End session/ });
  await expect(others.first()).toBeVisible();
  const count = await others.count();
  for (let left = count; left > 0; left--) {
    await others.first().click();
    await expect(others).toHaveCount(left - 1);
  }
  // Other tests' session was among them.
  forgetSession('operator');
  expect((await pages[0].goto('/account'))?.status()).toBe(401);
  expect((await pages[1].goto('/account'))?.status()).toBe(200);
  await Promise.all([first.close(), second.close()]);
});

test('a state-changing request from elsewhere is refused before it is looked at', async ({ request, baseURL }) => {
  const foreign = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: String(baseURL) },
    {},
  ];
  for (const headers of foreign) {
    const answer = await request.post('/api/auth/callback/credentials', {
      headers: headers as Record<string, string>,
      form: { login: 'x', password: 'y' },
    });
    expect(answer.status()).toBe(403);
  }
});

for (const language of ['zh-CN', 'en'] as const)
  for (const theme of ['light', 'dark'] as const)
    test(`the sign-in page has no accessibility fault (${language}, ${theme})`, async ({ page, context, baseURL }) => {
      await context.addCookies([
        { name: 'headwater-locale', value: language, url: String(baseURL) },
        { name: 'headwater-theme', value: theme, url: String(baseURL) },
      ]);
      await page.goto('/sign-in');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(language === 'en' ? 'Sign in to Headwater' : '登录源流');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(' ')) }))).toEqual([]);
    });
