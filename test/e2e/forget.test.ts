import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { findRedisServer } from '../../adapters/redis/server.ts';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { endRedisIn, eventually, startDemo } from '../support/demo.ts';
import { connectDirectLine } from '../support/direct-line.ts';
import { ledgerOf } from './cast.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const liaison = '13800000074';
const officer = '13800000222';

type Ran = { readonly exit: number; readonly json: Readonly<Record<string, unknown>> };

/** Where Redis is found, as one that writes texts down as they are: packed, a text of its base would not be found. */
const pathOfPlainRedis = async (folder: string): Promise<string> => {
  const program = join(folder, 'redis-server');
  await writeFile(program, `#!/bin/sh\nexec "${findRedisServer()}" "$@" --rdbcompression no\n`, { mode: 0o755 });
  return `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
};

/** One command of the command line in a process of its own, long after the campaign. */
const zaigangOn = async (PATH: string, dataDir: string, ...args: readonly string[]): Promise<Ran> => {
  const { HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/main.ts', ...args, '--json'], {
    cwd: root,
    env: {
      PATH,
      HOME,
      LOG_LEVEL: 'error',
      DATA_DIR: dataDir,
      CAMPAIGN_FILE: demoCampaignFile,
      ZAIGANG_MODE: 'production',
      DIRECTLINE_SECRET: 'x'.repeat(40),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [exit] = (await once(child, 'close')) as [number];
  return { exit, json: JSON.parse(out) as Ran['json'] };
};

const everythingIn = async (folder: string): Promise<string> => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    names.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), 'utf8').catch(() => '')),
  );
  return texts.join('\n');
};

it(
  'forgets a campaign that is over: nobody is named any more, every seal verifies, and replay finds the same',
  { timeout: 240_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zg-plain-'));
    const PATH = await pathOfPlainRedis(folder);
    const zaigang = (dataDir: string, ...args: readonly string[]): Promise<Ran> => zaigangOn(PATH, dataDir, ...args);
    const demo = await startDemo({ env: { PATH } });
    const exported = await mkdtemp(join(tmpdir(), 'zg-forgotten-'));
    onTestFinished(async () => {
      await demo.stop();
      endRedisIn(demo.dataDir);
      for (const one of [exported, folder]) await rm(one, { recursive: true, force: true });
    });
    const origin = demo.url.replace(/\/$/u, '');
    const item = {
      kind: 'petition',
      number: 'D2SD202108270001',
      text: '周某某反映工地扬尘',
      units: ['历下区'],
      limit: '2021-08-30',
      handedOverAt: '2021-08-27T09:00:00+08:00',
    };
    const posted = await fetch(`${origin}/api/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(item),
    });
    expect([posted.status, posted.ok ? '' : await posted.text()]).toEqual([201, '']);
    const says = async (mobile: string, text: string, more?: object): Promise<void> => {
      const line = await connectDirectLine({ origin, mobile });
      await line.says(text, more);
      await line.sees((activity) => (activity as { readonly from: { readonly role?: string } }).from.role === 'bot');
      line.end();
    };
    await says(officer, '交接备注：西门监控故障');
    await says(liaison, 'D2SD202108270001 签收');
    const scan = `data:text/plain;base64,${Buffer.from('投诉人住址某某小区').toString('base64')}`;
    await says(liaison, 'D2SD202108270001 进展：已联系投诉人周某某', {
      attachments: [{ contentType: 'text/plain', contentUrl: scan, name: '周某某来信.txt' }],
    });
    await eventually(
      () => ledgerOf(demo),
      (rows) => ['ItemReceived', 'HandoverNoted', 'ShiftNoted'].filter((name) => rows.some(({ event }) => event === name)).length >= 2,
      60_000,
    );
    await demo.end();

    const { dataDir } = demo;
    const planned = await zaigang(dataDir, 'forget', '--campaign', '--dry-run');
    expect(planned).toMatchObject({ exit: 0, json: { isDryRun: true, kept: [], items: expect.any(Number) as number } });
    const { rows, people, items, handovers, files } = planned.json as Readonly<Record<string, number>>;
    expect(Math.min(rows!, people!, items!, handovers!, files!)).toBeGreaterThan(0);
    expect(await everythingIn(dataDir)).toContain('西门监控故障');

    expect(await zaigang(dataDir, 'forget', '--campaign')).toMatchObject({
      exit: 0,
      json: { ...planned.json, isDryRun: false, rows: expect.any(Number) as number, isLogRewritten: true },
    });
    const left = await everythingIn(dataDir);
    for (const text of ['周某某', '西门监控故障', '某某小区', '13800000222', officer]) expect(left).not.toContain(text);
    expect(await zaigang(dataDir, 'ledger', 'replay')).toMatchObject({ exit: 0, json: { ok: true, differences: [] } });
    expect((await zaigang(dataDir, 'ledger', 'export', '--out', join(exported, 'ledger'))).exit).toBe(0);
    const verified = await zaigang(
      dataDir,
      'ledger',
      'verify',
      join(exported, 'ledger'),
      '--public-key',
      join(exported, 'ledger', 'public-key.pem'),
    );
    expect(verified).toMatchObject({ exit: 0, json: { ok: true, faults: [] } });
    // again, there is nothing left to forget
    expect((await zaigang(dataDir, 'forget', '--campaign', '--dry-run')).json).toMatchObject({
      people: 0,
      items: 0,
      handovers: 0,
      files: 0,
    });
  },
);
