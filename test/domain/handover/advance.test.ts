import { describe, expect, it } from 'vitest';
import { instantOfLook, lookAtGone, lookAtPost, type PostLook } from '../../../src/domain/handover/advance.ts';
import type { Handover } from '../../../src/domain/handover/handover.ts';
import { buildDirectory, type Directory } from '../../../src/domain/organisation/directory.ts';
import type { Holder, Shift } from '../../../src/domain/roster/roster.ts';
import * as invented from '../../support/invented.ts';

/** One post whose day is stood by one and whose night by another; what a look at it finds, case by case. */

const hour = 3_600_000;
const rules = { leadMs: hour, fromAt: 0, toAt: 100 * hour };
const by = (name: invented.Name): readonly Holder[] => [invented.holder('onDuty', name)];
const day = by('东主班');
const night = by('次日班');
const other = by('东副班');

const directoryOf = (shifts: readonly (readonly [from: number, to: number, holders: readonly Holder[]])[]): Directory =>
  buildDirectory(invented.organisation, {
    version: 1,
    posts: [invented.roster.posts[1]!],
    shifts: shifts.map(([from, to, holders]): Shift => ({ postId: 'p2', from: from * hour, to: to * hour, holders })),
  });

const dayAndNight = directoryOf([
  [0, 8, day],
  [8, 16, night],
]);

const handover = (more: Partial<Handover> = {}): Handover => ({
  id: 'hp2.1',
  postId: 'p2',
  at: 8 * hour,
  openedAt: 7 * hour,
  outgoing: day,
  incoming: night,
  endsAt: 16 * hour,
  open: [],
  due: [],
  notes: [],
  delays: [],
  ...more,
});

const accepted = (hours: number, more: Partial<Handover> = {}): Handover =>
  handover({ acceptedAt: hours * hour, acceptedBy: night[0]!.personId, ...more });

type Seen = { readonly pending?: Handover; readonly directory?: Directory; readonly stands?: readonly Holder[]; readonly seen?: number };

const look = (hours: number, { pending, directory = dayAndNight, stands = day, seen = 7 }: Seen = {}): PostLook =>
  lookAtPost({ seenAt: seen * hour, stands, pending }, directory, 'p2', hours * hour, rules);

const types = ({ advances }: PostLook): readonly string[] => advances.map(({ type }) => type);

