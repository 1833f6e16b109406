import { setUpChannels } from '../../adapters/http/set-up-channels.ts';
import { setUpPolicies } from '../../adapters/http/set-up-policies.ts';
import type { SetUpSection } from '../../adapters/http/set-up.ts';
import { createRateLimits } from '../../adapters/limits/redis-rate-limits.ts';
import type { RedisClient } from '../../adapters/redis/connect.ts';
import { testChannel } from '../../src/app/binding/test-channel.ts';
import { hashOfWords } from '../../src/app/set-up/campaign-of-record.ts';
import { createChannelsDoor } from '../../src/app/set-up/channels-door.ts';
import { createPoliciesDoor } from '../../src/app/set-up/policies-door.ts';
import { createWhatIf } from '../../src/app/set-up/what-if.ts';
import type { World } from '../../src/app/world.ts';
import { isForPosts } from '../../src/config/campaign-rules.ts';
import { channelVariablesIn } from '../../src/config/channel-variables.ts';
import { describePolicy } from '../../src/config/describe-policy.ts';
import type { Channel } from '../../src/ports/channel.ts';
import type { LedgerReader } from '../../src/ports/ledger.ts';
import { fileWords, rules } from './set-up.ts';

const mostLooks = 3;

/** Ladders and channels as they are set up in the page, before the use cases in memory; nobody rehearses. */
export const ruleSections = (parts: {
  readonly world: World;
  readonly ledger: LedgerReader;
  readonly redis: RedisClient;
  readonly channels: readonly Channel[];
  /** Delivers what waits. */
  readonly settle: () => Promise<void>;
}): readonly SetUpSection[] => {
  const { world, ledger, redis, channels, settle } = parts;
  const policies = createPoliciesDoor({
    world,
    file: { words: fileWords, hash: hashOfWords(world, fileWords) },
    read: rules.read,
    describe: describePolicy,
    isForPosts,
    whatIf: createWhatIf(world, ledger, async () => {}),
    rehearsal: async () => ({ ok: false, refused: 'busy' }),
  });
  const tried = createChannelsDoor({
    world,
    channels,
    variables: channelVariablesIn({ WECOM_CORP_ID: 'ww1', WECOM_SECRET: 'very secret' }),
    view: async () => ({ at: '2021-08-27T10:00:00+08:00', windowMinutes: 5, items: [] }),
    limits: createRateLimits(redis, '{zg:test}'),
    test: (asked) => {
      let looks = 0;
      const wait = async (): Promise<boolean> => {
        await settle();
        looks += 1;
        return looks < mostLooks;
      };
      return testChannel({ world, stream: ledger, wait }, asked);
    },
  });
  return [setUpPolicies(policies), setUpChannels(tried)];
};
