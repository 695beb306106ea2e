import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { ensureChromium, freePort } from '@/scripts/prerequisites.mjs';
import { percentile } from './print';
import { LANDMARKS, observeVitals, type Vitals } from './vitals-observer';

/**
 * What the main screens cost a reader, in the production build and a real browser: LCP, CLS, TTFB and the weight of the first load over
 * several cold loads, INP over a fixed set of key strokes and clicks with the live stream on. Starts the product with three days of
 * history, or measures the one at HEADWATER_VITALS_URL. Nothing passes or fails.
 */
const LOADS = 5;
const SCREENS = [
  ['overview', '/overview', 'charts'],
  ['flows', '/flows', 'charts'],
  ['flows, trend', '/flows?view=trend', 'charts'],
  ['institutions', '/institutions', 'lists'],
  ['transactions', '/transactions', 'lists'],
  ['payment', '', 'lists'],
  ['quarantine', '/quarantine', 'lists'],
  ['reconciliation', '/reconciliation', 'lists'],
] as const;
const BARS = 'bars: LCP ≤ 1,500 ms · INP ≤ 100 ms · CLS ≤ 0.02 · first-load JS ≤ 290 KB lists, ≤ 390 KB charts (gzip)';

// First, so that a browser that does not start leaves no product behind.
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
});
const product = process.env.HEADWATER_VITALS_URL ? null : await startProduct();
const url = product?.url ?? (process.env.HEADWATER_VITALS_URL as string);
try {
  console.log(`${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.versions.node}, Chromium ${browser.version()}`);
  console.log(`${LOADS} cold loads each at 1366 × 768, medians; load before: ${os.loadavg()[0]?.toFixed(1)}\n${BARS}\n`);
  const cookies = await signIn();
  const payment = await somePayment(cookies);
  console.log(row(['screen', 'TTFB', 'LCP', 'CLS', 'INP (worst)', 'JS gzip', 'HTML gzip', 'HTML']));
  console.log(row(Array(8).fill('---')));
  for (const [name, address, kind] of SCREENS) {
    const loads: Vitals[] = [];
    for (let n = 0; n < LOADS; n++) loads.push(await load(cookies, address || payment, n === LOADS - 1));
    const middle = (of: (vitals: Vitals) => number) => percentile(loads.map(of), 0.5);
    const figures = [
      `${Math.round(middle(({ ttfbMs }) => ttfbMs))} ms`,
      `${Math.round(middle(({ lcpMs }) => lcpMs))} ms`,
      middle(({ cls }) => cls).toFixed(3),
      `${Math.round(Math.max(...loads.map(({ inpMs }) => inpMs)))} ms`,
      `${Math.round(middle(({ scriptBytes }) => scriptBytes) / 1024)} KB`,
      `${Math.round(middle(({ htmlBytes }) => htmlBytes) / 1024)} KB`,
      `${Math.round(middle(({ htmlDecodedBytes }) => htmlDecodedBytes) / 1024)} KB`,
    ];
    console.log(row([`${name} (${kind})`, ...figures]));
  }
} finally {
  await browser.close();
  await product?.stop();
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

async function signIn(): Promise<State> {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await page.goto('/sign-in?from=/account');
  await page.waitForLoadState('networkidle');
  await page.locator('input[name=login]').fill('regulator');
  await page.locator('input[name=password]').fill('headwater-demo');
  await page.locator('form button[type=submit]').click();
  await page.waitForURL((url) => url.pathname === '/account');
  const state = await context.storageState();
  await context.close();
  return state;
}

async function somePayment(storageState: State): Promise<string> {
  const context = await browser.newContext({ baseURL: url, storageState, viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto('/transactions?range=24h');
  const href = await page.locator('.txs-table tbody a').first().getAttribute('href');
  await context.close();
  return href ?? '/transactions';
}

// A browser of its own each time: nothing is cached, as at the first visit.
async function load(storageState: State, address: string, interact: boolean): Promise<Vitals> {
  const context = await browser.newContext({ baseURL: url, storageState, viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const page = await context.newPage();
  // The compiler that runs this file names functions by a helper that the page has not got.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(observeVitals);
  await page.goto(address, { waitUntil: 'load' });
  await page.locator(LANDMARKS).first().waitFor();
  const settled = () => page.waitForTimeout(1500);
  await settled();
  const first = await page.evaluate(() => window.headwaterVitals());
  if (interact) {
    for (const key of ['Control+k', 'b', 'a', 'n', 'Escape', 'Shift+?', 'Escape', 'p', 'p', 'Tab', 'Tab', 'ArrowDown', 'ArrowRight']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
    for (const button of await page.locator('main button:visible').all()) {
      if ((await button.boundingBox()) === null) continue;
      await button.click({ timeout: 1000 }).catch(() => {});
      await page.keyboard.press('Escape');
      await page.waitForTimeout(150);
      if (new URL(page.url()).pathname !== new URL(address, url).pathname) break;
    }
    await settled();
  }
  const last = await page.evaluate(() => window.headwaterVitals()).catch(() => first);
  await context.close();
  return { ...first, inpMs: Math.max(first.inpMs, last.inpMs) };
}

async function startProduct(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'headwater-vitals-'));
  // The database server may run under another account, which has to reach its folder.
  fs.chmodSync(home, 0o755);
  const [port, gatewayPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      HEADWATER_GATEWAY_PORT: String(gatewayPort),
      HEADWATER_DATA: path.join(home, 'data'),
      SIM_DAYS: '3',
    },
  });
  await untilFilled(child);
  return {
    url: `http://localhost:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(null)));
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

function untilFilled(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part) => {
      text += String(part);
      if (/\bReady\b/.test(text) && /back-fill done/.test(text)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the product ended with code ${code}`)));
  });
}
