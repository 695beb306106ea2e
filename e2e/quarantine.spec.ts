import { createHash } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import pg from 'pg';

const address = process.env.DATABASE_URL;
const REASON = 'e2e-made-up-reason';

test.describe('quarantine', () => {
  test.beforeEach(async ({ context, baseURL }) => {
    await context.addCookies([{ name: 'headwater-locale', value: 'en', url: baseURL ?? '' }]);
    await inDatabase(async (client) => {
      await client.query('delete from quarantined_line where reason = $1', [REASON]);
      const body = Buffer.concat([
        Buffer.from('{"id":"<script>alert(1)</script>","x":"'),
        Buffer.from([0, 0xe4, 0xb8]),
        Buffer.from('\u202e"}'),
      ]);
      for (let line = 1; line <= 3; line++)
        await client.query(
          `insert into quarantined_line (institution_id, feed, line_no, field, reason, detail, body, body_length, body_digest)
           select min(id), 'transactions', $1, 'amount', $2, 'a planted fault', $3, $4, $5 from institution`,
          [line, REASON, body, body.length + 1000, createHash('sha256').update(body).digest()],
        );
    });
  });
  test.afterEach(() => inDatabase((client) => client.query('delete from quarantined_line where reason = $1', [REASON])));

  test('a reason nobody has described keeps its own name; the bytes are shown, escaped, and said to be cut', async ({ page }) => {
    await signIn(page, 'operator');
    await page.goto(`/quarantine?reason=${REASON}`);
    await expect(page.locator('tbody tr')).toHaveCount(3);
    await expect(page.locator('.foot')).toContainText('3 of 3 lines');
    await page.locator('tbody a').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(REASON);
    await expect(page.locator('.qt-pre')).toHaveText('{"id":"<script>alert(1)</script>","x":"\\u{0}\\xe4\\xb8\\u{202e}"}');
    await expect(page.locator('.cap')).toContainText('bytes are kept and shown');
    await page.getByRole('radio', { name: 'Hex' }).click();
    await expect(page.locator('.qt-pre')).toContainText('000000  7b 22 69 64');
  });

  test('an operator resolves lines with a note, takes it back, and both are on the record', async ({ page }) => {
    await signIn(page, 'operator');
    await page.goto(`/quarantine?reason=${REASON}`);
    await page.locator('tbody input').nth(0).check();
    await page.locator('tbody input').nth(1).check();
    await page.getByRole('textbox', { name: 'Note' }).fill('sent again by the institution');
    await page.getByRole('button', { name: 'Mark as resolved' }).click();
    await expect(page.locator('tbody tr')).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.locator('tbody tr')).toHaveCount(3);
    const actions = await inDatabase((client) =>
      client.query(
        `select e.action from audit_event e join quarantined_line q on e.subject_type = 'quarantined-line' and e.subject_id = q.id::text
         where q.reason = $1 order by e.id`,
        [REASON],
      ),
    );
    expect(actions.rows.map(({ action }) => action)).toEqual([
      'quarantine.resolved',
      'quarantine.resolved',
      'quarantine.reopened',
      'quarantine.reopened',
    ]);
  });

  test('who may only look is offered no box to tick', async ({ page }) => {
    await signIn(page, 'regulator');
    await page.goto(`/quarantine?reason=${REASON}`);
    await expect(page.locator('tbody tr')).toHaveCount(3);
    await expect(page.locator('tbody input')).toHaveCount(0);
    await page.locator('tbody a').first().click();
    await expect(page.getByText('only operators can resolve')).toBeVisible();
  });
});

async function signIn(page: Page, login: string) {
  await page.goto('/sign-in');
  await page.locator('section.door-people button').filter({ hasText: login }).first().click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
}

async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
