import { setImmediate as pause, setTimeout as wait } from 'node:timers/promises';
import { setUpChannels } from '../../adapters/http/set-up-channels.ts';
import { setUpPolicies } from '../../adapters/http/set-up-policies.ts';
import type { SetUpSection } from '../../adapters/http/set-up.ts';
import { createTurn } from '../../adapters/redis/turn.ts';
import { testChannel } from '../app/binding/test-channel.ts';
import type { CampaignFileWords } from '../app/set-up/campaign-of-record.ts';
import { createChannelsDoor } from '../app/set-up/channels-door.ts';
import { createPoliciesDoor } from '../app/set-up/policies-door.ts';
import { createRehearsalDoor } from '../app/set-up/rehearsal-door.ts';
import { createWhatIf } from '../app/set-up/what-if.ts';
import type { ChannelsView } from '../app/views/view-channels.ts';
import type { World } from '../app/world.ts';
import { isForPosts } from '../config/campaign-rules.ts';
import { channelVariablesIn } from '../config/channel-variables.ts';
import { describePolicy } from '../config/describe-policy.ts';
import type { Channel } from '../ports/channel.ts';
import type { LedgerReader, LedgerStream } from '../ports/ledger.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Connections } from './redis.ts';
import { rehearseApart } from './rehearse-apart.ts';
import { rulesOf } from './set-up-desks.ts';

/** The service looks at its outbox several times a second, real ms. */
const lookMs = 150;
const longestMs = 20_000;
/** Longer than any rehearsal lasts. */
const turnMs = 120_000;

/** Setting up ladders and channels in the page. */
export const setUpRules = (parts: {
  readonly world: World;
  readonly file: CampaignFileWords;
  readonly ledger: LedgerReader;
  readonly stream: Pick<LedgerStream, 'lastSeq' | 'rows'>;
  readonly channels: readonly Channel[];
  readonly channelsView: () => Promise<ChannelsView>;
  readonly limits: RateLimits;
  readonly connections: Pick<Connections, 'commands'>;
  readonly variables: { readonly [name: string]: string | undefined };
}): readonly SetUpSection[] => {
  const { world, file, ledger, stream, channels, channelsView, limits, variables, connections } = parts;
  const policies = createPoliciesDoor({
    world,
    file,
    read: rulesOf(world.settings.bureau).read,
    describe: describePolicy,
    isForPosts,
    rehearsal: createRehearsalDoor({
      world,
      takeTurn: createTurn(connections.commands, world.settings.bureau, 'rehearsal', turnMs),
      rehearse: rehearseApart,
    }),
    whatIf: createWhatIf(world, ledger, () => pause()),
  });
  const tried = createChannelsDoor({
    world,
    channels,
    variables: channelVariablesIn(variables),
    view: channelsView,
    limits,
    test: (asked) => {
      const until = performance.now() + longestMs;
      const untilThen = async (): Promise<boolean> => {
        await wait(lookMs);
        return performance.now() < until;
      };
      return testChannel({ world, stream, wait: untilThen }, asked);
    },
  });
  return [setUpPolicies(policies), setUpChannels(tried)];
};
