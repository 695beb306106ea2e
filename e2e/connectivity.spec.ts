import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import pg from 'pg';
import { expect, test } from './fixtures';

const address = process.env.DATABASE_URL;
/** Seen on another open browser within so long of the third lost heartbeat. */
const SEEN_MS = 5_000;
const WORDS = {
  'zh-CN': { acknowledge: '确认', note: '已知情况、处理人', open: '个未恢复事件', report: '可用率报告', down: '中断' },
  en: { acknowledge: 'Acknowledge', note: 'What is known, who is on it', open: 'open incident', report: 'Availability', down: 'Down' },
} as const;

async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** An institution of this run's own, which nobody else's heartbeats touch. */
async function registered(): Promise<{ id: number; code: string }> {
  const code = `E2E${randomUUID().slice(0, 6).toUpperCase()}`;
  return await inDatabase(async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en)
       values ($1, 'bank', 'other', $1, $1, $1, $1) returning id`,
      [code],
    );
    return { id: (rows[0] as { id: number }).id, code };
  });
}

/** What the gateway stores when a prober reports: a batch with its heartbeats, in one transaction. */
async function report(institutionId: number, answers: readonly boolean[]): Promise<void> {
  await inDatabase(async (client) => {
    await client.query('begin');
    const { rows } = await client.query<{ id: string }>(
      `insert into feed_batch (institution_id, feed, client_batch_id, body_digest, accepted_count, duplicate_count, refused_count, receipt)
       values ($1, 'heartbeats', $2, $3, $4, 0, 0, '') returning id::text as id`,
      [institutionId, randomUUID(), createHash('sha256').update(randomUUID()).digest(), answers.length],
    );
    for (const [n, ok] of answers.entries())
      await client.query(
        `insert into heartbeat (institution_id, line, layer, direction, sent_at, ok, detail, batch_id)
         values ($1, 'dc9', 'network', 'outbound', clock_timestamp() + $2 * interval '1 ms', $3, $4, $5)`,
        [institutionId, n, ok, ok ? null : 'connection timed out', rows[0]?.id],
      );
    await client.query('commit');
  });
}

for (const language of ['zh-CN', 'en'] as const) {
  const words = WORDS[language];
  test(`an injected disconnect is seen on another open browser within five seconds, and acknowledged in three clicks, in ${language}`, async ({
    signedIn,
  }) => {
    const { id, code } = await registered();
    const page = await signedIn({ language });
    await report(id, [true, true, true]);
    await page.goto(`/institutions?q=${code}`);
    const row = page.locator(`tr[data-code="${code}"]`);
    await expect(row).toBeVisible();
    const down = row.getByRole('img', { name: words.down, exact: true });
    await expect(down).toBeHidden();
    const begun = Date.now();
    await report(id, [false, false, false]);
    await expect(down).toBeVisible({ timeout: SEEN_MS });
    expect(Date.now() - begun).toBeLessThan(SEEN_MS);

    await row.locator(`a[href^="/institutions/${code}"]`).first().click();
    const incident = page.locator('#incidents [data-state="open"]');
    await incident.getByRole('button', { name: words.acknowledge }).click();
    await incident.getByLabel(words.note).fill('line team is on it');
    await incident.getByRole('button', { name: words.acknowledge, exact: true }).click();
    await expect(incident).toContainText('line team is on it');
    const audited = await inDatabase(
      async (client) =>
        (
          await client.query(
            `select count(*)::int as n from audit_event where action = 'incident.acknowledged' and detail ->> 'note' = 'line team is on it'`,
          )
        ).rows[0].n,
    );
    expect(audited).toBeGreaterThan(0);

    // Its stretches add up to what the page says was down, and that to the whole.
    await expect(page.locator('tr[data-stretch="down"]')).toHaveCount(1);
    await expect(page.locator('#lines')).toContainText('connection timed out');
    await report(id, [true, true, true]);
    await expect(page.locator('#incidents [data-state="closed"]')).toBeVisible();
  });
}

test('the prober reaches a real server, and says at which layer it fails when that is cut', async ({ signedIn }) => {
  const { id, code } = await registered();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.end('no TLS here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await inDatabase((client) =>
    client.query(
      `insert into probe_endpoint (institution_id, line, host, port, server_name, allowed_addresses, trusted_ca_pem, interval_ms, timeout_ms)
       values ($1, 'dc9', '127.0.0.1', $2, 'dc9.example', '{127.0.0.1}', '', 500, 1000)`,
      [id, port],
    ),
  );
  try {
    const page = await signedIn({ language: 'en' });
    await page.goto(`/institutions/${code}`);
    const line = page.locator('tr[data-line="dc9 outbound"]');
    await expect(line.locator('td').nth(2)).toContainText('root cause');
    await expect(line.locator('td').nth(1)).not.toContainText('root cause');
    for (const socket of sockets) socket.destroy();
    server.close();
    await expect(line.locator('td').nth(1)).toContainText('root cause');
    await expect(page.locator('#lines')).toContainText('connection refused');
  } finally {
    server.close();
    await inDatabase((client) => client.query('update probe_endpoint set disabled_at = now() where institution_id = $1', [id]));
  }
});

test('the bars of all institutions are one tab stop: arrows say each bar, Enter opens the rows behind it', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en' });
  await page.goto('/institutions?range=7d');
  await expect(page.locator('tr[data-code]').first()).toBeVisible();
  const axis = page.locator('.ib-barhead [role=application]');
  await axis.focus();
  await page.keyboard.press('ArrowDown');
  const status = page.locator('.ib-barhead [role=status]');
  await expect(status).not.toBeEmpty();
  const before = await status.textContent();
  await page.keyboard.press('ArrowDown');
  await expect(status).not.toHaveText(before ?? '');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/institutions\/[^/?]+\?range=.*#history/);
  await expect(page.locator('#history')).toBeVisible();
});

test('the month’s report, its file and an institution’s history say the same', async ({ signedIn }) => {
  const page = await signedIn({ language: 'en', role: 'operator' });
  await page.goto('/institutions/availability');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Availability');
  const rows = await page.locator('.av tbody tr').count();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  const text = await (await download.createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString('utf8'));
  const lines = text.trim().split('\r\n');
  expect(lines).toHaveLength(rows + 3);
  expect(lines[0]).toContain('Availability %');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.no-print').first()).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  const { violations } = await new AxeBuilder({ page }).include('.av').exclude('.av tbody tr:nth-child(n+12)').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
});

for (const phone of [false, true])
  test(`incidents read well ${phone ? 'on a phone' : 'on a desk'}, without a serious accessibility fault`, async ({ signedIn }) => {
    const page = await signedIn({ language: 'zh-CN', theme: phone ? 'dark' : 'light', phone });
    await page.goto('/institutions/incidents?range=7d');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('连通性事件');
    const { violations } = await new AxeBuilder({ page }).include('.inc').analyze();
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    ).toEqual([]);
    if (phone) expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
