import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { hash } from '@node-rs/argon2';
import { chromium } from '@playwright/test';
import { freePort } from '@/scripts/prerequisites.mjs';
import type { Bench } from './open-bench';

const PASSWORD = 'open-bench-console';
/** What screens show of a moment: its second in business time. */
const SHIFT_MS = 8 * 3_600_000;

export type OpenConsole = {
  /** When the screen first showed data of that moment, in ms since 1970; undefined where it has not. */
  readonly shownAtMs: (dataAtMs: number) => number | undefined;
  readonly close: () => Promise<void>;
};

/** The built console in a real browser, signed in, on the live overview; null with the reason where there is no build or no browser. */
export async function openConsole(bench: Bench): Promise<OpenConsole | { readonly absent: string }> {
  const executablePath =
    process.env.HEADWATER_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => fs.existsSync(path));
  if (!fs.existsSync('.next/BUILD_ID')) return { absent: 'the console is not built (npm start builds it)' };
  if (!executablePath) return { absent: 'there is no Chromium (HEADWATER_CHROMIUM)' };
  await bench.pool.query(
    `insert into app_user (login, display_name, role, password_hash) values ('bench', 'Bench', 'regulator', $1) on conflict (login) do nothing`,
    [await hash(PASSWORD)],
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // First, so that a browser that does not start leaves no server behind.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  const server = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', '127.0.0.1'], {
    env: { ...process.env, ...bench.environment, NODE_ENV: 'production', NEXTAUTH_URL: url, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const close = async () => {
    await browser.close();
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
  };
  try {
    await untilAnswers(`${url}/api/health/livez`);
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(`${url}/sign-in`);
    await page.locator('input[name=login]').fill('bench');
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'));
    const shown = new Map<string, number>();
    await page.exposeFunction('clockShown', (text: string, atMs: number) => {
      if (!shown.has(text)) shown.set(text, atMs);
    });
    await page.goto(`${url}/overview`);
    await page.locator('.live .clock').waitFor();
    await page.evaluate(TELL_THE_CLOCK);
    return { shownAtMs: (dataAtMs) => shown.get(new Date(dataAtMs + SHIFT_MS).toISOString().slice(11, 19)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** After each frame in which something changed, by the machine's one clock. As text: the page has none of this process's helpers. */
const TELL_THE_CLOCK = `
  const tell = () => clockShown(document.querySelector('.live .clock')?.textContent ?? '', Date.now());
  const look = () => requestAnimationFrame(tell);
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
`;

async function untilAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