describe('a look at a post', () => {
  it('opens a handover as soon as it is so long ahead as said, and not before', () => {
    expect(types(look(6.99, { seen: 6 }))).toEqual([]);
    expect(look(7, { seen: 6 }).advances).toEqual([
      { type: 'open', postId: 'p2', outgoing: day, wanted: { at: 8 * hour, endsAt: 16 * hour, incoming: night }, notes: [] },
    ]);
  });

  it('leaves what waits as it is while it is what is wanted', () => {
    for (const at of [7.5, 8, 9]) {
      const found = look(at, { pending: handover() });
      expect(found).toMatchObject({ holders: day, isStill: true, advances: [], canWait: false });
      expect(found.waiting).toEqual(handover());
    }
  });

  it('goes on waiting for the same people though their shift begins at another time, once both have come', () => {
    const later = directoryOf([
      [0, 9, day],
      [9, 16, night],
    ]);
    expect(types(look(8.5, { pending: handover(), directory: later }))).toEqual(['lapse', 'open']);
    expect(look(9, { pending: handover(), directory: later }).waiting).toEqual(handover());
  });

  it('changes who stands the post at the boundary for what was accepted ahead, and when they came for what was late', () => {
    expect(look(7.5, { pending: accepted(7.2) })).toMatchObject({ holders: day, advances: [] });
    const ahead = look(8, { pending: accepted(7.2) });
    expect(ahead).toMatchObject({ holders: night, isStill: false, canWait: false });
    expect(types(ahead)).toEqual(['settle']);
    const late = look(9, { pending: accepted(9), seen: 9 });
    expect(late).toMatchObject({ holders: night, canWait: true });
    expect(types(late)).toEqual(['settle']);
  });

  it('holds on to what was accepted though somebody else is planned by now, only where it was after the boundary', () => {
    const exchanged = directoryOf([
      [0, 8, day],
      [8, 16, other],
    ]);
    expect(look(9, { pending: accepted(8), directory: exchanged })).toMatchObject({ holders: night });
    const ahead = look(9, { pending: accepted(7.9), directory: exchanged });
    expect(ahead.holders).toEqual(day);
    expect(types(ahead)).toEqual(['lapse', 'open']);
  });

  it('says why what waited comes to nothing', () => {
    const reasonAt = (hours: number, seen: Seen): unknown =>
      look(hours, seen).advances.flatMap((one) => (one.type === 'lapse' ? [one.reason] : []));
    const pending = handover();
    expect(reasonAt(7.5, { pending, directory: directoryOf([[0, 16, day]]) })).toEqual(['rosterChanged']);
    expect(reasonAt(9, { pending, directory: directoryOf([[0, 8, day]]) })).toEqual(['noShift']);
    const three = directoryOf([
      [0, 8, day],
      [8, 16, night],
      [16, 24, other],
    ]);
    expect(reasonAt(15.99, { pending, directory: three })).toEqual([]);
    expect(reasonAt(16, { pending, directory: three })).toEqual(['overtaken']);
    const after = lookAtPost({ seenAt: 99 * hour, stands: day, pending }, dayAndNight, 'p2', 100 * hour, rules);
    expect(after.advances).toEqual([{ type: 'lapse', handover: pending, reason: 'notInForce' }]);
  });

  it('follows the clock alone outside the campaign, from its last instant on', () => {
    const ended = (now: number) =>
      lookAtPost({ seenAt: 7 * hour, stands: day, pending: undefined }, dayAndNight, 'p2', now, { ...rules, toAt: 10 * hour });
    expect(ended(10 * hour - 1)).toMatchObject({ holders: day });
    expect(ended(10 * hour)).toMatchObject({ holders: night, advances: [] });
  });

  it('follows the clock alone before the campaign, until its first instant', () => {
    const begun = (now: number) =>
      lookAtPost({ seenAt: 7 * hour, stands: day, pending: undefined }, dayAndNight, 'p2', now, { ...rules, fromAt: 10 * hour });
    expect(begun(10 * hour - 1)).toMatchObject({ holders: night, advances: [] });
    expect(begun(10 * hour)).toMatchObject({ holders: day });
  });

  it('counts what was accepted from the instant at which it was, though a long outage lay between', () => {
    const untilNoon = directoryOf([
      [0, 8, day],
      [8, 12, night],
    ]);
    expect(look(11, { pending: accepted(9), directory: untilNoon }).holders).toEqual(night);
    expect(look(13, { pending: accepted(9), directory: untilNoon }).holders).toEqual([]);
    // a clock ahead of ours has written down what is still to come
    expect(look(8.5, { pending: accepted(9), directory: untilNoon })).toMatchObject({ holders: day, advances: [] });
  });

  it('hands on the words that were left for what comes to nothing, and the id it takes the place of', () => {
    const notes = [{ at: 7 * hour, by: day[0]!.personId, text: '钥匙在抽屉' }];
    const exchanged = directoryOf([
      [0, 8, day],
      [8, 16, other],
    ]);
    const opened = look(8, { pending: handover({ notes }), directory: exchanged }).advances.find(({ type }) => type === 'open');
    expect(opened).toMatchObject({ outgoing: day, notes, before: 'hp2.1', wanted: { incoming: other } });
  });
});

it('takes another look for now where it is ahead by less than clocks differ, and its own clock where by more', () => {
  expect(instantOfLook(undefined, 5)).toBe(5);
  expect(instantOfLook(9, 5)).toBe(9);
  expect(instantOfLook(3, 5)).toBe(5);
  expect(instantOfLook(5 + 59_999, 5)).toBe(5 + 59_999);
  expect(instantOfLook(5 + 60_000, 5)).toBe(5);
});

it('settles what is in effect at a post that is there no more, and lets the rest lapse', () => {
  expect(lookAtGone(handover(), 9 * hour)).toMatchObject({ type: 'lapse', reason: 'noShift' });
  expect(lookAtGone(accepted(7.5), 7.9 * hour)).toMatchObject({ type: 'lapse' });
  expect(lookAtGone(accepted(7.5), 8 * hour)).toMatchObject({ type: 'settle' });
});
