import AxeBuilder from '@axe-core/playwright';
import pg from 'pg';
import { expect, type Language, type Role, test } from './fixtures';

const address = process.env.DATABASE_URL;
const TITLE = 'e2e case';

const WORDS = {
  en: {
    submit: 'Open and add',
    write: 'Write',
    note: 'Write a note. It stays as it is written.',
    addFile: 'Add file',
    apply: 'Apply',
    propose: 'Propose closing',
    conclusion: 'Conclusion',
    close: 'Close the case',
    closed: 'Case closed.',
    notWhat: 'The file is not what its name says',
    report: 'Case report',
    missing: 'No such case',
    mine: 'Another person on the case has to decide',
    supervisor: 'Supervisor',
  },
  'zh-CN': {
    submit: '立案并加入',
    write: '提交',
    note: '填写办案记录，提交后不可更改。',
    addFile: '上传',
    apply: '确定',
    propose: '提请结案',
    conclusion: '结论',
    close: '同意结案',
    closed: '已结案。',
    notWhat: '文件内容与名称不符',
    report: '案件报告',
    missing: '案件不存在',
    mine: '须由案件中的另一人决定',
    supervisor: '督办',
  },
} as const satisfies Record<Language, Record<string, string>>;

async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const forget = () =>
  inDatabase((client) =>
    client.query(`
      update case_hold set lift_asked_by = placed_by, lift_asked_at = now(), lift_reason = 'e2e',
        lifted_by = (select id from app_user u where u.id <> placed_by limit 1), lifted_at = now()
      where lifted_at is null and case_id in (select id from case_record where title like '${TITLE}%');
      delete from case_record where title like '${TITLE}%'`),
  );
const audited = (no: string) =>
  inDatabase(async (client) => {
    const { rows } = await client.query(
      `select e.action, u.login from audit_event e join app_user u on u.id = e.actor_id
       where e.subject_type = 'case' and e.subject_id = $1 order by e.id`,
      [no],
    );
    return rows.map(({ action, login }: { action: string; login: string }) => `${login} ${action}`);
  });
const somePayment = () =>
  inDatabase(async (client) => {
    const { rows } = await client.query(
      `select transaction_id as id, amount_minor::text as minor, currency from clearing_transaction
       where status = 'succeeded' and accepted_at > now() - interval '3 days' order by accepted_at desc limit 1`,
    );
    return rows[0] as { id: string; minor: string; currency: string };
  });

test.beforeEach(forget);
test.afterEach(forget);

