import { setTimeout as pause } from 'node:timers/promises';
import type { CliActions } from '../../adapters/cli/actions.ts';
import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import type { RedisClient } from '../../adapters/redis/connect.ts';
import { loadServerSecret } from '../../adapters/redis/server-secret.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { bindByCommand, giveCode, listAccounts, revokeByCommand } from '../app/binding/accounts-by-command.ts';
import { testChannel } from '../app/binding/test-channel.ts';
import { linkByCommand } from '../app/sign-in/link-by-command.ts';
import { isoIn } from '../app/views/view-page.ts';
import { createWorld, refreshWorld, type World } from '../app/world.ts';
import type { Environment } from '../config/environment.ts';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { LedgerStream } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import { isDemoMobile } from './first-import.ts';
import { addressOf } from './port.ts';

type Bench = {
  readonly env: Environment;
  readonly redis: RedisClient;
  /** The campaign begins with workbooks. */
  readonly hasWorkbooks: boolean;
  readonly settings: CampaignSettings;
  readonly store: Store;
  readonly stream: LedgerStream;
  readonly log: Log;
  /** Campaign time at the start of the command. */
  readonly now: number;
};

type AccountActions = Pick<CliActions, 'listAccounts' | 'giveCode' | 'signInLink' | 'bindAccount' | 'revokeAccount' | 'testChannel'>;

/** The service looks at its outbox several times a second. */
const lookMs = 150;
const longestMs = 20_000;

/** What the command line does with accounts and channels, on what has been imported. */
export const accountActions = (open: () => Promise<Bench>): AccountActions => {
  const worldOf = async ({ store, settings, log, now }: Bench): Promise<World> => {
    const world = createWorld({
      store,
      clock: { now: () => now },
      secrets: nodeSecrets,
      log,
      settings,
      hasVoice: false,
      hasSms: false,
      leaseMs: 0,
    });
    await refreshWorld(world);
    return world;
  };
  return {
    listAccounts: async (asked) => {
      const bench = await open();
      return listAccounts(await worldOf(bench), asked, isoIn(bench.settings.timeZone));
    },
    giveCode: async (person) => giveCode(await worldOf(await open()), person),
    signInLink: async (given) => {
      const bench = await open();
      const { env, redis, settings } = bench;
      const maker = {
        signer: createLinkSigner(await loadServerSecret(redis, settings.bureau, 'sign-in')),
        baseUrl: env.publicUrl ?? addressOf(env.host, env.port),
        realNow: Date.now,
        refusesMobile: (mobile: string) => env.mode === 'demo' && !isDemoMobile(mobile),
        hasWorkbooks: bench.hasWorkbooks,
      };
      return linkByCommand(await worldOf(bench), maker, given);
    },
    bindAccount: async (given) => bindByCommand(await worldOf(await open()), given),
    revokeAccount: async (given) => revokeByCommand(await worldOf(await open()), given),
    testChannel: async ({ channel, to }) => {
      const bench = await open();
      const until = performance.now() + longestMs;
      const wait = async (): Promise<boolean> => {
        await pause(lookMs);
        return performance.now() < until;
      };
      return testChannel({ world: await worldOf(bench), stream: bench.stream, wait }, { channel, to, name: 'zaigang' });
    },
  };
};
