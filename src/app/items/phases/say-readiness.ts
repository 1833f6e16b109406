import type { Understood } from '../../../domain/command/intent.ts';
import type { Notice } from '../../../domain/escalation/notice.ts';
import { isOfBody, isOfOffice } from '../../../domain/items/item-people.ts';
import { readinessOf, type Readiness } from '../../../domain/items/readiness.ts';
import { fill } from '../../../messages/catalogue.ts';
import { phaseTextsFor, type PhaseTexts } from '../../../messages/phase-texts.ts';
import { nameOf, reply, type Turn } from '../../acts/speaker.ts';
import type { World } from '../../world.ts';
import type { Board } from '../board.ts';
import { sayRefused } from '../chat/say-items.ts';

/** How ready units are before the inspection arrives: the office sees all, a unit's own people their own. */

const mostRows = 20;

export const readinessLine = (world: World, { unitId, done, of, missing }: Readiness, texts: PhaseTexts): string => {
  const values = { unit: nameOf(world, unitId), done: String(done), of: String(of) };
  if (missing.length === 0) return fill(texts.readiness.complete, values) ?? '';
  return fill(texts.readiness.row, { ...values, missing: missing.map((need) => texts.needs[need]).join(texts.comma) }) ?? '';
};

/** What is missing most comes first; units that miss the same share keep the organisation's order. */
const byCompleteness = (one: Readiness, other: Readiness): number => one.done / one.of - other.done / other.of;

export const readinessTable = (world: World, all: readonly Readiness[], texts: PhaseTexts): readonly string[] => {
  const { heading, none, more } = texts.readiness;
  if (all.length === 0) return [none];
  const complete = all.filter(({ missing }) => missing.length === 0).length;
  const rows = all.toSorted(byCompleteness).map((one) => readinessLine(world, one, texts));
  const left = rows.length - mostRows;
  return [
    ...(all.length > 1 ? [fill(heading, { count: String(all.length), complete: String(complete) }) ?? ''] : []),
    ...rows.slice(0, mostRows),
    ...(left > 0 ? [fill(more, { count: String(left) }) ?? ''] : []),
  ];
};

export const sayReadiness = async (turn: Turn, said: Understood, board: Board): Promise<readonly Notice[]> => {
  const { world, person, change } = turn;
  const named = (said.units ?? []).map(({ id }) => id);
  const isOffice = isOfOffice(world.directory, person.id, change.now);
  const mayKnow = (unitId: string) => isOffice || isOfBody(world.directory, person.id, unitId, change.now);
  const all = readinessOf(world.directory, await board.read(), change.now);
  const asked = all.filter(({ unitId }) => named.length === 0 || named.includes(unitId));
  const known = asked.filter(({ unitId }) => mayKnow(unitId));
  if (known.length === 0 && asked.length > 0) return [sayRefused(turn, 'notForYou')];
  return [reply(turn, 'reply.readiness', { lines: readinessTable(world, known, phaseTextsFor(turn.message.locale)) })];
};
