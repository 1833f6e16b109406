import { describe, expect, it } from 'vitest';
import { decideHandover, mostNotes, type HandoverCommand } from '../../../src/domain/handover/decide-handover.ts';
import { evolveHandover, handoverIdOf, type Handover } from '../../../src/domain/handover/handover.ts';
import { at, holder, idOf, type Name } from '../../support/invented.ts';

const minute = 60_000;
const windowMs = 10 * minute;
const boundaryAt = at('2021-08-28T08:30');
const endsAt = at('2021-08-29T08:30');
const openedAt = boundaryAt - 15 * minute;

const waiting = (over: Partial<Handover> = {}): Handover => ({
  id: handoverIdOf('p2', openedAt),
  postId: 'p2',
  at: boundaryAt,
  openedAt,
  endsAt,
  outgoing: [holder('shiftLeader', '王带班'), holder('onDuty', '东主班'), holder('coDuty', '东副班')],
  incoming: [holder('shiftLeader', '周局长'), holder('onDuty', '次日班'), holder('coDuty', '钱副班')],
  open: [],
  due: [],
  notes: [],
  delays: [],
  ...over,
});

type Said = { readonly type: 'accept' } | { readonly type: 'delay' } | { readonly type: 'note'; readonly text: string };

const says = (handover: Handover, name: Name, said: Said, now = boundaryAt) => {
  const command: HandoverCommand = { ...said, personId: idOf(name), channel: 'x' };
  const outcome = decideHandover(handover, command, windowMs, now);
  const after = outcome.events.reduce((state, event) => evolveHandover(state, event)!, handover);
  return { ...outcome, after };
};

const accept = { type: 'accept' } as const;

describe('accepting', () => {
  it.each<readonly [Name, string | undefined]>([
    ['次日班', undefined],
    ['钱副班', undefined],
    ['东主班', 'handoverOwn'],
    ['东副班', 'handoverOwn'],
    // leads, before or after, and stands nothing
    ['王带班', 'handoverLeader'],
    ['周局长', 'handoverLeader'],
    ['东联络', 'handoverOthers'],
    ['冯主任', 'handoverOthers'],
  ])('by %s: %s', (name, refusal) => {
    expect(says(waiting(), name, accept).refusal).toBe(refusal);
    expect(says(waiting(), name, { type: 'delay' }).refusal).toBe(refusal);
  });

  it.each([
    [boundaryAt - 5 * minute, false],
    [boundaryAt + windowMs, false],
    [boundaryAt + windowMs + 1, true],
  ])('is late only when the window is over', (now, isLate) => {
    const { events } = says(waiting(), '次日班', accept, now);
    expect(events).toMatchObject([{ event: 'HandoverAccepted', data: { isLate, effectiveAt: Math.max(now, boundaryAt) } }]);
  });

  it('has its window from when it was opened, where that was after the boundary', () => {
    const late = waiting({ openedAt: boundaryAt + 30 * minute });
    const latestAt = boundaryAt + 30 * minute + windowMs;
    expect(says(late, '次日班', accept, latestAt).events[0]!.data).toMatchObject({ isLate: false });
    expect(says(late, '次日班', accept, latestAt + 1).events[0]!.data).toMatchObject({ isLate: true });
  });

  it('takes the word of each where a campaign wants two, and lets the others go with the last', () => {
    const first = says(waiting({ needed: 2 }), '钱副班', accept);
    expect(first.events).toMatchObject([{ event: 'HandoverJoined', data: { left: 1 } }]);
    expect(first.after.acceptedAt).toBeUndefined();
    expect(says(first.after, '钱副班', accept).refusal).toBe('handoverJoined');
    expect(says(first.after, '次日班', accept).events).toMatchObject([{ event: 'HandoverAccepted' }]);
  });

  it('may still be said by who else comes until the shift is over, and not after', () => {
    const { after } = says(waiting(), '次日班', accept);
    expect(says(after, '钱副班', accept, endsAt - 1).events).toMatchObject([{ event: 'HandoverJoined', data: { left: 0 } }]);
    expect(says(after, '钱副班', accept, endsAt).refusal).toBe('handoverOver');
    expect(says({ ...waiting(), lapsedAt: boundaryAt, lapseReason: 'rosterChanged' }, '次日班', accept).refusal).toBe('handoverOver');
  });
});

describe('beside it', () => {
  const note = (text: string) => ({ type: 'note', text }) as const;

  it('a word is left by whoever stands the post, comes or leads, and by nobody else', () => {
    for (const name of ['东主班', '钱副班', '王带班'] as const)
      expect(says(waiting(), name, note(' 西门监控故障 ')).events).toMatchObject([
        { event: 'HandoverNoted', personal: { text: '西门监控故障' } },
      ]);
    for (const name of ['东联络', '西主班', '冯主任'] as const)
      expect(says(waiting(), name, note('西门监控故障')).refusal).toBe('noteOthers');
    expect(says(waiting(), '东主班', note('  ')).refusal).toBe('noteEmpty');
  });

  it('there are so many words, and so many delays, and then no more', () => {
    const notes = Array.from({ length: mostNotes }, () => ({ at: openedAt, by: 'm7', text: '一' }));
    expect(says(waiting({ notes: notes.slice(1) }), '东主班', note('又')).refusal).toBeUndefined();
    expect(says(waiting({ notes }), '东主班', note('又')).refusal).toBe('noteTooMany');
    const delays = Array.from({ length: 20 }, () => ({ at: openedAt, by: 'm19' }));
    expect(says(waiting({ delays: delays.slice(1) }), '次日班', { type: 'delay' }).events).toMatchObject([{ event: 'HandoverDelayed' }]);
    expect(says(waiting({ delays }), '次日班', { type: 'delay' }).events).toEqual([]);
  });
});
