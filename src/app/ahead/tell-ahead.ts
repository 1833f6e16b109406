import { answeredIn, type AheadState, type ReachTest } from '../../domain/ahead/ahead-state.ts';
import { afterQuiet, dueAhead, testDeadline, type DueAhead } from '../../domain/ahead/plan-ahead.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { itemObligationId, type OpenClockCommand } from '../../domain/escalation/decide.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import { aheadTextsFor } from '../../messages/ahead-texts.ts';
import { beginChange, decideIn, obligationIn, openIn, put as putInto, readInto, toTransition, type Change } from '../change.ts';
import { readAll } from '../items/change-item.ts';
import { put } from '../roster-change/change-card.ts';
import type { World } from '../world.ts';
import { listUnreachable } from './list-unreachable.ts';
import { aheadPlanOf, aheadRulesOf } from './plan-for.ts';
import { dutyText } from './say-ahead.ts';

/** The id of what has been said ahead of shifts, of which there is one. */
export const aheadId = 's';

/** People whom one commit speaks to. */
const chunkSize = 100;
const mostChunks = 1_000;
const mostLines = 6;
/** A roster of more posts than these is no bureau's: working out who comes when would keep everything else waiting. */
const mostPosts = 10_000;

/** Until when this process knows that there is nothing to do, with the campaign that it knows it of, and when it looked last. */
const idle = new WeakMap<World, { readonly version: number; readonly untilAt: number; readonly lookedAt: number }>();

const firstState = (world: World, now: number): AheadState => ({
  // Before the campaign everybody counts; once it is in force, people are asked on post anyway.
  throughAt: now < world.settings.fromAt ? 0 : now,
  version: now < world.settings.fromAt ? -1 : world.campaignVersion,
  tests: {},
});

const readState = async (world: World, change: Change): Promise<AheadState> => {
  const [stored] = await world.store.load([aheadId]);
  readInto(change, aheadId, stored);
  return stored?.aggregate.type === 'ahead' ? stored.aggregate.state : firstState(world, change.now);
};

/**
 * Reminds people of their shifts, tests who stands one for the first time, and lists to the office who cannot be reached.
 * Called as often as one likes, on every instance: what was said stands in one state, by compare-and-set.
 */
export const tellAhead = async (world: World): Promise<void> => {
  for (let chunks = 0; chunks < mostChunks; chunks += 1) if (!(await tellOnce(world))) return;
};

/** One commit; whether there is more to say at once. */
const tellOnce = async (world: World): Promise<boolean> => {
  const now = world.clock.now();
  const known = idle.get(world);
  if (world.campaignVersion <= 0 || world.directory.roster.posts.length > mostPosts) return false;
  if (known?.version === world.campaignVersion && now < known.untilAt) {
    idle.set(world, { ...known, lookedAt: now });
    return false;
  }
  const change = beginChange(world, now);
  const read = await readState(world, change);
  // Whoever comes by a change of the roster is told of that: what would have been said before it is not made up for.
  const before = known === undefined || read.cursor ? read : { ...read, throughAt: Math.max(read.throughAt, known.lookedAt) };
  const spoken = await speak(world, change, before);
  if (spoken === undefined) return false;
  const { state, isMore } = spoken;
  putInto(change, aheadId, { type: 'ahead', state }, null);
  if (isNews(read, state, change)) {
    const [result] = await world.store.commit([toTransition(change)], world.campaignVersion);
    if (result !== 'committed') return false;
  }
  if (!isMore) idle.set(world, { version: world.campaignVersion, untilAt: nextAt(world, state, now), lookedAt: now });
  return isMore;
};

const isNews = (before: AheadState, after: AheadState, { events, notices, entries }: Change): boolean =>
  events.length + notices.length > 0 ||
  entries.get(aheadId)?.read === null ||
  before.version !== after.version ||
  before.cursor !== after.cursor ||
  before.tests !== after.tests;

const nextAt = (world: World, { tests }: AheadState, now: number): number => {
  const { instants } = aheadPlanOf(world);
  const due = instants.find((at) => at > now) ?? Number.POSITIVE_INFINITY;
  const limits = Object.values(tests).flatMap(({ from, deadlineAt, isSettled }) => [from, ...(isSettled ? [] : [deadlineAt])]);
  return Math.min(due, ...limits.filter((at) => at > now));
};

type Look = { readonly sinceAt: number; readonly now: number; readonly isWhole: boolean };

const speak = async (
  world: World,
  change: Change,
  before: AheadState,
): Promise<{ readonly state: AheadState; readonly isMore: boolean } | undefined> => {
  const { cursor } = before;
  const isWhole = cursor?.isWhole ?? before.version !== world.campaignVersion;
  const look: Look = { sinceAt: before.throughAt, now: change.now, isWhole };
  const due = dueNow(world, before, look);
  if (isHeldByNight(world, due, change.now)) return undefined;
  const waiting = due.filter(({ personId }) => cursor === undefined || personId > cursor.after);
  const chunk = waiting.slice(0, chunkSize);
  const isMore = waiting.length > chunk.length;
  // First what was asked before: a test that takes the place of another must not leave that one open, nor its answer forgotten.
  const settled = await settleTests(world, change, before.tests, new Set(chunk.flatMap(({ personId, test }) => (test ? [personId] : []))));
  const opened = await sayTo(world, change, chunk, settled);
  const tests = Object.keys(opened).length > 0 ? { ...settled, ...opened } : settled;
  if (isMore) {
    const next = { now: change.now, after: chunk.at(-1)!.personId, isWhole, version: world.campaignVersion };
    return { state: { ...before, tests, cursor: next }, isMore };
  }
  const { cursor: _, ...rest } = before;
  return { state: { ...rest, throughAt: change.now, version: world.campaignVersion, tests }, isMore: false };
};

