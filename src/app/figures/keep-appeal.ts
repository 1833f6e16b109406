import { itemObligationId } from '../../domain/escalation/decide.ts';
import { resolveRole } from '../../domain/escalation/resolve.ts';
import {
  appealIdOf,
  askedEvent,
  clockOfAppeal,
  decideAppeal,
  dueOfAppeal,
  evolveAppeal,
  isStanding,
  mayWithdraw,
  withdrawAppeal,
  type Appeal,
  type AppealRefusal,
} from '../../domain/figures/appeal.ts';
import type { Appealable } from '../../domain/figures/fold-checks.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { addDays, instantOf, localDay } from '../../domain/local-time.ts';
import { officePeople, type Directory } from '../../domain/organisation/directory.ts';
import { isInTerm } from '../../domain/organisation/terms.ts';
import { decideIn, openIn, put, type Change } from '../change.ts';
import { readAll } from '../items/change-item.ts';
import { unitsOfPerson } from '../roster/answer-query.ts';
import type { World } from '../world.ts';
import type { ReadFigures } from './read-figures.ts';

/** An appeal waits for the office like everything else: with a clock, and with an end. The chat and the API come through here. */

/** Whoever speaks: nobody known where a program does. */
export type Speaker = { readonly personId?: string; readonly channel: string };

/** Whose appeals somebody may bring: those of some units and groups, or everybody's. */
export type Bodies = 'all' | ReadonlySet<string>;

/** Units that somebody belongs to or stands a post of, and the working groups that they are of. */
export const bodiesOfPerson = (directory: Directory, personId: string, now: number): ReadonlySet<string> => {
  const appointed = (directory.appointmentsOf.get(personId) ?? []).filter((one) => isInTerm(one, now));
  return new Set([...unitsOfPerson(directory, personId, now), ...appointed.map(({ of }) => of)]);
};

const reachDays = 15;
/** How long the office has where the campaign says nothing else. */
const usualWithinMs = 24 * 3_600_000;
export const mostReasonLetters = 500;

/** What counts against the units meant, of the last two weeks, the newest first. The same figures serve everybody all day long. */
export const readAppealable = async (
  { settings: { timeZone } }: Pick<World, 'settings'>,
  now: number,
  read: ReadFigures,
  bodies: Bodies,
): Promise<readonly Appealable[]> => {
  const { date, endAt } = localDay(timeZone, now);
  const ask = { fromAt: instantOf(timeZone, addDays(date, -reachDays), 0), toAt: endAt, unitIds: [] };
  const { appealable } = (await read(ask)).figures;
  return appealable.filter(({ bodyId }) => bodies === 'all' || bodies.has(bodyId));
};

const appealIn = (change: Change, id: string): Appeal | undefined => {
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'appeal' ? aggregate.state : undefined;
};

/** As it stands now; undefined where there never was one. */
export const readAppeal = async (world: World, change: Change, id: string): Promise<Appeal | undefined> => {
  await readAll(world, change, [id]);
  return appealIn(change, id);
};

/** The obligation by which the office owes its word. */
export const wordIdOf = (appeal: Appeal): string => itemObligationId(appeal.id, clockOfAppeal(appeal));

const write = (change: Change, event: LedgerEvent): Appeal => {
  const state = evolveAppeal(appealIn(change, event.itemId!), event)!;
  change.events.push(event);
  put(change, state.id, { type: 'appeal', state }, null);
  return state;
};

export type Asked = { readonly appeal: Appeal; readonly isNew: boolean };

/** Undefined where the check does not count against any of the bodies, or no longer. */
export const askAppeal = async (
  world: World,
  change: Change,
  read: ReadFigures,
  { checkId, reason, bodies }: { readonly checkId: string; readonly reason: string; readonly bodies: Bodies },
  by: Speaker,
): Promise<Asked | undefined> => {
  const id = appealIdOf(checkId);
  const known = await readAppeal(world, change, id);
  if (isStanding(known)) return bodies === 'all' || bodies.has(known.bodyId) ? { appeal: known, isNew: false } : undefined;
  const one = (await readAppealable(world, change.now, read, bodies)).find(({ obligationId }) => obligationId === checkId);
  if (!one) return undefined;
  const { bodyId, openedAt, category } = one;
  const dueAt = dueOfAppeal(known, change.now, world.settings.appealWithinMs ?? usualWithinMs);
  const appeal = write(change, askedEvent({ checkId, bodyId, openedAt, category, at: change.now, dueAt, reason }, by));
  await readAll(world, change, [wordIdOf(appeal)]);
  const opened = { type: 'open', ...clockOfAppeal(appeal), cause: 'appeal', itemId: id } as const;
  openIn(world, change, by.personId === undefined ? opened : { ...opened, openedBy: by.personId });
  return { appeal, isNew: true };
};

export type Verdict = { readonly verdict: 'upheld' | 'rejected'; readonly reason: string };

/** Those who hear of its end: whoever appealed, and whoever speaks for the unit. */
const concernedBy = ({ directory }: World, { by, bodyId }: Appeal, now: number): readonly string[] => [
  ...new Set([...(by !== undefined && directory.people.has(by) ? [by] : []), ...resolveRole(directory, 'liaison', bodyId, now)]),
];

const tellEnd = (world: World, change: Change, appeal: Appeal, by: Speaker): void => {
  for (const to of concernedBy(world, appeal, change.now))
    if (to !== by.personId) change.notices.push({ to, via: 'card', template: 'appeal.decided', itemId: appeal.id, decidedAt: change.now });
};

/** Of two who decide, the first has decided, and the second is shown what. Undefined where there is no such appeal. */
export const settleAppeal = async (
  world: World,
  change: Change,
  id: string,
  said: Verdict,
  by: Speaker,
): Promise<{ readonly appeal: Appeal; readonly refusal?: AppealRefusal } | undefined> => {
  const appeal = await readAppeal(world, change, id);
  if (!appeal) return undefined;
  const isAlone = officePeople(world.directory, change.now).every((personId) => personId === by.personId);
  const decided = decideAppeal(appeal, { ...said, ...by, isAlone, at: change.now });
  if ('refusal' in decided) return { appeal, refusal: decided.refusal };
  const clockId = wordIdOf(appeal);
  await readAll(world, change, [clockId]);
  const settled = write(change, decided.event);
  decideIn(world, change, clockId, { type: 'answer', ...by });
  tellEnd(world, change, appeal, by);
  return { appeal: settled };
};

/** Undefined where there is none that they may take back. The office owes no word any more, and its cards say so. */
export const takeBackAppeal = async (
  world: World,
  change: Change,
  { id, bodies }: { readonly id: string; readonly bodies: Bodies },
  by: Speaker,
): Promise<{ readonly appeal: Appeal; readonly refusal?: 'decided' } | undefined> => {
  const appeal = await readAppeal(world, change, id);
  if (!appeal || !mayWithdraw(appeal, by.personId, bodies)) return undefined;
  const taken = withdrawAppeal(appeal, { ...by, at: change.now });
  if ('refusal' in taken) return { appeal, refusal: taken.refusal };
  if (taken.event === undefined) return { appeal };
  const clockId = wordIdOf(appeal);
  await readAll(world, change, [clockId]);
  const withdrawn = write(change, taken.event);
  const reason = 'appealWithdrawn';
  decideIn(world, change, clockId, { type: 'withdraw', reason, ...(by.personId === undefined ? {} : { personId: by.personId }) });
  tellEnd(world, change, appeal, by);
  return { appeal: withdrawn };
};
