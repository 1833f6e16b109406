import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durableSettings, type RedisNode, startNode } from './node.ts';
import { judgesClient, type RedisStand } from './stand.ts';

/** One Redis, that has every answer on disk, or nothing. */
export type SingleStand = RedisStand & {
  readonly node: RedisNode;
  /** The disk takes this many bytes more of the append-only file and refuses the rest, also after a restart. */
  readonly fillDisk: (leftBytes: number) => Promise<void>;
  readonly clearDisk: () => void;
};

/** The largest file that the process may write, whatever it had opened before. */
export const limitFiles = (pid: number, bytes: number | 'unlimited'): void => {
  execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:unlimited`]);
};

/** A write beyond the limit fails as on a full disk, instead of ending the process. */
const ignoring = ['sh', '-c', 'trap \'\' XFSZ; exec "$@"', 'sh'];

export const startSingleStand = async (): Promise<SingleStand> => {
  const dir = await mkdtemp(join(tmpdir(), 'zg-single-'));
  const node = await startNode({ dir, under: ignoring, settings: (port) => ['--port', `${port}`, '--dir', dir, ...durableSettings] });
  const url = `redis://127.0.0.1:${node.port}`;
  const client = judgesClient(url);
  return {
    url,
    client,
    replicas: 0,
    node,
    fillDisk: async (leftBytes) => {
      const folder = join(dir, 'appendonlydir');
      const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
      limitFiles(node.pid(), Math.max(...(await Promise.all(sizes))) + leftBytes);
    },
    clearDisk: () => {
      if (node.isUp()) limitFiles(node.pid(), 'unlimited');
    },
    stop: async () => {
      client.disconnect();
      node.signal('SIGCONT');
      await node.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
