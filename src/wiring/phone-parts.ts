import { createChannelHealth } from '../../adapters/redis/channel-health.ts';
import { createDispatches } from '../../adapters/redis/dispatches.ts';
import { nameOf } from '../app/acts/speaker.ts';
import { recordReceipts } from '../app/notices/record-receipts.ts';
import { watchReceipts } from '../app/notices/watch-channels.ts';
import type { World } from '../app/world.ts';
import { postOfLandline, resolveRole } from '../domain/escalation/resolve.ts';
import type { Clock } from '../ports/clock.ts';
import type { Dispatches } from '../ports/dispatches.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Receipt } from '../ports/receipts.ts';
import type { Connections } from './redis.ts';

/** What text messages and calls need to know of people, posts and what was sent. */
export type PhoneParts = {
  readonly dispatches: Dispatches;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly clock: Clock;
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
  readonly nameOf: (to: string) => string;
  /** Whose mobile it is; undefined for everybody unknown or disabled. */
  readonly personOf: (mobile: string) => string | undefined;
  /** The number on file of a person, or of a post's landline. */
  readonly numberOf: (to: string) => string | undefined;
  /** Who speaks at a telephone. At a landline: whoever stands its post now. */
  readonly speakerAt: (to: string) => string | undefined;
};

export const createPhoneParts = (
  world: World,
  { commands }: Pick<Connections, 'commands'>,
  bureau: string,
  inbox: Pick<Inbox, 'put'>,
): PhoneParts => {
  const health = createChannelHealth(commands, bureau);
  const active = (personId: string) => {
    const person = world.directory.people.get(personId);
    return person?.isDisabled ? undefined : person;
  };
  const holderOf = (postId: string): string | undefined =>
    (['onDuty', 'coDuty'] as const).flatMap((role) => resolveRole(world.directory, role, postId, world.clock.now()))[0];
  return {
    dispatches: createDispatches(commands, bureau),
    inbox,
    clock: world.clock,
    receive: async (receipts) => {
      await recordReceipts(world, receipts);
      await watchReceipts(world, health, receipts).catch((error: unknown) =>
        // Everything is recorded by now: a count that is lost is no reason to be told it all again.
        world.log.warn({ error: String(error) }, 'how the channels do could not be counted'),
      );
    },
    nameOf: (to) => nameOf(world, postOfLandline(to) ?? to),
    personOf: (mobile) => {
      const personId = world.directory.byMobile.get(mobile)?.id;
      return personId === undefined ? undefined : active(personId)?.id;
    },
    numberOf: (to) => {
      const postId = postOfLandline(to);
      return postId === undefined ? active(to)?.mobile : world.directory.posts.get(postId)?.landline;
    },
    speakerAt: (to) => {
      const postId = postOfLandline(to);
      return postId === undefined ? active(to)?.id : holderOf(postId);
    },
  };
};
