import { setImmediate as pause, setTimeout as wait } from 'node:timers/promises';
import { setUpChannels } from '../../adapters/http/set-up-channels.ts';
import { setUpPolicies } from '../../adapters/http/set-up-policies.ts';
import type { SetUpSection } from '../../adapters/http/set-up.ts';
import { testChannel } from '../app/binding/test-channel.ts';
import type { CampaignFileWords } from '../app/set-up/campaign-of-record.ts';
import { createChannelsDoor } from '../app/set-up/channels-door.ts';
import { createPoliciesDoor, type ReadWords } from '../app/set-up/policies-door.ts';
import { createWhatIf } from '../app/set-up/what-if.ts';
import type { ChannelsView } from '../app/views/view-channels.ts';
import type { World } from '../app/world.ts';
import { isForPosts } from '../config/campaign-rules.ts';
import { readCampaign } from '../config/campaign.ts';
import { channelVariablesIn } from '../config/channel-variables.ts';
import { describePolicy } from '../config/describe-policy.ts';
import { ConfigurationError } from '../config/faults.ts';
import type { Channel } from '../ports/channel.ts';
import type { LedgerReader, LedgerStream } from '../ports/ledger.ts';
import type { RateLimits } from '../ports/rate-limits.ts';

/** The service looks at its outbox several times a second, real ms. */
const lookMs = 150;
const longestMs = 20_000;

const readWords =
  (bureau: string): ReadWords =>
  (words) => {
    try {
      return { settings: readCampaign({ ...words, bureau }, bureau, 'the campaign').settings };
    } catch (error) {
      if (error instanceof ConfigurationError) return { faults: error.faults };
      throw error;
    }
  };

/** Setting up ladders and channels in the page. */
export const setUpRules = (parts: {
  readonly world: World;
  readonly file: CampaignFileWords;
  readonly ledger: LedgerReader;
  readonly stream: Pick<LedgerStream, 'lastSeq' | 'rows'>;
  readonly channels: readonly Channel[];
  readonly channelsView: () => Promise<ChannelsView>;
  readonly limits: RateLimits;
  readonly variables: { readonly [name: string]: string | undefined };
}): readonly SetUpSection[] => {
  const { world, file, ledger, stream, channels, channelsView, limits, variables } = parts;
  const policies = createPoliciesDoor({
    world,
    file,
    read: readWords(world.settings.bureau),
    describe: describePolicy,
    isForPosts,
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
