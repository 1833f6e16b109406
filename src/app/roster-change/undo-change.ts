import type { Notice } from '../../domain/escalation/notice.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { shiftDifferences } from '../../domain/roster-change/shift-differences.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import type { Turn } from '../acts/speaker.ts';
import { put as putInto, readInto } from '../change.ts';
import { rulesText } from '../shift-change/say-duty.ts';
import { tellPeople } from './apply-sentence.ts';
import { put, refuseChange, sayCard, textsOf } from './change-card.ts';
import { differenceLines } from './say-differences.ts';
import { takeBack } from './take-back.ts';

/** Takes a change of the roster back, until its first shift starts. */
export const undoRosterChange = async (turn: Turn, changeId: unknown): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  if (typeof changeId !== 'string' || !changeId.startsWith('u')) return refuseChange(turn, 'over');
  const [stored] = await world.store.load([changeId]);
  // a contact list is taken back in the page alone
  if (stored?.aggregate.type !== 'applied' || stored.aggregate.state.contacts) return refuseChange(turn, 'undone');
  const applied = stored.aggregate.state;
  const mayUndo = applied.by === person.id || isOfOffice(world.directory, person.id, change.now);
  if (!mayUndo) return refuseChange(turn, 'notYours');
  const { planned, organisation } = world.directory;
  const taken = takeBack(planned, applied, world.secrets.sha256, change.now);
  if (!taken.ok && taken.why !== 'broken') return refuseChange(turn, taken.why);
  if (!taken.ok) return refuseChange(turn, 'broken', { rules: rulesText(world, taken.doubled, shiftChangeTextsFor(message.locale)) });
  const { roster, events } = taken;
  change.campaign = { organisation, roster };
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
