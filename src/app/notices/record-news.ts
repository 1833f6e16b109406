import type { Command } from '../../domain/escalation/decide.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isStoreAway } from '../../ports/fault.ts';
import type { Stored, Transition } from '../../ports/store.ts';
import { beginChange, decideIn, readInto, toTransition } from '../change.ts';
import { refreshWorld, watchIdOf, type World } from '../world.ts';

/** An answer and its confirmation, a step and a change of the roster may all come at once; more races than that are a fault. */
const mostRaces = 20;

/**
 * Delivery and failure change what a miss means, so they are decided like everything else: read anew and decided again
 * when somebody else was quicker, or when organisation or roster have moved on.
 */
const recordOn = async (world: World, obligationId: string, command: Command): Promise<void> => {
  for (let races = 0; races < mostRaces; races++) {
    const [stored] = await world.store.load([obligationId]);
    if (stored?.aggregate.type !== 'obligation') return;
    const now = world.clock.now();
    const change = beginChange(world, now);
    readInto(change, obligationId, stored);
    const watchId = watchIdOf(stored.aggregate.state.subject);
    const [watch] = await world.store.load([watchId]);
    if (watch) readInto(change, watchId, watch);
    if (decideIn(world, change, obligationId, command) !== undefined || change.events.length === 0) return;
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result === 'stale') await refreshWorld(world, true);
    else if (result !== 'conflict') return;
  }
  throw new Error(`what became of a notice lost ${mostRaces} races in a row`);
};

/** A channel says that the person has it: from now on silence is the person's. */
export const recordDelivered = (
  world: World,
  receipt: { readonly obligationId: string; readonly personId: string; readonly channel: string },
): Promise<void> => recordOn(world, receipt.obligationId, { type: 'deliver', personId: receipt.personId, channel: receipt.channel });

/** One that cannot be recorded keeps nobody else's from being recorded; a store that is away does. */
const tryRecordOn: typeof recordOn = async (world, obligationId, command) => {
  try {
    await recordOn(world, obligationId, command);
  } catch (error) {
    if (isStoreAway(error)) throw error;
    world.log.error({ obligationId, error: String(error) }, 'what became of a notice could not be recorded');
  }
};

/** What became of a notice that was told of an obligation. */
export type NoticeNews = { readonly obligationId: string; readonly command: Command };

/** What a commit takes without keeping others waiting. */
const chunkSize = 250;

/** One message may speak of thousands: they are read, decided and kept together, and only who loses a race goes alone. */
export const recordNews = async (world: World, news: readonly NoticeNews[]): Promise<void> => {
  const byObligation = [...Map.groupBy(news, ({ obligationId }) => obligationId)];
  for (let from = 0; from < byObligation.length; from += chunkSize) await recordChunk(world, byObligation.slice(from, from + chunkSize));
};

type OfOne = readonly [obligationId: string, news: readonly NoticeNews[]];

const recordChunk = async (world: World, chunk: readonly OfOne[]): Promise<void> => {
  const read = await readBoth(world, chunk);
  const [alone, decided]: [OfOne[], { readonly one: OfOne; readonly transition: Transition }[]] = [[], []];
  for (const one of chunk) {
    const [id, told] = one;
    const stored = read.get(id);
    if (stored?.aggregate.type !== 'obligation') continue;
    const change = beginChange(world, world.clock.now());
    readInto(change, id, stored);
    const watch = read.get(watchIdOf(stored.aggregate.state.subject));
    if (watch) readInto(change, watch.id, watch);
    try {
      for (const { command } of told) decideIn(world, change, id, command);
    } catch {
      alone.push(one);
      continue;
    }
    if (change.events.length > 0) decided.push({ one, transition: toTransition(change) });
  }
  const transitions = decided.map(({ transition }) => transition);
  const results = transitions.length === 0 ? [] : await world.store.commit(transitions, world.campaignVersion);
  for (const [index, { one }] of decided.entries()) if (results[index] === 'conflict' || results[index] === 'stale') alone.push(one);
  for (const [id, told] of alone) for (const { command } of told) await tryRecordOn(world, id, command);
};

/** Obligations, and the watches of those that they are about. */
const readBoth = async ({ store }: World, chunk: readonly OfOne[]): Promise<ReadonlyMap<string, Stored>> => {
  const obligations = (await store.load(chunk.map(([id]) => id))).filter((stored) => stored !== undefined);
  const subjects = obligations.flatMap(({ aggregate }) => (aggregate.type === 'obligation' ? [aggregate.state.subject] : []));
  const watches = await store.load([...new Set(subjects)].map(watchIdOf));
  return new Map([...obligations, ...watches.filter((stored) => stored !== undefined)].map((stored) => [stored.id, stored]));
};

/** Notices that nobody will try again, for a reason that is not a channel's: their obligations hear of it. */
export const recordUndelivered = (world: World, notices: readonly Notice[], code: string): Promise<void> =>
  recordNews(
    world,
    notices.flatMap(({ obligationId, stepNo, to }) =>
      obligationId === undefined || stepNo === undefined
        ? []
        : [{ obligationId, command: { type: 'fail', to, channel: 'none', code, stepNo } as const }],
    ),
  );
