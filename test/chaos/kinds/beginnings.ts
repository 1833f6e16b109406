import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keysOf } from '../../../adapters/redis/keys.ts';
import { createRedisStore } from '../../../adapters/redis/store.ts';
import { demoCampaignFile } from '../../../src/config/demo-campaign.ts';
import { eventually, startDemo } from '../../support/demo.ts';
import { patienceMs, pause } from '../pause.ts';
import type { SingleStand } from '../stands/single.ts';
import { runCommand } from './commands.ts';
import { again, type Kind } from './kind.ts';

const beside = (name: string): string => join(dirname(demoCampaignFile), name);

/** The built-in campaign under a name of its own, in force now, and from the first day of its roster on: days outside of it are refused. */
const writeCampaign = async (folder: string, bureau: string): Promise<string> => {
  const shipped = JSON.parse(await readFile(demoCampaignFile, 'utf8')) as object;
  const to = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 16);
  const own = { bureau, to, phases: [], contacts: beside('contacts.xlsx'), roster: beside('roster.xlsx') };
  const file = join(folder, 'campaign.json');
  await writeFile(file, JSON.stringify({ ...shipped, ...own }));
  return file;
};

/** A campaign begins while its instances, or the commands that read its workbooks, are killed; it must begin whole and once. */
export const beginnings: Kind<SingleStand> = {
  name: 'beginnings',
  torment: async ({ stage, chance, forMs }) => {
    const { stand } = stage;
    const survived = { starts: 0, imports: 0 };
    const begin = async (bureau: string, isByCommand: boolean): Promise<void> => {
      const dataDir = await mkdtemp(join(tmpdir(), 'zg-chaos-begin-'));
      try {
        const env = { ...stage.variables, DATA_DIR: dataDir, CAMPAIGN_FILE: await writeCampaign(dataDir, bureau) };
        const keys = keysOf(bureau);
        const version = async (): Promise<number> => Number((await stand.client.hget(keys.meta, 'campaignVersion')) ?? 0);
        /** The worst moment there is, between contact list and roster, or any other. */
        const untilKill = async (): Promise<void> => {
          if (chance() < 0.6) await eventually(version, (found) => found > 0, patienceMs);
          else await pause(300 + chance() * 1_500);
        };
        if (isByCommand) {
          for (const what of ['contacts', 'roster']) {
            await runCommand(env, ['import', what, beside(`${what}.xlsx`)], 300 + chance() * 900);
            survived.imports += 1;
            const ran = await runCommand(env, ['import', what, beside(`${what}.xlsx`)]);
            if (ran.exit !== 0) throw new Error(`import ${what}: ${JSON.stringify(ran)}`);
          }
        } else {
          const children = [0, 1].map(() => {
            const started = startDemo({ dataDir, env });
            started.catch(() => {}); // killed before it was ready
            return started;
          });
          await untilKill();
          // which process is which is known only of those that are ready
          await killAllOf(dataDir);
          // one may not have been there yet
          for (const late of await Promise.allSettled(children)) if (late.status === 'fulfilled') await late.value.kill();
          survived.starts += children.length;
        }
        const both = await Promise.all([0, 1].map(() => startDemo({ dataDir, env })));
        await Promise.all(both.map((one) => one.kill()));
        const store = createRedisStore(stand.client, keys, { bundleWindowMs: 0, now: Date.now });
        const { organisation, roster } = await store.loadCampaign();
        if (organisation.people.length === 0 || roster.posts.length === 0 || roster.shifts.length === 0)
          throw new Error(
            `${bureau} began with ${organisation.people.length} people, ${roster.posts.length} posts, ${roster.shifts.length} shifts`,
          );
        const replayed = await runCommand(env, ['ledger', 'replay']);
        if (replayed.exit !== 0) throw new Error(`${bureau}: ${JSON.stringify(replayed)}`);
      } finally {
        await rm(dataDir, { recursive: true, force: true });
      }
    };
    let count = 0;
    await again(forMs, 2, () => begin(`begin-${Date.now()}-${(count += 1)}`, count % 2 === 0));
    return { 'instances killed while a campaign began': survived.starts, 'imports killed': survived.imports };
  },
};

/** Children of this process that have this folder, ready or not. */
const killAllOf = async (dataDir: string): Promise<void> => {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const [stat, environ] = await Promise.all(
      ['stat', 'environ'].map((file) => readFile(join('/proc', name, file), 'latin1').catch(() => '')),
    );
    const parent = Number(stat!.slice(stat!.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === process.pid && environ!.includes(`DATA_DIR=${dataDir}\0`)) process.kill(Number(name), 'SIGKILL');
  }
};
