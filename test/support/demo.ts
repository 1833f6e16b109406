import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The real service in a process of its own, as `npm start` runs it. */
export type Demo = {
  /** Ends with a slash. */
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** What it has written so far, for a failing test to show. */
  readonly output: () => string;
  /** SIGTERM, and until it has ended in order; its data stay. */
  readonly end: () => Promise<number | null>;
  /** SIGKILL, as a power cut would; its data stay. */
  readonly kill: () => Promise<void>;
  /** Ends it and removes its data. */
  readonly stop: () => Promise<void>;
};

export type DemoOptions = {
  /** Environment variables; the demo's own defaults otherwise. */
  readonly env?: Readonly<Record<string, string>>;
  /** An earlier demo's, to go on with it. */
  readonly dataDir?: string;
  /** Members of the campaign file that differ from the built-in one. */
  readonly campaign?: object;
};

const oneBand = {
  name: 'all',
  from: '00:00',
  to: '00:00',
  fixed: [] as readonly string[],
  random: 0,
  answerWindow: 'PT10M',
  silenceLimit: 'PT23H',
};

/**
 * Nothing but the round of ten, and no look at whether everybody is silent: what a test sees then hangs neither on
 * chance nor on how fast the machine is.
 */
export const onlyTheRoundOfTen = {
  checks: {
    posts: { bands: [{ ...oneBand, fixed: ['10:00'] }], quietAfterPresence: 'PT20M', proof: 'acknowledge' },
    standing: { bands: [{ ...oneBand, silenceLimit: 'PT240H' }] },
  },
  massFailure: { share: 1, atLeast: 1000 },
};

/** The built-in campaign, changed in places, as a file of its own beside the same workbooks. */
const writeCampaign = async (folder: string, changed: object): Promise<string> => {
  const shipped = JSON.parse(await readFile(demoCampaignFile, 'utf8')) as { readonly contacts: string; readonly roster: string };
  const beside = (name: string): string => join(dirname(demoCampaignFile), name);
  const workbooks = { contacts: beside(shipped.contacts), roster: beside(shipped.roster) };
  const file = join(folder, 'campaign.json');
  await writeFile(file, JSON.stringify({ ...shipped, ...workbooks, ...changed }));
  return file;
};

/** A service that was killed leaves its Redis to the next, and there may be none. */
export const endRedisIn = (dataDir: string): void => {
  try {
    const pid = Number(readFileSync(join(dataDir, 'redis', 'redis.pid'), 'utf8'));
    // a number may have passed on to somebody else meanwhile
    if (pid > 1 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir)) process.kill(pid, 'SIGKILL');
  } catch {
    // none of its own, or ended in order
  }
};

/** Whatever becomes of the test that started it. One that was started for a whole file ends with that file's hooks, or with the process. */
const endWithTest = (end: () => Promise<void>): void => {
  try {
    onTestFinished(end);
  } catch {
    // in no test, but in a hook
  }
};

const readyLine = /zaigang is ready: (\S+)/u;

/** Resolves when the service says that it is ready; rejects with its output when it ends before. */
export const startDemo = async ({ env = {}, dataDir, campaign }: DemoOptions = {}): Promise<Demo> => {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'zg-demo-')));
  const { PATH = '', HOME = '' } = process.env;
  const ownCampaign = campaign === undefined ? {} : { CAMPAIGN_FILE: await writeCampaign(folder, campaign) };
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { PATH, HOME, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn', ...ownCampaign, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // One whose data are somebody else's leaves the Redis among them to that one.
  const killWithUs = (): void => {
    child.kill('SIGKILL');
    if (dataDir === undefined) endRedisIn(folder);
  };
  process.once('exit', killWithUs);
  endWithTest(async () => {
    await gone('SIGKILL');
    if (dataDir !== undefined) return;
    endRedisIn(folder);
    await rm(folder, { recursive: true, force: true });
  });
  const gone = async (signal: NodeJS.Signals): Promise<number | null> => {
    process.removeListener('exit', killWithUs);
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await ended)[0];
  };
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = readyLine.exec(output)?.[1];
      if (ready) resolve(ready);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code, signal) => reject(new Error(`the service ended before it was ready (${code ?? signal}):\n${output}`)));
  });
  return {
    url,
    dataDir: folder,
    pid: child.pid ?? 0,
    child,
    output: () => output,
    end: () => gone('SIGTERM'),
    kill: async () => void (await gone('SIGKILL')),
    stop: async () => {
      await gone('SIGTERM');
      endRedisIn(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Asks again until the answer fits; what is waited for happens in another process. Rejects with the last answer. */
export const eventually = async <T>(ask: () => Promise<T>, fits: (answer: T) => boolean, timeoutMs = 60_000): Promise<T> => {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (performance.now() > deadline)
      throw new Error(`not within ${timeoutMs} ms; the last answer: ${JSON.stringify(answer).slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
