import { testAt } from '../../domain/ahead/plan-ahead.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { aheadTextsFor } from '../../messages/ahead-texts.ts';
import { nameOf, readObligation, reply, type Turn } from '../acts/speaker.ts';
import { decideIn } from '../change.ts';
import { put } from '../roster-change/change-card.ts';
import { aheadPlanOf, aheadRulesOf } from './plan-for.ts';
import { fromText, startOfTest } from './say-ahead.ts';
import { aheadId } from './tell-ahead.ts';

/** Signs of life ahead of a first shift: any message of theirs is one. */

const openTest = async (turn: Turn): Promise<Obligation | undefined> => {
  const { world, person, change } = turn;
  const comings = (aheadPlanOf(world).comings.get(person.id) ?? []).filter(({ from }) => from > change.now);
  if (comings.length === 0) return undefined;
  // Most people are not tested at the moment: that is known without looking.
  const rules = aheadRulesOf(world);
  const isTested = comings.some((coming) => (testAt(rules, coming) ?? Number.POSITIVE_INFINITY) <= change.now);
  if (!isTested) return undefined;
  const [stored] = await world.store.load([aheadId]);
  const test = stored?.aggregate.type === 'ahead' ? stored.aggregate.state.tests[person.id] : undefined;
  const o = test && (await readObligation(turn, test.obligationId));
  return o && !isEnded(o) ? o : undefined;
};

/** Answers the speaker's own test, where one is open; what is said of it in return. */
export const answerTest = async (turn: Turn): Promise<{ readonly obligationId: string; readonly notice: Notice } | undefined> => {
  const o = await openTest(turn);
  if (!o) return undefined;
  const { world, change, person, message } = turn;
  if (decideIn(world, change, o.id, { type: 'answer', personId: person.id, channel: message.channel }) !== undefined) return undefined;
  const line = put(aheadTextsFor(message.locale).reached, { from: fromText(world, startOfTest(o), message.locale) });
  return { obligationId: o.id, notice: reply(turn, 'reply.reached', { lines: [line] }) };
};

/** Buttons of a test and of the list of the unreachable; undefined for one that is about something else. */
export const pressAhead = async (turn: Turn, value: unknown): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, obligationId } = value as { readonly [key: string]: unknown };
  // Whoever presses it has given the sign of life with the press itself.
  if (action === 'confirmReach') return [reply(turn, 'reply.nothingOpen')];
  if (action !== 'testCalled') return undefined;
  const { world, person, change, message } = turn;
  if (!isOfOffice(world.directory, person.id, change.now)) return [reply(turn, 'reply.refused', { reason: 'wrongRole' })];
  const o = typeof obligationId === 'string' ? await readObligation(turn, obligationId) : undefined;
  if (o?.kind !== 'reachTest') return [reply(turn, 'reply.refused', { reason: 'unknown' })];
  const refusal = decideIn(world, change, o.id, { type: 'answer', personId: person.id, channel: message.channel });
  if (refusal !== undefined) return [reply(turn, 'reply.refused', { reason: refusal })];
  const texts = aheadTextsFor(message.locale);
  return [reply(turn, 'reply.reached', { lines: [put(texts.calledRecorded, { person: nameOf(world, o.subject) })] })];
};
