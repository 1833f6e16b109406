import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from '../pause.ts';
import { type SingleStand, startSingleStand } from '../stands/single.ts';
import { again, type Kind } from './kind.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export type Ran = { readonly exit: number | null; readonly json: Readonly<Record<string, unknown>>; readonly err: string };

/** The command line in a process of its own; `killAfterMs` ends it wherever it is. */
export const runCommand = async (
  variables: Readonly<Record<string, string>>,
  args: readonly string[],
  killAfterMs?: number,
): Promise<Ran> => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/main.ts', ...args, '--json'], {
    cwd: root,
    env: { PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [exit] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { exit, json: exit === null || out === '' ? {} : (JSON.parse(out) as Ran['json']), err };
};

/** How long a command takes here, so that it is killed in its middle however fast the machine is. */
const measure = async (work: () => Promise<unknown>): Promise<number> => {
  const beganAt = performance.now();
  await work();
  return performance.now() - beganAt;
};

const mostBackups = 5;

/** Backups that are killed; then one that is not, which must be whole: it is restored, its seals are checked, its ledger replayed. */
export const backups: Kind<SingleStand> = {
  name: 'backups',
  torment: async ({ stage, chance, forMs }) => {
    const folder = await mkdtemp(join(tmpdir(), 'zg-chaos-backup-'));
    const elsewhere: SingleStand = await startSingleStand();
    try {
      const { variables } = stage;
      const backUp = (name: string, killAfterMs?: number): Promise<Ran> =>
        runCommand(variables, ['backup', '--out', join(folder, name)], killAfterMs);
      const tookMs = await measure(() => backUp('first'));
      const killed: string[] = [];
      let tries = 0;
      await again(forMs, 2, async () => {
        if (killed.length >= mostBackups && forMs < 60_000) return pause(50);
        const name = `killed-${(tries += 1)}`;
        const ran = await backUp(name, tookMs * (0.2 + 0.6 * chance()));
        // one may have been quicker, and is whole
        if (ran.exit === null) killed.push(name);
      });
      const whole = await backUp('whole');
      if (whole.exit !== 0) throw new Error(`no backup after those that were killed: ${JSON.stringify(whole)}`);
      const env = { ...variables, REDIS_URL: elsewhere.url, DATA_DIR: join(folder, 'data') };
      const [torn] = killed;
      if (torn !== undefined && (await runCommand(env, ['restore', join(folder, torn)])).exit === 0)
        throw new Error('a backup that was killed was taken for whole');
      const restored = await runCommand(env, ['restore', join(folder, 'whole')]);
      if (restored.exit !== 0) throw new Error(`the backup is not whole: ${JSON.stringify(restored)}`);
      return { 'backups killed': killed.length };
    } finally {
      await elsewhere.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
