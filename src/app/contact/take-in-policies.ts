import { adoptPolicy } from '../../domain/escalation/fire.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { Calendar, Stored } from '../../ports/store.ts';
import { applyAll, beginChange, putAgain, readInto, toTransition } from '../change.ts';
import { calendarId, refreshWorld, type World } from '../world.ts';

/**
 * At the start of the service: obligations that were planned by the ladders of an earlier campaign file are planned
 * anew. Until it has been through with all of them the earlier ladders are remembered, so that a crash repeats it.
 */
export const takeInPolicies = async (world: World): Promise<number> => {
  const [stored] = await world.store.load([calendarId]);
  if (stored?.aggregate.type !== 'calendar') return 0;
  const calendar = stored.aggregate.state;
  const { policies } = world.settings;
  if (JSON.stringify(calendar.policies) === JSON.stringify(policies)) return 0;
  const planned = calendar.policies === undefined ? 0 : await planAll(world, calendar.policies);
  const next: Calendar = { ...calendar, policies };
  const write = { id: calendarId, expected: stored.version, aggregate: { type: 'calendar', state: next }, dueAt: null } as const;
  const [result] = await world.store.commit([{ writes: [write], events: [], notices: [] }], world.campaignVersion);
  if (result !== 'committed') await refreshWorld(world);
  return planned;
};

const planAll = async (world: World, before: NonNullable<Calendar['policies']>): Promise<number> => {
  let planned = 0;
  for (let cursor: string | null = '0'; cursor !== null;) {
    const page: Awaited<ReturnType<World['store']['scan']>> = await world.store.scan('obligation', cursor);
    cursor = page.cursor;
    const transitions = page.items.flatMap((one) => planOne(world, one, before) ?? []);
    const results = transitions.length === 0 ? [] : await world.store.commit(transitions, world.campaignVersion);
    planned += results.filter((result) => result === 'committed').length;
  }
  return planned;
};

const planOne = (world: World, stored: Stored, policies: NonNullable<Calendar['policies']>) => {
  if (stored.aggregate.type !== 'obligation' || isEnded(stored.aggregate.state)) return undefined;
  const o = stored.aggregate.state;
  const now = world.clock.now();
  const change = beginChange(world, now);
  const before = policies[o.policy];
  const after = change.context.policyOf(o.policy);
  if (before === undefined || JSON.stringify(before) === JSON.stringify(after)) return undefined;
  readInto(change, stored.id, stored);
  applyAll(world, change, adoptPolicy(o, before, after, now));
  putAgain(change, o.id);
  return toTransition(change);
};
