import { describe, expect, it } from 'vitest';
import { longestNote, mostNotes } from '../../../src/domain/handover/decide-handover.ts';
import { notesIn, packNotes, type HandoverNote } from '../../../src/domain/handover/handover.ts';
import { decideShiftNote, evolveShiftNotes, type ShiftNotes } from '../../../src/domain/handover/shift-notes.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';

const note = (index: number): HandoverNote => ({ at: index, by: 'm1', text: `note ${index}` });
const notes = (count: number): ShiftNotes => ({ postId: 'p2', notes: Array.from({ length: count }, (_, index) => note(index)) });
const says = (text: string, kept = notes(0)) => decideShiftNote(kept, { personId: 'm7', channel: 'chat', text }, 50);

describe('a note in the course of a shift', () => {
  it('is kept in the words that were said, without what stands around them', () => {
    const { events, refusal } = says('  the pump of pit 3 is loud \n');
    expect(refusal).toBeUndefined();
    expect(events).toEqual([
      {
        at: 50,
        event: 'ShiftNoted',
        actor: 'm7',
        channel: 'chat',
        data: { subject: 'p2' },
        personal: { text: 'the pump of pit 3 is loud' },
      },
    ]);
    expect(evolveShiftNotes(undefined, events[0]!)).toEqual({
      postId: 'p2',
      notes: [{ at: 50, by: 'm7', text: 'the pump of pit 3 is loud' }],
    });
  });

  it('without words is none, and a long one is cut', () => {
    expect(says(' \n ')).toEqual({ events: [], refusal: 'noteEmpty' });
    expect(says('x'.repeat(longestNote + 5)).events[0]!.personal).toEqual({ text: 'x'.repeat(longestNote) });
  });

  it('is one of at most so many', () => {
    expect(says('one more', notes(mostNotes - 1)).refusal).toBeUndefined();
    expect(says('one more', notes(mostNotes))).toEqual({ events: [], refusal: 'noteTooMany' });
  });
});

describe('the notes of a shift', () => {
  const event = (name: LedgerEvent['event'], more: Partial<LedgerEvent> = {}): LedgerEvent => ({
    at: 60,
    event: name,
    actor: 'm7',
    data: { subject: 'p2' },
    ...more,
  });

  it('are added up, go with the handover that is opened, and come back from one that comes to nothing', () => {
    const said = evolveShiftNotes(notes(1), event('ShiftNoted', { personal: { text: 'more' } }));
    expect(said).toEqual({ postId: 'p2', notes: [note(0), { at: 60, by: 'm7', text: 'more' }] });
    expect(evolveShiftNotes(said, event('HandoverOpened'))).toBeUndefined();
    const { noted, personal } = packNotes([note(1), note(2)]);
    const lapsed = event('HandoverLapsed', { data: { subject: 'p2', noted: noted! }, personal: personal! });
    expect(evolveShiftNotes(undefined, lapsed)).toEqual({ postId: 'p2', notes: [note(1), note(2)] });
    expect(evolveShiftNotes(notes(1), lapsed)).toEqual({ postId: 'p2', notes: [note(0), note(1), note(2)] });
  });

  it('stay as they are where nothing comes back and for everything else, and are none where there were none', () => {
    const kept = notes(2);
    expect(evolveShiftNotes(kept, event('HandoverLapsed'))).toBe(kept);
    expect(evolveShiftNotes(undefined, event('HandoverLapsed'))).toBeUndefined();
    expect(evolveShiftNotes(kept, event('HandoverAccepted'))).toBe(kept);
  });

  it('keep their instants and who said them where the words were removed', () => {
    const noted = event('ShiftNoted');
    expect(evolveShiftNotes(undefined, noted)).toEqual({ postId: 'p2', notes: [{ at: 60, by: 'm7', text: '' }] });
    const handed = packNotes([note(1), note(2)]);
    expect(notesIn(event('HandoverOpened', { data: { noted: handed.noted! } }))).toEqual([
      { at: 1, by: 'm1', text: '' },
      { at: 2, by: 'm1', text: '' },
    ]);
    expect(packNotes([])).toEqual({});
    expect(notesIn(event('HandoverOpened'))).toEqual([]);
  });
});
