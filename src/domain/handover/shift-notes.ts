import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { PostId } from '../roster/roster.ts';
import { longestNote, mostNotes, type HandoverOutcome } from './decide-handover.ts';
import { notesIn, type HandoverNote } from './handover.ts';

/** What has been noted in the course of a shift, kept for the handover that comes next. There is none without a note. */
export type ShiftNotes = { readonly postId: PostId; readonly notes: readonly HandoverNote[] };

export const shiftNotesIdOf = (postId: PostId): string => `j${postId}`;

type Said = { readonly personId: PersonId; readonly channel: string; readonly text: string };

/** A note before there is a handover; whether the speaker holds the post is for the caller to see. Pure. */
export const decideShiftNote = (kept: ShiftNotes, { personId, channel, text }: Said, now: number): HandoverOutcome => {
  const said = text.trim().slice(0, longestNote).toWellFormed();
  if (said === '') return { events: [], refusal: 'noteEmpty' };
  if (kept.notes.length >= mostNotes) return { events: [], refusal: 'noteTooMany' };
  const data = { subject: kept.postId };
  return { events: [{ at: now, event: 'ShiftNoted', actor: personId, channel, data, personal: { text: said } }] };
};

/** Kept until a handover takes them; one that comes to nothing gives them back. `undefined`: nothing is kept. */
export const evolveShiftNotes = (kept: ShiftNotes | undefined, event: LedgerEvent): ShiftNotes | undefined => {
  const { at, actor, data } = event;
  const postId = data['subject'] as PostId;
  const withMore = (more: readonly HandoverNote[]): ShiftNotes | undefined =>
    more.length === 0 ? kept : { postId, notes: [...(kept?.notes ?? []), ...more] };
  switch (event.event) {
    case 'ShiftNoted':
      return withMore([{ at, by: actor!, text: (event.personal?.['text'] as string | undefined) ?? '' }]);
    case 'HandoverLapsed':
      return withMore(notesIn(event));
    case 'HandoverOpened':
      return undefined;
    default:
      return kept;
  }
};
