import { fixedMinutesOf, nextLocalMinute } from './pokes.ts';
import { officePeople } from '../../domain/organisation/directory.ts';
import { localDay, minuteOfDay } from '../../domain/local-time.ts';
import { createHeap } from '../../domain/heap.ts';
import type { Channel, OutgoingMessage } from '../../ports/channel.ts';
import type { DeliveryJob, Outbox } from '../../ports/outbox.ts';
import { fireDue } from '../contact/fire-due.ts';
import { deliver, type DeliverDeps } from '../notices/deliver.ts';
import { relayOutbox } from '../notices/relay-outbox.ts';
import type { World } from '../world.ts';
import type { ItemPlay } from './play-items.ts';
import { createLoad, type ChannelLoad, type PlatformLimit } from './load.ts';
import { castPerson, planAnswer, type Part, type RehearsedPerson, type Said } from './people.ts';
import { createRng } from './rng.ts';

export type PlayParts = Pick<DeliverDeps, 'conversations' | 'bundledCards' | 'channelHealth'> & {
  readonly world: World;
  readonly outbox: Outbox;
  readonly nextDueAt: () => number | undefined | Promise<number | undefined>;
  /** Moves the clock that the world reads. */
  readonly setNow: (at: number) => void;
  /** The calendar's work, as the service does it each second. */
  readonly poke: () => Promise<void>;
  /** What somebody presses or types, decided and committed. */
  readonly say: (personId: string, said: Said) => Promise<void>;
  /** Epoch ms. */
  readonly fromAt: number;
  readonly toAt: number;
  readonly seed: number;
  /** Share of the people who never answer, 0 to 1. */
  readonly silent: number;
  readonly limits: readonly PlatformLimit[];
  /** Items that are handed over and worked on beside the checks. */
  readonly items?: Pick<ItemPlay, 'nextAt' | 'run'>;
};

/** What somebody got, by the campaign's quiet hours: replies to their own words are not counted. */
export type Inflow = { readonly part: Part; day: number; night: number; questions: number; mostInADay: number };

export type Played = {
  /** By person. */
  readonly people: ReadonlyMap<string, Readonly<Inflow>>;
  readonly group: number;
  readonly channels: readonly ChannelLoad[];
  /** What people pressed or typed. */
  readonly answers: number;
};

type Coming = { readonly at: number; readonly tie: number; readonly personId: string; readonly said: Said };

/** The calendar is looked at so often, and at every time of day that the campaign names. */
const pokeEveryMs = 5 * 60_000;
const mostTries = 6;
const mostSettles = 10_000;

const isQuiet = ({ settings }: World, at: number): boolean => {
  const { fromMinute, toMinute } = settings.quietHours;
  const minute = minuteOfDay(settings.timeZone, at);
  return fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
};

/** Where the messages of a rehearsal end: counted, and read by whoever they are for. */
const createAudience = (parts: PlayParts, answerLater: (at: number, personId: string, said: Said) => void) => {
  const { world, seed, silent } = parts;
  const cast = new Map<string, RehearsedPerson>();
  const inflow = new Map<string, Inflow>();
  const today = new Map<string, { readonly date: string; count: number }>();
  let group = 0;

  const personOf = (id: string): RehearsedPerson => {
    const known = cast.get(id) ?? castPerson(id, seed, silent);
    cast.set(id, known);
    return known;
  };

  const count = (to: string, now: number, isAsked: boolean): void => {
    const known = inflow.get(to) ?? { part: personOf(to).part, day: 0, night: 0, questions: 0, mostInADay: 0 };
    inflow.set(to, known);
    if (isQuiet(world, now)) known.night += 1;
    else known.day += 1;
    if (isAsked) known.questions += 1;
    const { date } = localDay(world.settings.timeZone, now);
    const last = today.get(to);
    const next = last?.date === date ? last : { date, count: 0 };
    next.count += 1;
    today.set(to, next);
    known.mostInADay = Math.max(known.mostInADay, next.count);
  };

  const read = (message: OutgoingMessage, now: number): void => {
    const isOffice = officePeople(world.directory, now).includes(message.to);
    const planned = planAnswer(personOf(message.to), message, { isNight: isQuiet(world, now), isOffice });
    if (planned) answerLater(now + planned.afterMs, message.to, planned.said);
  };

  return {
    take: (message: OutgoingMessage, now: number): void => {
      if (message.isUpdate) return;
      if (message.to.startsWith('g:')) group += 1;
      if (!message.to.startsWith('m')) return;
      // an answer to what they said themselves
      if (message.reference !== undefined) return;
      count(message.to, now, message.card?.tone === 'asking');
      read(message, now);
    },
    people: inflow,
    group: (): number => group,
  };
};

