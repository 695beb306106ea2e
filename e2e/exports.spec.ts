import { spawnSync } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const WORDS = {
  'zh-CN': {
    export: '导出',
    ask: '申请导出',
    see: '查看',
    pairs: '机构间资金流向：每对机构一行',
    open: '完整账号',
    own: '本申请由您提出，须由他人复核。',
    approve: '同意',
    ready: '可下载',
    download: /下载文件包/,
    promise: /共 ([\d,]+) 行/,
    downloaded: '下载导出文件',
    proved: /由检查点 [\d,]+ 证明/,
    holds: '证明有效',
  },
  en: {
    export: 'Export',
    ask: 'Ask for the export',
    see: 'See it',
    pairs: 'Who paid whom: one row a pair of institutions',
    open: 'Full account numbers',
    own: 'You asked for this: another person must decide.',
    approve: 'Approve',
    ready: 'Ready',
    download: /Download the bundle/,
    promise: /Exactly ([\d,]+) rows/,
    downloaded: 'Downloaded an export',
    proved: /Proved by checkpoint [\d,]+/,
    holds: 'The proof holds',
  },
} as const;

async function askFor(page: Page, words: (typeof WORDS)['en' | 'zh-CN'], reason: string, { open = false } = {}) {
  await page.getByRole('button', { name: words.export, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(words.promise)).toBeVisible();
  const rows = words.promise.exec((await dialog.textContent()) ?? '')?.[1] as string;
  if (open) await dialog.getByLabel(words.open, { exact: true }).check();
  await dialog.locator('input[name=purpose]').fill(reason);
  await dialog.locator('input[name=sheets]').check();
  await dialog.getByRole('button', { name: words.ask }).click();
  await dialog.getByRole('link', { name: words.see }).click();
  await page.waitForURL(/\/exports\/[0-9a-f-]{36}$/);
  return { rows, path: new URL(page.url()).pathname };
}

for (const language of ['zh-CN', 'en'] as const)
  test.describe(`exports · ${language}`, () => {
    const words = WORDS[language];

    test('asked with a reason, approved by another person, taken, verified offline, and on record', async ({ signedIn }, info) => {
      test.setTimeout(120_000);
      const asker = await signedIn({ role: 'regulator', language });
      await asker.goto('/transactions?range=1h');
      await asker.waitForLoadState('networkidle');
      const reason = `case ${language} ${info.retry}-${Date.now()}`;
      const { rows, path } = await askFor(asker, words, reason, { open: true });
      await expect(asker.getByText(words.own)).toBeVisible();

      const approver = await signedIn({ role: 'compliance', language });
      await approver.goto('/exports?show=approval');
      await approver
        .getByRole('row', { name: new RegExp(reason) })
        .getByRole('link')
        .click();
      await approver.locator('input[name=note]').fill('agreed in the case meeting');
      await approver.getByRole('button', { name: words.approve, exact: true }).click();
      await expect(approver.locator('.head').getByText(words.ready)).toBeVisible({ timeout: 60_000 });

      await asker.goto(path);
      const [download] = await Promise.all([asker.waitForEvent('download'), asker.getByRole('link', { name: words.download }).click()]);
      const file = info.outputPath('bundle.zip');
      await download.saveAs(file);
      // Another process without a database, a network address or any variable: offline.
      const verifier = spawnSync(process.execPath, ['public/verify-export-bundle.mjs', file], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, NODE_ENV: 'test' },
      });
      expect(verifier.stderr).toBe('');
      expect(verifier.stdout).toContain(`VALID: export ${path.split('/').at(-1)}, ${rows.replaceAll(',', '')} rows`);
      expect(verifier.stdout).toContain('有效：');
      expect(verifier.stdout).toContain(reason);

      await asker.goto(`/audit?subject=export:${path.split('/').at(-1)}`);
      const taken = asker.getByRole('row').filter({ hasText: words.downloaded });
      await expect(taken).toHaveCount(1);
      await expect(async () => {
        await asker.reload();
        await expect(taken.getByText(words.proved)).toBeVisible({ timeout: 1_000 });
      }).toPass({ timeout: 20_000 });
      await taken.getByRole('link').first().click();
      await expect(asker.getByText(words.holds)).toBeVisible();
    });

    test('what is asked for alone is written at once, and who neither asked nor approved is refused on record', async ({ signedIn }) => {
      test.setTimeout(90_000);
      const asker = await signedIn({ role: 'compliance', language });
      await asker.goto('/transactions?range=1h&min=100');
      await asker.waitForLoadState('networkidle');
      const { path } = await askFor(asker, words, `alone ${language} ${Date.now()}`);
      await expect(asker.locator('.head').getByText(words.ready)).toBeVisible({ timeout: 60_000 });
      const other = await signedIn({ role: 'regulator', language });
      const refused = await other.request.get(`${path}/download`);
      expect(refused.status()).toBe(403);
      await other.goto(`/audit?action=export.download-refused&subject=export:${path.split('/').at(-1)}`);
      await expect(other.locator('.au-scroll tbody tr')).toHaveCount(1);
      const stranger = await signedIn({ role: 'operator', language });
      expect((await stranger.request.get(`${path}/download`)).status()).toBe(403);
      expect((await stranger.goto('/exports'))?.status()).toBe(403);
    });

    test('the screens are free of accessibility faults, in the dark as well', async ({ signedIn }) => {
      for (const theme of ['light', 'dark'] as const) {
        const page = await signedIn({ language, theme });
        for (const path of ['/exports', '/audit']) {
          await page.goto(path);
          await page.waitForLoadState('networkidle');
          await page.locator('table a, .state-note').first().waitFor();
          const { violations } = await new AxeBuilder({ page }).exclude('.watermark').analyze();
          expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
          expect(wide).toBe(true);
        }
      }
    });
  });
