import type { PersonId } from '../../domain/organisation/organisation.ts';
import type { Channel } from '../../ports/channel.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import { accountsOfPeople, peopleInForce } from '../binding/say-accounts.ts';
import type { Tested } from '../binding/test-channel.ts';
import type { ChannelView, ChannelsView } from '../views/view-channels.ts';
import type { World } from '../world.ts';

/** A variable of the environment by its name; its value is never told. */
type VariableState = { readonly name: string; readonly isSet: boolean };
export type ChannelVariables = {
  readonly channel: string;
  readonly needs: readonly VariableState[];
  readonly others: readonly VariableState[];
};

/** Who can be reached by it, as far as is known without asking its platform. */
export type Reached = {
  /** `account`: bound to an account; `file`: by a number or an address on file. */
  readonly by: 'account' | 'file';
  readonly count: number;
  readonly of: number;
  /** Some of those who are not. */
  readonly missing: readonly { readonly id: PersonId; readonly name: string }[];
};

export type SetUpChannel = {
  readonly channel: string;
  readonly isInUse: boolean;
  /** Null for a channel that is not in use. */
  readonly health: ChannelView | null;
  readonly vias: readonly string[];
  readonly canReachGroups: boolean;
  readonly needs: readonly VariableState[];
  readonly others: readonly VariableState[];
  /** Null where everybody is, or nobody needs to be: the page itself. */
  readonly reached: Reached | null;
};

export type SetUpChannels = { readonly at: string; readonly windowMinutes: number; readonly items: readonly SetUpChannel[] };

export type TestAsked = { readonly channel: string; readonly personId: PersonId; readonly actor?: PersonId };

/** What came of one try; `tooOften` with the seconds until another may be made. */
export type TestAnswer =
  | { readonly result: 'delivered' | 'sent' | 'transient' | 'permanent' | 'noAnswer'; readonly person: string; readonly code?: string }
  | { readonly result: 'tooOften'; readonly retryAfterS: number }
  | { readonly result: 'unknown'; readonly what: 'channel' | 'person' };

export type ChannelsDeps = {
  readonly world: World;
  readonly channels: readonly Channel[];
  readonly variables: readonly ChannelVariables[];
  readonly view: () => Promise<ChannelsView>;
  readonly limits: Pick<RateLimits, 'take'>;
  readonly test: (asked: {
    readonly channel: string;
    readonly to: string;
    readonly name: string;
    readonly actor?: string;
  }) => Promise<Tested>;
};

/** A try costs money and rings telephones: whoever tries does so by hand. */
const testsPerPerson = [
  { count: 5, perMs: 60_000 },
  { count: 40, perMs: 3_600_000 },
];
/** Whoever is tried on is asked for nothing, and is to sleep. */
const testsToPerson = [{ count: 10, perMs: 3_600_000 }];

const mostMissing = 60;

/** A test says who sent it; where nobody is signed in, the product. */
const nobodysName = 'zaigang';

export const createChannelsDoor = ({ world, channels, variables, view, limits, test }: ChannelsDeps) => {
  const reachedBy = async (channel: Channel): Promise<Reached | null> => {
    if (channel.capabilities.isMailbox) return null;
    const ids = peopleInForce(world);
    const by = channel.capabilities.goesByAccount ? 'account' : 'file';
    const isReached =
      by === 'account'
        ? (await accountsOfPeople(world, ids)).map((accounts) => accounts[channel.name] !== undefined)
        : await Promise.all(ids.map((id) => channel.canReach(id)));
    const missing = ids.filter((_, index) => !isReached[index]);
    return {
      by,
      count: ids.length - missing.length,
      of: ids.length,
      missing: missing.slice(0, mostMissing).map((id) => ({ id, name: world.directory.people.get(id)?.name ?? '' })),
    };
  };

  return {
    view: async (): Promise<SetUpChannels> => {
      const { at, windowMinutes, items } = await view();
      const inUse = await Promise.all(
        channels.map(async (channel): Promise<SetUpChannel> => {
          const { needs = [], others = [] } = variables.find((one) => one.channel === channel.name) ?? {};
          return {
            channel: channel.name,
            isInUse: true,
            health: items.find((one) => one.channel === channel.name) ?? null,
            vias: channel.capabilities.vias,
            canReachGroups: channel.capabilities.canReachGroups,
            needs,
            others,
            reached: await reachedBy(channel),
          };
        }),
      );
      const unused = variables
        .filter(({ channel }) => !channels.some(({ name }) => name === channel))
        .map((one): SetUpChannel => ({ ...one, isInUse: false, health: null, vias: [], canReachGroups: false, reached: null }));
      return { at, windowMinutes, items: [...inUse, ...unused] };
    },

    /** One message, to one person, through this channel alone; what came of it is in the ledger. */
    test: async ({ channel, personId, actor }: TestAsked): Promise<TestAnswer> => {
      if (!channels.some(({ name }) => name === channel)) return { result: 'unknown', what: 'channel' };
      const person = world.directory.people.get(personId);
      if (!person || person.isDisabled) return { result: 'unknown', what: 'person' };
      for (const [key, rules] of [
        [`test:${actor ?? ''}`, testsPerPerson],
        [`test:to:${personId}`, testsToPerson],
      ] as const) {
        const taken = await limits.take(key, rules);
        if (!taken.isTaken) return { result: 'tooOften', retryAfterS: Math.ceil(taken.retryAfterMs / 1_000) };
      }
      const name = (actor === undefined ? undefined : world.directory.people.get(actor)?.name) ?? nobodysName;
      const tested = await test({ channel, to: personId, name, ...(actor === undefined ? {} : { actor }) });
      if (!('result' in tested)) return { result: 'noAnswer', person: person.name };
      const { result, isDelivered, code } = tested;
      return {
        result: result === 'sent' && isDelivered ? 'delivered' : result,
        person: person.name,
        ...(code === undefined ? {} : { code }),
      };
    },
  };
};

export type ChannelsDoor = ReturnType<typeof createChannelsDoor>;
