import type { Notice } from '../../domain/escalation/notice.ts';
import type { HandoverRefusal } from '../../domain/handover/decide-handover.ts';
import type { Handover } from '../../domain/handover/handover.ts';
import { decideShiftNote, evolveShiftNotes, shiftNotesIdOf, type ShiftNotes } from '../../domain/handover/shift-notes.ts';
import { holdersAt, shiftAt } from '../../domain/organisation/directory.ts';
import { fill } from '../../messages/catalogue.ts';
import { handoverTextsFor } from '../../messages/handover-texts.ts';
import { nameOf, reply, type Turn } from '../acts/speaker.ts';
import { put, readInto } from '../change.ts';
import { dateTimeOf } from '../notices/render-items.ts';
import { needsHandovers } from '../world.ts';
import { actOnHandover, notableBy } from './act-on-handover.ts';
import { refuseHandover } from './refuse-handover.ts';
import { notedLines, summaryOf } from './say-handover.ts';
import { handoversId } from './waiting.ts';

/** Notes for whoever comes: in a handover that has begun, or kept at the post until there is one. */

/** Posts that the speaker stands now, as an officer or as the leader of the shift. */
const postsHeld = ({ world, person, change }: Turn): readonly string[] =>
  (world.directory.postsOf.get(person.id) ?? []).filter((postId) =>
    holdersAt(world.directory, postId, change.now).some(({ personId }) => personId === person.id),
  );

const readKept = async ({ world, change }: Turn, postId: string): Promise<ShiftNotes> => {
  const id = shiftNotesIdOf(postId);
  if (!change.entries.has(id)) readInto(change, id, (await world.store.load([id]))[0]);
  const aggregate = change.entries.get(id)?.aggregate;
  return aggregate?.type === 'shiftNotes' ? aggregate.state : { postId, notes: [] };
};

const keep = async (turn: Turn, postId: string, text: string): Promise<ShiftNotes | HandoverRefusal> => {
  const { world, change, person, message } = turn;
  const kept = await readKept(turn, postId);
  const { events, refusal } = decideShiftNote(kept, { personId: person.id, channel: message.channel, text }, change.now);
  if (refusal) return refusal;
  let state: ShiftNotes | undefined = kept;
  for (const event of events) state = evolveShiftNotes(state, event);
  change.events.push(...events);
  put(change, shiftNotesIdOf(postId), { type: 'shiftNotes', state: state! }, null);
  // A handover that begins meanwhile would take the notes without this one, and leave it for the shift after.
  change.reads.set(handoversId, world.handovers.stored?.version ?? 0);
  return state!;
};

/** Says one thing to whoever takes over; `isMeant`: of the handovers that have begun only these. */
export const noteFor = async (turn: Turn, text: string, isMeant?: (one: Handover) => boolean): Promise<readonly Notice[]> => {
  const { world, person, message, change } = turn;
  const texts = handoverTextsFor(message.locale);
  const begun = notableBy(world, person.id, change.now).filter((one) => isMeant?.(one) ?? true);
  const lines: string[] = [];
  let refusal: HandoverRefusal | undefined;
  for (const { id } of begun) {
    const outcome = await actOnHandover(turn, id, { type: 'note', personId: person.id, channel: message.channel, text });
    if (typeof outcome === 'string') refusal = outcome;
    else lines.push(summaryOf(world, outcome, message.locale), ...notedLines(world, outcome.notes, false, texts));
  }
  // A card of a handover that is over by now is as good a place to leave a word for the next.
  const isBegun = (postId: string): boolean => begun.some((one) => one.postId === postId);
  const alone = begun.length > 0 && isMeant ? [] : postsHeld(turn).filter((postId) => !isBegun(postId));
  if (alone.length > 0 && !needsHandovers(world)) return [refuseHandover(turn, 'noteNotKept')];
  for (const postId of alone) {
    const outcome = await keep(turn, postId, text);
    if (typeof outcome === 'string') refusal = outcome;
    else lines.push(nameOf(world, postId), ...notedLines(world, outcome.notes, true, texts));
  }
  return lines.length === 0 ? [refuseHandover(turn, refusal ?? 'noteNotHeld')] : [reply(turn, 'reply.handoverNoted', { lines })];
};

/** What is kept at the posts that the speaker stands, with room for more; undefined for whoever stands none. */
export const showKept = async (turn: Turn): Promise<readonly Notice[] | undefined> => {
  const { world, message, change } = turn;
  const texts = handoverTextsFor(message.locale);
  const lines: string[] = [];
  for (const postId of needsHandovers(world) ? postsHeld(turn) : []) {
    const until = shiftAt(world.directory, postId, change.now)?.to;
    const at = until === undefined ? undefined : dateTimeOf(world, until);
    const { notes } = await readKept(turn, postId);
    lines.push(fill(texts.lines.standing, { post: nameOf(world, postId), at }) ?? nameOf(world, postId));
    if (notes.length > 0) lines.push(...notedLines(world, notes, true, texts));
  }
  return lines.length === 0 ? undefined : [reply(turn, 'reply.handoverShown', { lines, side: 'outgoing' })];
};
