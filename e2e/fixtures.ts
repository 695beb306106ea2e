import { type Browser, type BrowserContext, test as base, type Page } from '@playwright/test';

export type Role = 'regulator' | 'compliance' | 'admin' | 'operator';
export type Language = 'zh-CN' | 'en';
type SignedIn = { readonly role?: Role; readonly language?: Language; readonly theme?: 'light' | 'dark'; readonly phone?: boolean };

export const PASSWORD = process.env.HEADWATER_E2E_PASSWORD ?? 'headwater-demo';
// One sign-in a role for the whole run: twenty at once would meet the back-off that other tests rely on.
const kept = new Map<Role, Awaited<ReturnType<BrowserContext['storageState']>>>();

/** After a test that ended this role's sessions. */
export function forgetSession(role: Role): void {
  kept.delete(role);
}

/** `signedIn({ role, language })` opens a page of a person who is signed in; pages close with the test. */
export const test = base.extend<{ signedIn: (wish?: SignedIn) => Promise<Page> }>({
  signedIn: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ role = 'regulator', language = 'zh-CN', theme = 'light', phone = false } = {}) => {
      const storageState = kept.get(role) ?? (await signIn(browser, baseURL, role));
      kept.set(role, storageState);
      const viewport = phone ? { width: 390, height: 844 } : { width: 1366, height: 768 };
      const context = await browser.newContext({ baseURL, storageState, viewport });
      contexts.push(context);
      await context.addCookies([
        { name: 'headwater-locale', value: language, url: String(baseURL) },
        { name: 'headwater-theme', value: theme, url: String(baseURL) },
      ]);
      return await context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export const expect = test.expect;

/** Fills the sign-in form of the page one is on. */
export async function fillSignIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button[type=submit]').click();
}

async function signIn(browser: Browser, baseURL: string | undefined, role: Role) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/sign-in?from=/account');
  await page.waitForLoadState('networkidle');
  await fillSignIn(page, role);
  await page.waitForURL((url) => url.pathname === '/account');
  const state = await context.storageState();
  await context.close();
  return state;
}