const channelOf = (
  name: PlatformLimit['channel'],
  load: ReturnType<typeof createLoad>,
  take: (message: OutgoingMessage, now: number) => void,
  now: () => number,
): Channel => ({
  name: name === 'chat' ? 'webchat' : name,
  capabilities: { vias: [name === 'chat' ? 'card' : name], canUpdate: true, canReachGroups: true, batchSize: 1_000 },
  canReach: async (to) => to.startsWith('m') || name === (to.startsWith('l:') ? 'voice' : 'chat'),
  send: async (messages) =>
    messages.map((message) => {
      load.add(message, now());
      take(message, now());
      return { status: 'sent', isDelivered: message.to.startsWith('m') } as const;
    }),
});

/**
 * Plays a campaign from one instant to another: the real rules, rosters and messages, with people who answer as their
 * part and the seed say. The same parts give the same result.
 */
export const playCampaign = async (parts: PlayParts): Promise<Played> => {
  const { world, outbox, nextDueAt, setNow, poke, say, fromAt, toAt, seed } = parts;
  const ties = createRng(seed, 'ties');
  const comings = createHeap<Coming>();
  let now = fromAt;
  let answers = 0;
  const audience = createAudience(parts, (at, personId, said) => comings.push({ at, tie: ties.next(), personId, said }));

  const names = ['chat', ...(world.hasSms ? ['sms' as const] : []), ...(world.hasVoice ? ['voice' as const] : [])] as const;
  const loads = names.map((name) => createLoad(name, parts.limits));
  const channels = names.map((name, index) => channelOf(name, loads[index]!, audience.take, () => now));
  const deps: DeliverDeps = { ...parts, world, channels };
  const jobs: DeliveryJob[] = [];
  const queue = { add: async (added: readonly DeliveryJob[]) => void jobs.push(...added) };

  const carry = async (): Promise<number> => {
    const relayed = await relayOutbox({ outbox, queue }, 'rehearsal', 0);
    for (const job of jobs.splice(0)) {
      let left: DeliveryJob = job;
      for (let tries = 1; tries <= mostTries && left.notices.length > 0; tries++)
        left = { ...left, notices: await deliver(deps, left, tries === mostTries) };
    }
    return relayed;
  };

  /** Everything that is due at this instant, until nothing is left to do. */
  const settle = async (): Promise<void> => {
    for (let times = 0; times < mostSettles; times++) {
      const dueAt = await nextDueAt();
      const taken = dueAt !== undefined && dueAt <= now ? (await fireDue(world)).taken : 0;
      if ((await carry()) === 0 && taken === 0) return;
    }
    throw new Error('the same things fall due again and again');
  };

  const minutes = fixedMinutesOf(world.settings);
  const lookedUntil = (): number => world.handovers.look?.found.untilAt ?? 0;
  const nextPokeAt = (): number =>
    Math.min(
      (Math.floor(now / pokeEveryMs) + 1) * pokeEveryMs,
      nextLocalMinute(world.settings.timeZone, minutes, now),
      lookedUntil() > now ? lookedUntil() : Number.POSITIVE_INFINITY,
    );

  setNow(now);
  await poke();
  await settle();
  let pokeAt = nextPokeAt();
  for (;;) {
    const dueAt = (await nextDueAt()) ?? Number.POSITIVE_INFINITY;
    const comesAt = Math.min(comings.peek()?.at ?? Number.POSITIVE_INFINITY, parts.items?.nextAt() ?? Number.POSITIVE_INFINITY);
    const next = Math.min(pokeAt, Math.max(now, dueAt), comesAt);
    if (next >= toAt) break;
    now = next;
    setNow(now);
    if (now >= pokeAt) {
      await poke();
      pokeAt = nextPokeAt();
    }
    for (let coming = comings.peek(); coming && coming.at <= now; coming = comings.peek()) {
      comings.pop();
      answers += 1;
      await say(coming.personId, coming.said);
    }
    await parts.items?.run(now);
    await settle();
  }
  return { people: audience.people, group: audience.group(), channels: loads.map((load) => load.result()), answers };
};
