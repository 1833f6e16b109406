import type { Notice } from '../../domain/escalation/notice.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import { textOfTouched, type AppliedChange } from '../../domain/roster-change/applied-change.ts';
import type { Roster } from '../../domain/roster/roster.ts';
import { leftOf } from '../../domain/shift-change/duty-request.ts';
import { overridesOf, type Proposal } from '../../domain/shift-change/to-overrides.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import { readDialogue, writeDialogue } from '../acts/dialogue.ts';
import type { Turn } from '../acts/speaker.ts';
import { put as putInto } from '../change.ts';
import { tellChanges } from '../roster/tell-changes.ts';
import { instantText } from '../shift-change/say-duty.ts';
import { changeButton, put, sayCard, textsOf } from './change-card.ts';

/** What a change came to: kept as long as it can be undone, told to everybody for whom it changes something. */

/** The same person may change two things in one millisecond of a fast clock: the second finds another id. */
export const changeIdOf = (personId: string, now: number, version: number): string => `u${personId}.${now.toString(36)}.${version}`;

/** Tells people what another roster changes for them; how many. */
export const tellPeople = (turn: Turn, before: Roster, after: Roster, organisation: Organisation): number => {
  const { world, change, person } = turn;
  const told = tellChanges(before, after, organisation, world.settings.timeZone, change.now);
  change.notices.push(...told.filter(({ to }) => to !== person.id));
  return told.filter(({ to }) => to !== person.id).length;
};

/** Keeps what it takes to undo a change, and says so on the card of the one who made it. */
export const keepUndoable = async (
  turn: Turn,
  applied: Omit<AppliedChange, 'left' | 'by' | 'at'>,
  after: Roster,
): Promise<AppliedChange | undefined> => {
  const { world, change, person } = turn;
  if (applied.firstStartAt <= change.now) return undefined;
  const left = world.secrets.sha256(textOfTouched(after, applied));
  const state: AppliedChange = { ...applied, by: person.id, at: change.now, left };
  putInto(change, state.id, { type: 'applied', state }, state.firstStartAt);
  writeDialogue(turn, { ...(await readDialogue(turn)), lastAct: { kind: 'roster', obligationIds: [state.id], at: change.now } });
  return state;
};

/** How it ended: whom it was said to, and until when it can be undone. */
export const sayApplied = (
  turn: Turn,
  heading: string,
  lines: readonly string[],
  told: number,
  kept: AppliedChange | undefined,
): readonly Notice[] => {
  const texts = textsOf(turn);
  const words = shiftChangeTextsFor(turn.message.locale);
  return sayCard(turn, {
    heading,
    lines: [
      ...lines,
      put(texts.lines.told, { count: told }),
      kept ? put(texts.lines.undoUntil, { at: instantText(turn.world, kept.firstStartAt, words) }) : texts.lines.noUndo,
    ],
    buttons: kept ? [changeButton(texts.buttons.undo, { action: 'undoRosterChange', changeId: kept.id })] : [],
  });
};

/** Puts one person in the place of another, on top of the plan. */
export const applySentence = async (
  turn: Turn,
  proposal: Proposal,
  lines: readonly string[],
  heading: string,
): Promise<readonly Notice[]> => {
  const { world, change, person, message } = turn;
  const { organisation, planned } = world.directory;
  const id = changeIdOf(person.id, change.now, planned.version + 1);
  const added = overridesOf(`v${id}`, proposal, [], change.now);
  const version = planned.version + 1;
  const roster: Roster = { ...planned, version, overrides: [...(planned.overrides ?? []), ...added] };
  change.campaign = { organisation, roster };
  const data = { version, added: added.map((one) => ({ ...one })), removed: [] };
  change.events.push({ at: change.now, event: 'RosterOverridden', actor: person.id, channel: message.channel, data });
  const told = tellPeople(turn, planned, roster, organisation);
  const touched = leftOf(proposal.gives, change.now).map(({ postId, from, to }) => ({ postId, from, to }));
  const firstStartAt = Math.min(...proposal.gives.map(({ from }) => from));
  const kept = await keepUndoable(turn, { id, touched, firstStartAt, overrideIds: added.map((one) => one.id) }, roster);
  return sayApplied(turn, heading, lines, told, kept);
};
