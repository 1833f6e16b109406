import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endRedisIn, eventually, startDemo, type Demo } from '../support/demo.ts';
import { fetchToken } from '../support/direct-line.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { ledgerOf, type Row } from './cast.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const seconds = 1_000;
const writer = '13800000222';

type Ran = { readonly exit: number; readonly json: Record<string, unknown> & { readonly errors?: readonly { readonly code: string }[] } };

/** One command of the command line in a process of its own. */
const zaigang = async (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/main.ts', ...args, '--json'], {
    cwd: root,
    env: { PATH, HOME, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [exit] = (await once(child, 'close')) as [number];
  return { exit, json: JSON.parse(out) as Ran['json'] };
};

const isSent = ({ event }: Row): boolean => event === 'NoticeSent';
const sentKey = ({ obligationId, channel, data }: Row): string =>
  JSON.stringify([obligationId, channel, data['to'], data['template'], data['stepNo'], data['reminderNo'] ?? null]);

/** A conversation keeps its last two hundred messages, and each of ours has an answer. */
const mostRemembered = 60;

/** Somebody who writes, without a pause or so often that all of it is still there to be read, and remembers what was taken. */
const startTalking = async ({ url }: Demo, mobile: string, most = Number.POSITIVE_INFINITY) => {
  const origin = url.replace(/\/$/u, '');
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await fetchToken({ origin, mobile })}` };
  const opened = (await (await fetch(`${origin}/v3/directline/conversations`, { method: 'POST', headers })).json()) as {
    readonly conversationId: string;
  };
  const taken: string[] = [];
  let isOver = false;
  const talk = async (): Promise<void> => {
    for (let count = 1; !isOver && count <= most; count++) {
      const text = `今晚谁值班 ${count}`;
      const body = JSON.stringify({ type: 'message', from: { id: 'x' }, text });
      const response = await fetch(`${origin}/v3/directline/conversations/${opened.conversationId}/activities`, {
        method: 'POST',
        headers,
        body,
      });
      if (response.ok) taken.push(text);
      await response.arrayBuffer();
    }
  };
  const talking = talk();
  return {
    taken,
    stop: async (): Promise<void> => {
      isOver = true;
      await talking;
    },
  };
};

const textsIn = async ({ url }: Demo, mobile: string): Promise<ReadonlySet<string>> => {
  const origin = url.replace(/\/$/u, '');
  const headers = { authorization: `Bearer ${await fetchToken({ origin, mobile })}`, 'content-type': 'application/json' };
  const opened = (await (await fetch(`${origin}/v3/directline/conversations`, { method: 'POST', headers })).json()) as {
    readonly conversationId: string;
  };
  const texts = new Set<string>();
  for (let watermark = '0'; ;) {
    const page = (await (
      await fetch(`${origin}/v3/directline/conversations/${opened.conversationId}/activities?watermark=${watermark}`, { headers })
    ).json()) as { readonly activities: readonly { readonly text?: string }[]; readonly watermark: string };
    for (const { text } of page.activities) if (text !== undefined) texts.add(text);
    if (page.activities.length === 0 || page.watermark === watermark) return texts;
    ({ watermark } = page);
  }
};

describe('a backup of a service at work', () => {
  const folders: string[] = [];
  const newFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'zg-backup-'));
    folders.push(folder);
    return folder;
  };
  let demo: Demo;
  let backup: string;
  let before: readonly Row[];
  let taken: readonly string[];
  let after: readonly Row[];
  let seq: number;
  beforeAll(async () => {
    demo = await startDemo({ env: { CLOCK_SCALE: '240' } });
    const talker = await startTalking(demo, writer, mostRemembered);
    const noise = await startTalking(demo, '13800000148');
    before = await eventually(
      () => ledgerOf(demo),
      (rows) => rows.filter(({ event }) => event === 'AnswerRecorded').length >= 10 && talker.taken.length > 5,
      150 * seconds,
    );
    taken = [...talker.taken];
    backup = join(await newFolder(), 'backup');
    const { exit, json } = await zaigang({ DATA_DIR: demo.dataDir }, 'backup', '--out', backup);
    if (exit !== 0) throw new Error(`no backup: ${JSON.stringify(json)}`);
    seq = json['seq'] as number;
    await talker.stop();
    await noise.stop();
    after = await eventually(
      () => ledgerOf(demo),
      (rows) => rows.length > seq + 10,
      150 * seconds,
    );
    await demo.end();
  }, 400 * seconds);
  afterAll(async () => {
    await demo?.stop();
    for (const folder of folders) {
      endRedisIn(folder);
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is of an instant at which everything that was confirmed before it is in it', () => {
    expect(seq).toBeGreaterThanOrEqual(before.length);
  });

  const goesOn = async (dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<void> => {
    const restored = await zaigang({ DATA_DIR: dataDir, ...env }, 'restore', backup);
    expect(restored.json).toMatchObject({
      ok: true,
      seq,
      ledger: { ok: true, faults: [] },
      replay: { ok: true, rows: seq, differences: [] },
    });
    const again = await startDemo({ dataDir, env: { CLOCK_SCALE: '240', ...env } });
    const rows = await eventually(
      () => ledgerOf(again),
      (found) => found.length > seq + 20 && found.slice(seq).some(isSent),
      90 * seconds,
    );
    const texts = await textsIn(again, writer);
    await again.end();
    // up to the mark it is the same story, byte for byte; from there it is another
    expect(rows.slice(0, seq)).toEqual(after.slice(0, seq));
    expect(taken.filter((text) => !texts.has(text))).toEqual([]);
    // what had gone out by then does not go out again
    const gone = new Set(before.filter(isSent).map(sentKey));
    expect(rows.slice(seq).filter((row) => isSent(row) && gone.has(sentKey(row)))).toEqual([]);
    // and the clocks go on
    expect(rows.slice(seq).some(({ event }) => event === 'StepFired' || event === 'AnswerRecorded' || event === 'CheckOpened')).toBe(true);
  };

  it('goes on where it was, in an empty folder', { timeout: 200 * seconds }, async () => goesOn(await newFolder()));

  it('goes on where it was, on a Redis of its own', { timeout: 200 * seconds }, async () => {
    const redis: TestRedis = await startRedis();
    try {
      await goesOn(await newFolder(), { REDIS_URL: redis.url });
      const { exit, json } = await zaigang({ DATA_DIR: await newFolder(), REDIS_URL: redis.url }, 'restore', backup);
      expect({ exit, code: json.errors?.[0]?.code }).toEqual({ exit: 1, code: 'ZG_RESTORE_NOT_EMPTY' });
    } finally {
      await redis.stop();
    }
  });

  it('is refused beside kept files, and says what to do', { timeout: 60 * seconds }, async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'files', 'ab'), { recursive: true });
    await writeFile(join(folder, 'files', 'ab', 'kept'), 'x');
    const { exit, json } = await zaigang({ DATA_DIR: folder }, 'restore', backup);
    expect({ exit, ...json.errors?.[0] }).toMatchObject({
      exit: 1,
      code: 'ZG_RESTORE_NOT_EMPTY',
      message: expect.stringContaining('DATA_DIR') as string,
    });
  });

  const refused = async (folder: string, env: Readonly<Record<string, string>> = {}): Promise<string | undefined> => {
    const { exit, json } = await zaigang({ DATA_DIR: await newFolder(), ...env }, 'restore', folder);
    expect(exit).toBe(1);
    return json.errors?.[0]?.code;
  };

  it('is refused where it is not whole, is of another bureau or of a newer version', { timeout: 120 * seconds }, async () => {
    expect(await refused(await newFolder())).toBe('ZG_BACKUP_ABSENT');
    expect(await refused(backup, { ZAIGANG_BUREAU: 'weifang', CAMPAIGN_FILE: await campaignOf('weifang') })).toBe('ZG_BACKUP_BUREAU');
    const listed = await zaigang({}, 'backup', 'list', dirname(backup));
    expect(listed).toMatchObject({ exit: 0, json: { ok: true, backups: [{ name: 'backup', state: 'whole', seq }], others: [] } });
    const manifest = join(backup, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"format": 1', '"format": 2'));
    expect(await refused(backup)).toBe('ZG_BACKUP_FORMAT');
    await writeFile(manifest, text);
    await appendFile(join(backup, 'ledger.jsonl'), '["1-0",["e","[]"]]\n');
    expect(await refused(backup)).toBe('ZG_BACKUP_DAMAGED');
  });

  const campaignOf = async (bureau: string): Promise<string> => {
    const file = join(await newFolder(), 'campaign.json');
    const shipped = JSON.parse(await readFile(join(root, 'src/config/demo/campaign.json'), 'utf8')) as object;
    const beside = (name: string): string => join(root, 'src/config/demo', name);
    await writeFile(file, JSON.stringify({ ...shipped, bureau, contacts: beside('contacts.xlsx'), roster: beside('roster.xlsx') }));
    return file;
  };

  it('is not written into a folder that holds something', { timeout: 60 * seconds }, async () => {
    const { exit, json } = await zaigang({ DATA_DIR: demo.dataDir }, 'backup', '--out', backup);
    expect({ exit, code: json.errors?.[0]?.code }).toEqual({ exit: 1, code: 'ZG_BACKUP_NOT_EMPTY' });
    expect((await readdir(backup)).length).toBeGreaterThan(3);
  });
});
