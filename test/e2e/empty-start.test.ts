import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, endRedisIn, startDemo } from '../support/demo.ts';
import { contactsOf, mobileOf, type SheetSpec, workbookOf } from '../support/workbooks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patience = { timeout: 60_000 };
const zone = 'Asia/Shanghai';
const office = { name: '冯主任', mobile: mobileOf(9_001) };

const local = (hours: number, minutes = 0): Temporal.ZonedDateTime => Temporal.Now.zonedDateTimeISO(zone).add({ hours, minutes });

/** Around now, with a look at every post each minute from the next on. */
const campaign = () => ({
  name: '从零开始',
  from: local(-48).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  to: `${local(24).toPlainDate().toString()}T23:59`,
  shiftHours: { from: '00:00', to: '24:00' },
  handover: { isRequired: false },
  checks: {
    posts: {
      bands: [
        {
          name: 'all',
          from: '00:00',
          to: '00:00',
          fixed: Array.from({ length: 20 }, (_, index) =>
            local(0, index + 1)
              .toPlainTime()
              .toString({ smallestUnit: 'minute' }),
          ).toSorted(),
          random: 0,
          answerWindow: 'PT10M',
          silenceLimit: 'PT23H',
        },
      ],
    },
  },
});

const officeSheet: SheetSpec = {
  name: '工作组',
  rows: [
    ['组别', '成员', '手机'],
    ['办公室', office.name, office.mobile],
  ],
};
const unit = '历下区住房和城乡建设局';
const rosterSheet = (): SheetSpec => ({
  name: '历下区',
  rows: [['日期', '值班员'], ...[-24, 0, 24].map((hours) => [local(hours).toPlainDate().toString(), '赵明'])],
});

const signIn = async (env: Readonly<Record<string, string>>, args: readonly string[]): Promise<string> => {
  const { PATH = '', HOME = '' } = process.env;
  const command = ['src/main.ts', 'sign-in', ...args, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env: { PATH, HOME, ...env } });
  return (JSON.parse(stdout) as { readonly url: string }).url;
};

const readiness = async ({ url }: Demo): Promise<{ readonly status: number; readonly said: string }> => {
  const response = await fetch(`${url}readyz`);
  return { status: response.status, said: await response.text() };
};

const importBook = async (page: Page, name: string, sheets: readonly SheetSpec[]): Promise<void> => {
  await page.evaluate(`location.hash = '#/setup/import'`);
  const source = await workbookOf(sheets, name);
  const buffer = Buffer.from('bytes' in source ? source.bytes : []);
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/octet-stream', buffer }, patience);
  await page.getByRole('button', { name: '就按上面所示导入' }).click(patience);
  await page.getByText('已导入').first().waitFor(patience);
};

it(
  'begins with nothing but a campaign: the office comes in, imports both lists in the page, and a post is asked',
  { timeout: 240_000 },
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'zg-empty-'));
    onTestFinished(async () => {
      endRedisIn(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    });
    const file = join(dataDir, 'campaign.json');
    await writeFile(file, JSON.stringify(campaign()));
    const env = { ZAIGANG_MODE: 'production', DIRECTLINE_SECRET: 's'.repeat(40), CAMPAIGN_FILE: file, WORKERS: '1' };
    const service = await startDemo({ dataDir, env });
    onTestFinished(async () => void (await service.end()));
    expect(service.output()).toContain('nobody is known yet');
    expect(await readiness(service)).toMatchObject({ status: 503, said: expect.stringContaining('sign-in NAME --mobile') });

    const command = { ...env, DATA_DIR: dataDir, PORT: new URL(service.url).port };
    const link = await signIn(command, [office.name, '--mobile', office.mobile]);
    // whoever is second is not let in by a number
    await expect(signIn(command, ['别人', '--mobile', mobileOf(9_002)])).rejects.toMatchObject({
      stdout: expect.stringContaining('ZG_NOT_FIRST'),
    });
    await expect.poll(async () => (await readiness(service)).status, patience).toBe(200);
    expect((await readiness(service)).said).toContain('no post is known yet');

    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(link);
    await page.getByRole('button', { name: '进入值守大屏' }).click(patience);
    await page.locator('.all-calm', { hasText: '还没有岗位' }).waitFor(patience);

    await importBook(page, '通讯录.xlsx', [...contactsOf({ [unit]: ['赵明'] }), officeSheet]);
    await importBook(page, '历下区值班表.xlsx', [rosterSheet()]);
    const states = async () => {
      const { lines } = await page.evaluate<{ readonly lines: readonly { readonly step: string; readonly state: string }[] }>(
        `fetch('api/set-up/checklist').then((response) => response.json())`,
      );
      return Object.fromEntries(lines.map(({ step, state }) => [step, state]));
    };
    await expect.poll(states, patience).toMatchObject({ campaign: 'done', contacts: 'done', roster: 'done' });
    await page.evaluate(`location.hash = ''`);
    await page.locator('.tile.trouble', { hasText: '历下区' }).waitFor({ timeout: 150_000 });
    expect(await page.getByText('还没有岗位').count()).toBe(0);
  },
);