const dueNow = (world: World, { tests }: AheadState, look: Look): readonly DueAhead[] => {
  const { comings, people, instants } = aheadPlanOf(world);
  if (!look.isWhole && !instants.some((at) => look.sinceAt < at && at <= look.now)) return [];
  const rules = aheadRulesOf(world);
  return people.flatMap((personId) => {
    if (world.directory.people.get(personId)?.isDisabled) return [];
    return dueAhead(rules, comings.get(personId) ?? [], tests, look) ?? [];
  });
};

/** What was missed is not made up for at night, unless somebody's shift begins before the morning. */
const isHeldByNight = (world: World, due: readonly DueAhead[], now: number): boolean => {
  const morning = afterQuiet(aheadRulesOf(world), now);
  if (morning === now || due.length === 0) return false;
  return !due.some(({ test, reminds }) => [...reminds, ...(test ? [test] : [])].some(({ from }) => from <= morning));
};

const openingOf = (world: World, { personId, test }: DueAhead, now: number): OpenClockCommand | undefined => {
  const deadlineAt = test && testDeadline(aheadRulesOf(world), test, now);
  return test && deadlineAt !== undefined
    ? {
        type: 'open',
        kind: 'reachTest',
        subject: personId,
        policy: 'reachTest',
        cause: 'firstShift',
        itemId: `s${personId}`,
        key: test.from.toString(36),
        deadlineAt,
      }
    : undefined;
};

const sayTo = async (
  world: World,
  change: Change,
  due: readonly DueAhead[],
  before: AheadState['tests'],
): Promise<{ readonly [personId: string]: ReachTest }> => {
  const opened: Record<string, ReachTest> = {};
  const openings = due.map((one) => openingOf(world, one, change.now));
  // A shift that was taken away and is given again is tested under the same name, which may not be forgotten yet.
  await readAll(
    world,
    change,
    openings.flatMap((one) => (one ? [itemObligationId(one.itemId, one)] : [])),
  );
  const reminded: string[] = [];
  for (const [index, { personId, test, reminds }] of due.entries()) {
    const opening = openings[index];
    if (test && opening) {
      const obligationId = openIn(world, change, opening);
      const { deadlineAt } = opening;
      const answeredFor = answeredIn(before[personId]).filter((from) => from > change.now);
      opened[personId] = { from: test.from, deadlineAt, obligationId, ...(answeredFor.length > 0 ? { answeredFor } : {}) };
    }
    if (reminds.length === 0) continue;
    reminded.push(personId);
    change.notices.push(remindOf(world, change.now, personId, reminds));
  }
  if (reminded.length > 0) change.events.push({ at: change.now, event: 'ShiftsReminded', data: { people: reminded } });
  return opened;
};

const remindOf = (world: World, now: number, to: string, comings: DueAhead['reminds']): Notice => {
  const texts = aheadTextsFor(undefined);
  const lines = comings.slice(0, mostLines).map((coming) => put(texts.remind, { duty: dutyText(world, coming, undefined) }));
  const rest = comings.length - lines.length;
  const more = rest > 0 ? [put(texts.remindMore, { count: rest })] : [];
  return { to, via: 'card', template: 'ahead.shifts', params: { lines: [...lines, ...more] }, decidedAt: now };
};

/** Tests whose shift has begun or is no longer theirs are over, and those of people whose first shift is another now; those past their limit are listed once. */
const settleTests = async (
  world: World,
  change: Change,
  tests: AheadState['tests'],
  retested: ReadonlySet<string>,
): Promise<AheadState['tests']> => {
  const { comings } = aheadPlanOf(world);
  const isOver = (personId: string, { from, isAnswered }: ReachTest): boolean =>
    from <= change.now ||
    (!isAnswered && (retested.has(personId) || !(comings.get(personId) ?? []).some((coming) => coming.from === from)));
  const all = Object.entries(tests);
  const over = all.filter(([personId, test]) => isOver(personId, test));
  const late = all.filter(([personId, test]) => !isOver(personId, test) && test.deadlineAt <= change.now && !test.isSettled);
  if (over.length + late.length === 0) return tests;
  const ids = [...over, ...late].map(([, { obligationId }]) => obligationId).filter((id) => !change.entries.has(id));
  const found = await world.store.load(ids);
  for (const [index, id] of ids.entries()) if (found[index]) readInto(change, id, found[index]);
  for (const [, { obligationId }] of over) {
    const o = obligationIn(change, obligationId);
    if (o && !isEnded(o)) decideIn(world, change, obligationId, { type: 'withdraw', reason: 'notWatched' });
  }
  const silent = late.flatMap(([personId, test]) => {
    const o = obligationIn(change, test.obligationId);
    return o && !isEnded(o) ? [{ personId, from: test.from, o }] : [];
  });
  listUnreachable(world, change, silent);
  // One that is forgotten was answered: what is withdrawn leaves this state in the same commit.
  const isAnswered = ({ from, obligationId }: ReachTest): boolean =>
    from > change.now && (obligationIn(change, obligationId)?.status ?? 'answered') === 'answered';
  const kept = new Set(over.flatMap(([personId, test]) => (isAnswered(test) ? [personId] : [])));
  const gone = new Set(over.flatMap(([personId]) => (kept.has(personId) ? [] : [personId])));
  const settled = new Set(late.map(([personId]) => personId));
  return Object.fromEntries(
    all.flatMap(([personId, test]) =>
      gone.has(personId)
        ? []
        : [
            [
              personId,
              {
                ...test,
                ...(settled.has(personId) ? { isSettled: true as const } : {}),
                ...(kept.has(personId) ? { isAnswered: true as const } : {}),
              },
            ],
          ],
    ),
  );
};
