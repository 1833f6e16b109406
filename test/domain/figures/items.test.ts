import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { day, figuresContext, figuresOf, friday, hour, unitsTold, wholeWeek } from '../../support/told-figures.ts';

const handedOver = (id: string, at: number, dueAt: number, unitId = 'u1', kind = 'petition'): LedgerEvent => ({
  at,
  event: 'ItemHandedOver',
  itemId: id,
  data: {
    kind,
    number: id.slice(1),
    pollution: [],
    isSpecial: false,
    isUrgent: false,
    handedOverAt: at,
    parts: [{ unitId, isLead: true }],
    limits: [{ level: 'unit', at: dueAt, source: 'kind' }],
    receiptDueAt: at + 2 * hour,
  },
  personal: { text: '扬尘' },
});
const drafted = (itemId: string, at: number): LedgerEvent => ({
  at,
  event: 'HandInDrafted',
  itemId,
  actor: 'm1',
  data: { no: 1, files: [], outcome: 'done', pollution: [] },
});
const done = (itemId: string, event: LedgerEvent['event'], at: number): LedgerEvent => ({
  at,
  event,
  itemId,
  actor: 'm1',
  data: { no: 1 },
});

const story: readonly LedgerEvent[] = [
  ...unitsTold(2),
  handedOver('iA', friday, friday + 3 * day),
  handedOver('iB', friday + day, friday + 4 * day),
  handedOver('iC', friday + day, friday + 20 * day, 'u2', 'assigned'),
  drafted('iA', friday + 2 * day),
  done('iA', 'ItemSubmitted', friday + 2 * day),
  drafted('iB', friday + 5 * day),
  done('iB', 'ItemSubmitted', friday + 5 * day),
  done('iA', 'ItemClosed', friday + 6 * day),
];

describe('items of a period', () => {
  it('are counted by kind and unit, as they stood at its end', () => {
    const { items } = figuresOf(story);
    expect(items.byKind.get('petition')).toEqual({ handedOver: 2, inTime: 1, late: 1, closed: 1, open: 1, overdue: 0 });
    expect(items.byUnit.get('u2')).toEqual({ handedOver: 1, inTime: 0, late: 0, closed: 0, open: 1, overdue: 0 });
    expect(items.ages).toEqual([0, 2, 0, 0, 0]);
    const early = figuresOf(story, { fromAt: friday, toAt: friday + 4.5 * day }).items;
    expect(early.byUnit.get('u1')).toEqual({ handedOver: 2, inTime: 1, late: 0, closed: 0, open: 2, overdue: 1 });
  });

  it('are late at their very limit, and overdue from it, as everywhere else', () => {
    const limitAt = friday + 4 * day;
    const told = (submittedAt: number) => [
      ...unitsTold(2),
      handedOver('iB', friday + day, limitAt),
      drafted('iB', friday + 2 * day),
      done('iB', 'ItemSubmitted', submittedAt),
    ];
    expect(figuresOf(told(limitAt - 1)).items.byUnit.get('u1')).toMatchObject({ inTime: 1, late: 0 });
    expect(figuresOf(told(limitAt)).items.byUnit.get('u1')).toMatchObject({ inTime: 0, late: 1 });
    // of a day that ends at 24:00 with what was due by then
    const until = (toAt: number) => figuresOf(told(limitAt + day), { fromAt: friday, toAt }).items.byUnit.get('u1')!.overdue;
    expect([until(limitAt - 1), until(limitAt)]).toEqual([0, 1]);
  });

  it('belong to the unit that leads', () => {
    const { items } = figuresOf(story, wholeWeek, undefined, figuresContext({ isWanted: (id) => id === 'u2' }));
    expect([...items.byUnit.keys()]).toEqual(['u2']);
    expect([...items.byKind.keys()]).toEqual(['assigned']);
    expect(items.ages.reduce((sum, count) => sum + count, 0)).toBe(1);
  });
});