for (const language of ['zh-CN', 'en'] as const)
  test(`a case from a payment: noted, evidenced, ticked, closed by another person, printed (${language})`, async ({ signedIn }) => {
    // Two people, some thirty steps and as many pages.
    test.slow();
    const words = WORDS[language];
    const payment = await somePayment();
    const lead = await signedIn({ role: 'regulator', language });
    await lead.goto(`/transactions/${payment.id}`);
    await lead.getByTestId('add-to-case').click();
    await lead.getByTestId('into').selectOption('new');
    await lead.locator('.case-add input[name=title]').fill(`${TITLE} ${language}`);
    await lead.getByRole('button', { name: words.submit }).click();
    await lead.getByTestId('added').getByRole('link').click();
    await lead.waitForURL(/\/cases\/C-\d{4}-\d+$/);
    const no = new URL(lead.url()).pathname.split('/')[2] as string;

    // The payment is there, and the sum of its currency is its amount.
    await expect(lead.locator(`tr[data-payment="${payment.id}"]`)).toBeVisible();
    await expect(lead.locator(`tr[data-sum][data-currency="${payment.currency}"]`)).toHaveAttribute('data-sum', payment.minor);

    // Whoever is not on it is told that there is none, at its page, its report and its files, and each attempt is on record.
    const other = await signedIn({ role: 'compliance', language });
    const refused = await other.goto(`/cases/${no}`);
    expect(refused?.status()).toBe(404);
    await expect(other.getByRole('heading', { level: 1 })).toHaveText(words.missing);
    await expect(other.getByText(TITLE)).toHaveCount(0);
    expect((await other.goto(`/cases/${no}/report`))?.status()).toBe(404);
    expect((await other.request.get(`/cases/${no}/files/00000000-0000-4000-8000-000000000000`)).status()).toBe(404);
    expect((await audited(no)).filter((entry) => entry === 'compliance case.refused')).toHaveLength(3);
    await other.goto('/cases?view=all');
    await expect(other.locator(`tr[data-case="${no}"]`)).toHaveCount(0);

    await lead.getByLabel(words.note).fill('Called the bank.');
    await lead.getByTestId('case-notes').getByRole('button', { name: words.write }).click();
    await expect(lead.getByTestId('said')).toBeVisible();
    await expect(lead.getByTestId('case-notes')).toContainText('Called the bank.');

    // A program that calls itself a document stays outside; what is what it says comes in.
    const files = lead.getByTestId('case-files');
    await files
      .locator('input[type=file]')
      .setInputFiles({ name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90\0') });
    await files.getByRole('button', { name: words.addFile }).click();
    await expect(lead.getByTestId('said')).toContainText(words.notWhat);
    await expect(files.locator('[data-file]')).toHaveCount(0);
    expect(await audited(no)).toContain('regulator case.file-refused');
    const statement = Buffer.from('%PDF-1.7\nstatement');
    await files.locator('input[type=file]').setInputFiles({ name: '对账单.pdf', mimeType: 'application/pdf', buffer: statement });
    await files.getByRole('button', { name: words.addFile }).click();
    await expect(files.locator('[data-file="对账单.pdf"]')).toBeVisible();
    const href = await files.locator('[data-file] a').getAttribute('href');
    const taken = await lead.request.get(String(href));
    expect(await taken.body()).toEqual(statement);
    expect(taken.headers()).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-type': 'application/octet-stream' });
    expect(taken.headers()['content-disposition']).toMatch(/^attachment/);
    expect((await other.request.get(String(href))).status()).toBe(404);

    const checklist = lead.getByTestId('case-checklist');
    const open = checklist.locator('li[data-done=false]');
    for (let left = await open.count(); left > 0; left--) {
      await open.first().getByRole('checkbox').click();
      await expect(open).toHaveCount(left - 1);
    }

    // Without a supervisor nothing can be proposed; putting somebody on the case is what opens it to them.
    const closing = lead.getByTestId('case-closing');
    await expect(closing.getByRole('button', { name: words.propose })).toHaveCount(0);
    const people = lead.getByTestId('case-people');
    const compliance = await inDatabase(
      async (client) => (await client.query(`select id from app_user where login = 'compliance'`)).rows[0].id,
    );
    await people.locator('select[name=person]').selectOption(compliance);
    await people.locator('select[name=part]').selectOption('supervisor');
    await people.getByRole('button', { name: words.apply }).click();
    await expect(people.locator('[data-member=compliance]')).toContainText(words.supervisor);
    await closing.getByLabel(words.conclusion).fill('It is as it was said.');
    await closing.getByRole('button', { name: words.propose }).click();
    await expect(closing).toContainText(words.mine);
    await expect(closing.getByRole('button', { name: words.close })).toHaveCount(0);
    await expect(lead.getByLabel(words.note)).toHaveCount(0);

    await other.goto(`/cases/${no}`);
    await other.getByRole('button', { name: words.close }).click();
    await expect(other.getByTestId('said')).toContainText(words.closed);
    expect((await audited(no)).at(-1)).toBe('compliance case.closed');
    await other.goto('/cases?view=closed');
    await expect(other.locator(`tr[data-case="${no}"]`)).toBeVisible();

    await other.goto(`/cases/${no}/report`);
    await expect(other.getByRole('heading', { name: words.report })).toBeVisible();
    await other.emulateMedia({ media: 'print' });
    const report = other.getByTestId('case-report');
    await expect(report).toContainText('Called the bank.');
    await expect(report).toContainText('对账单.pdf');
    await expect(report).toContainText('It is as it was said.');
    await expect(other.locator('.nav')).toBeHidden();
    await expect(other.locator('.bar')).toBeHidden();
  });

test('the roles that run the machine work no cases', async ({ signedIn }) => {
  for (const role of ['operator', 'admin'] as const satisfies readonly Role[]) {
    const page = await signedIn({ role, language: 'en' });
    expect((await page.goto('/cases'))?.status()).toBe(403);
    expect((await page.goto('/cases/C-2026-0001'))?.status()).toBe(403);
  }
});

test('no serious accessibility fault on the list, the form, a case and its report', async ({ signedIn }) => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await signedIn({ theme });
    await page.goto('/cases/new');
    await page.locator('input[name=title]').fill(`${TITLE} ${theme}`);
    const paths = ['/cases/new'];
    await page.locator('form.cs-form button[type=submit]').click();
    await page.waitForURL(/\/cases\/C-/);
    const { pathname } = new URL(page.url());
    paths.push('/cases', pathname, `${pathname}?edit=1`, `${pathname}/report`);
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html]),
      ).toEqual([]);
    }
  }
});
