import type { Notice } from '../../domain/escalation/notice.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { textOfTouched, undoneRoster, undoRefusal } from '../../domain/roster-change/applied-change.ts';
import { findDoubled } from '../../domain/roster-change/find-doubled.ts';
import { shiftDifferences } from '../../domain/roster-change/shift-differences.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import type { Turn } from '../acts/speaker.ts';
import { put as putInto, readInto } from '../change.ts';
import { restoredEvents } from '../contact/campaign-events.ts';
import { rulesText } from '../shift-change/say-duty.ts';
import { tellPeople } from './apply-sentence.ts';
import { put, refuseChange, sayCard, textsOf } from './change-card.ts';
import { differenceLines } from './say-differences.ts';

/** Takes a change of the roster back, until its first shift starts. */
export const undoRosterChange = async (turn: Turn, changeId: unknown): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  if (typeof changeId !== 'string' || !changeId.startsWith('u')) return refuseChange(turn, 'over');
  const [stored] = await world.store.load([changeId]);
  if (stored?.aggregate.type !== 'applied') return refuseChange(turn, 'undone');
  const applied = stored.aggregate.state;
  const mayUndo = applied.by === person.id || isOfOffice(world.directory, person.id, change.now);
  if (!mayUndo) return refuseChange(turn, 'notYours');
  const { planned, organisation } = world.directory;
  const refusal = undoRefusal(applied, world.secrets.sha256(textOfTouched(planned, applied)), change.now);
  if (refusal) return refuseChange(turn, refusal);
  const roster = undoneRoster(planned, applied);
  // Whoever was relieved by it may have been put somewhere else since.
  const doubled = findDoubled(planned, roster, change.now);
  if (doubled.length > 0) return refuseChange(turn, 'broken', { rules: rulesText(world, doubled, shiftChangeTextsFor(message.locale)) });
  change.campaign = { organisation, roster };
  const { before, overrideIds } = applied;
  const events = before
    ? restoredEvents(before, roster.version, change.now)
    : [{ at: change.now, event: 'RosterOverridden' as const, data: { version: roster.version, added: [], removed: overrideIds } }];
  change.events.push(...events.map((event) => ({ ...event, actor: person.id, channel: message.channel })));
  const told = tellPeople(turn, planned, roster, organisation);
  readInto(change, changeId, stored);
  putInto(change, changeId, null, null);
  const { lastAct, ...rest } = await readDialogue(turn);
  if (lastAct?.obligationIds.includes(changeId)) writeDialogue(turn, rest);
  const texts = textsOf(turn);
  return sayCard(turn, {
    heading: texts.headings.undone,
    lines: [...differenceLines(turn, shiftDifferences(planned, roster, change.now)), put(texts.lines.told, { count: told })],
  });
};

/** The word alone takes back what this speaker did last, where that was a change of the roster. */
export const undoByWord = async (turn: Turn): Promise<readonly Notice[] | undefined> => {
  const { lastAct } = await readDialogue(turn);
  return lastAct?.kind === 'roster' ? undoRosterChange(turn, lastAct.obligationIds[0]) : undefined;
};
