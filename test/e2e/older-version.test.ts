import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { endRedisIn, eventually, startDemo } from '../support/demo.ts';
import { ledgerOf } from './cast.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Answer = Readonly<Record<string, unknown>>;

const zaigang = async (dataDir: string, ...args: readonly string[]): Promise<{ readonly exit: number; readonly json: Answer }> => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['src/main.ts', ...args, '--json'], {
    cwd: root,
    env: { PATH, HOME, LOG_LEVEL: 'error', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const [exit] = (await once(child, 'close')) as [number];
  return { exit, json: JSON.parse(out) as Answer };
};

type Replay = { readonly differences: readonly { readonly what: string; readonly members: readonly string[] }[] };

/** Version 0.1.0 did not keep whose word proved contact and presence, and counted who is told by a reminder otherwise; the ledger tells both. */
const since = new Set(['lastContactBy', 'lastPresenceBy', 'told', 'asked']);
const unexplained = ({ differences }: Replay): readonly object[] =>
  differences.filter(({ what, members }) => what !== 'changed' || members.some((member) => !since.has(member)));

/**
 * The demo as 0.1.0 left it, a quarter of an hour into its first round: obligations, watches, clocks, queue and ledger as that
 * version wrote them, kept as a backup.
 */
const fixture = join(root, 'test/fixtures/version-0.1.0');

it('goes on with what version 0.1.0 wrote, and the ledger explains both', { timeout: 180_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'zg-older-'));
  onTestFinished(async () => {
    endRedisIn(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  });
  const { seq } = JSON.parse(readFileSync(join(fixture, 'manifest.json'), 'utf8')) as { readonly seq: number };
  const { json: restored } = await zaigang(dataDir, 'restore', fixture);
  expect(restored).toMatchObject({ seq, replay: { rows: seq } });
  expect(unexplained(restored['replay'] as Replay)).toEqual([]);

  const service = await startDemo({ dataDir, env: { CLOCK_SCALE: '240' } });
  expect((await fetch(`${service.url}readyz`)).status).toBe(200);
  const before = (await ledgerOf(service)).slice(0, seq);
  expect(before.at(-1)?.seq).toBe(seq);
  // what the old version had asked is answered or climbs on, and the new one asks anew
  const asked = new Set(before.filter(({ event }) => event === 'CheckOpened').map(({ obligationId }) => obligationId));
  const rows = await eventually(
    () => ledgerOf(service),
    (all) => {
      const later = all.slice(seq);
      return (
        later.some(({ obligationId, event }) => asked.has(obligationId) && event !== 'NoticeSent') &&
        later.some(({ event, obligationId }) => event === 'CheckOpened' && !asked.has(obligationId))
      );
    },
    120_000,
  );
  expect(rows.slice(seq).filter(({ event }) => event === 'DecisionFailed' || event === 'MessageSetAside')).toEqual([]);
  expect(await service.end()).toBe(0);
  const { json: replayed } = await zaigang(dataDir, 'ledger', 'replay');
  expect(unexplained(replayed as Replay)).toEqual([]);
});
