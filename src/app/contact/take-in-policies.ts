import type { CampaignSettings } from '../../domain/campaign.ts';
import { adoptPolicy } from '../../domain/escalation/fire.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Policy } from '../../domain/escalation/policy.ts';
import type { Calendar, Stored } from '../../ports/store.ts';
import { applyAll, beginChange, putAgain, readInto, toTransition, type Change } from '../change.ts';
import { calendarId, refreshWorld, type World } from '../world.ts';

type Policies = Calendar['policies'];

const mostTries = 8;

/**
 * At the start of the service, and where the page has changed the campaign: obligations that were planned by other ladders
 * are planned anew. Until it has been through with all of them the earlier ladders are remembered, so that a crash repeats
 * it. Answers whether it has; somebody else may keep changing what it stands on.
 */
export const takeInPolicies = async (world: World): Promise<boolean> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (await takeIn(world)) return true;
    await refreshWorld(world);
  }
  return false;
};

const takeIn = async (world: World): Promise<boolean> => {
  const [stored] = await world.store.load([calendarId]);
  if (stored?.aggregate.type !== 'calendar') return true;
  const calendar = stored.aggregate.state;
  const { policies } = world.settings;
  if (JSON.stringify(calendar.policies) === JSON.stringify(policies)) return true;
  if (calendar.policies !== undefined && !(await planAll(world, calendar.policies))) return false;
  const next: Calendar = { ...calendar, policies };
  const write = { id: calendarId, expected: stored.version, aggregate: { type: 'calendar', state: next }, dueAt: null } as const;
  const [result] = await world.store.commit([{ writes: [write], events: [], notices: [] }], world.campaignVersion);
  return result === 'committed' && policies === world.settings.policies;
};

/** Answers whether all of them are: nobody has decided anything about one of them meanwhile, and the campaign is the same. */
const planAll = async (world: World, before: Policies): Promise<boolean> => {
  let isWhole = true;
  for (let cursor: string | null = '0'; cursor !== null;) {
    const page: Awaited<ReturnType<World['store']['scan']>> = await world.store.scan('obligation', cursor);
    cursor = page.cursor;
    const transitions = page.items.flatMap((one) => planOne(world, one, before) ?? []);
    const results = transitions.length === 0 ? [] : await world.store.commit(transitions, world.campaignVersion);
    isWhole &&= results.every((result) => result === 'committed');
  }
  return isWhole;
};

const planOne = (world: World, stored: Stored, before: Policies) => {
  if (stored.aggregate.type !== 'obligation' || isEnded(stored.aggregate.state)) return undefined;
  const change = beginChange(world, world.clock.now());
  readInto(change, stored.id, stored);
  if (!adoptIn(world, change, stored.aggregate.state, before)) return undefined;
  putAgain(change, stored.id);
  return toTransition(change);
};

/** When this process first saw ladders: what is to come then comes, however long it takes to plan everything anew. */
const seenAt = new WeakMap<CampaignSettings['policies'], number>();
// A cache of a pure function: it is asked of each obligation, and there are few ladders.
const compared = new WeakMap<Policy, { readonly after: Policy; readonly isSame: boolean }>();

const isSamePolicy = (before: Policy, after: Policy): boolean => {
  const known = compared.get(before);
  if (known?.after === after) return known.isSame;
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  compared.set(before, { after, isSame });
  return isSame;
};

/** Answers whether the obligation was planned by another ladder than the one that counts now; it goes on by this one. */
export const adoptIn = (world: World, change: Change, o: Obligation, policies: Policies): boolean => {
  const before = policies?.[o.policy];
  const after = change.context.policyOf(o.policy);
  if (before === undefined || isSamePolicy(before, after)) return false;
  const counting = world.settings.policies;
  const since = seenAt.get(counting) ?? change.now;
  seenAt.set(counting, since);
  applyAll(world, change, adoptPolicy(o, before, after, change.now, since));
  return true;
};
