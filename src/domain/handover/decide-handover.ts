import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import { acceptancesOf, effectiveAt, hasAccepted, isOver, type Handover } from './handover.ts';
import { newcomersOf, officersOf } from './relief.ts';

/** What people do with a handover. */
export type HandoverCommand =
  | { readonly type: 'accept'; readonly personId: PersonId; readonly channel: string }
  | { readonly type: 'note'; readonly personId: PersonId; readonly channel: string; readonly text: string }
  /** Whoever comes needs the others to stay a while longer. */
  | { readonly type: 'delay'; readonly personId: PersonId; readonly channel: string };

/** Why not. Each has a sentence in the catalogues. */
export type HandoverRefusal =
  | 'handoverOver'
  | 'handoverJoined'
  | 'handoverNone'
  | 'handoverOwn'
  | 'handoverLeader'
  | 'handoverOthers'
  | 'noteOthers'
  | 'noteNotHeld'
  | 'noteNotKept'
  | 'noteEmpty'
  | 'noteTooMany';

export type HandoverOutcome = { readonly events: readonly LedgerEvent[]; readonly refusal?: HandoverRefusal };

/** Nobody reads more at a change of shift. */
export const mostNotes = 20;
export const longestNote = 1_000;
const mostDelays = 20;

const refuse = (refusal: HandoverRefusal): HandoverOutcome => ({ events: [], refusal });

/** Who may accept: those who come and were not there. Nobody accepts for them, whatever their office. */
const whyNotIncoming = ({ outgoing, incoming }: Handover, personId: PersonId): HandoverRefusal | undefined => {
  if (newcomersOf(incoming, outgoing).includes(personId)) return undefined;
  if (officersOf(outgoing).includes(personId)) return 'handoverOwn';
  const isLeader = [...outgoing, ...incoming].some((one) => one.personId === personId);
  return isLeader ? 'handoverLeader' : 'handoverOthers';
};

/** Whoever stands the post or leads its shift, and whoever takes it over, may leave a word about it. */
const mayNote = ({ outgoing, incoming }: Handover, personId: PersonId): boolean =>
  [...outgoing, ...incoming].some((one) => one.personId === personId);

const accept = (handover: Handover, personId: PersonId, windowMs: number, base: Base): HandoverOutcome => {
  const refusal = whyNotIncoming(handover, personId);
  if (refusal) return refuse(refusal);
  const { postId, at } = handover;
  if (hasAccepted(handover, personId)) return refuse(isOver(handover) ? 'handoverOver' : 'handoverJoined');
  const left = Math.max(0, (handover.needed ?? 1) - acceptancesOf(handover).length - 1);
  // Whoever comes beside or after the one who made it count is on record too: nobody else says that they are there.
  if (isOver(handover) || left > 0) return { events: [{ ...base, event: 'HandoverJoined', data: { subject: postId, left } }] };
  const data = {
    subject: postId,
    boundaryAt: at,
    effectiveAt: effectiveAt({ ...handover, acceptedAt: base.at }),
    isLate: base.at > Math.max(at, handover.openedAt) + windowMs,
  };
  return { events: [{ ...base, event: 'HandoverAccepted', data }] };
};

type Base = Pick<LedgerEvent, 'at' | 'itemId' | 'actor' | 'channel'>;

const note = (handover: Handover, { personId, text }: Extract<HandoverCommand, { type: 'note' }>, base: Base): HandoverOutcome => {
  if (!mayNote(handover, personId)) return refuse('noteOthers');
  const said = text.trim().slice(0, longestNote).toWellFormed();
  if (said === '') return refuse('noteEmpty');
  if (handover.notes.length >= mostNotes) return refuse('noteTooMany');
  return { events: [{ ...base, event: 'HandoverNoted', data: { subject: handover.postId }, personal: { text: said } }] };
};

/** Until it counts everything; then notes until the others leave, and who else has come until the shift ends. */
const mayStill = (handover: Handover, { type }: HandoverCommand, now: number): boolean => {
  if (!isOver(handover)) return true;
  if (handover.lapsedAt !== undefined) return false;
  return type === 'accept' ? now < handover.endsAt : type === 'note' && now < effectiveAt(handover);
};

/** Decides; pure. `windowMs`: acceptance later than this after the boundary is late. */
export const decideHandover = (handover: Handover, command: HandoverCommand, windowMs: number, now: number): HandoverOutcome => {
  if (!mayStill(handover, command, now)) return refuse('handoverOver');
  const { personId, channel } = command;
  const base: Base = { at: now, itemId: handover.id, actor: personId, channel };
  if (command.type === 'accept') return accept(handover, personId, windowMs, base);
  if (command.type === 'note') return note(handover, command, base);
  const refusal = whyNotIncoming(handover, personId);
  if (refusal) return refuse(refusal);
  if (handover.delays.length >= mostDelays) return { events: [] };
  return { events: [{ ...base, event: 'HandoverDelayed', data: { subject: handover.postId } }] };
};
