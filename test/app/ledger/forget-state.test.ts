import { expect, it } from 'vitest';
import { keepable, strippedOf, type Kept } from '../../../src/app/ledger/forget-state.ts';
import { filesOfRecord, withoutTexts } from '../../../src/domain/ledger/strip-state.ts';
import type { Item } from '../../../src/domain/items/item.ts';
import type { Aggregate } from '../../../src/ports/store.ts';
import { friday10 as now, sampleItem } from '../../support/samples.ts';

const item: Item = {
  ...sampleItem(),
  text: '周某某反映工地扬尘',
  remark: '电话 138-0000-0001',
  reports: [
    { at: now, by: 'm1', text: '已联系周某某', files: [{ sha256: 'a'.repeat(64), name: '周某某.pdf', bytes: 3, mime: 'application/pdf' }] },
  ],
};
const { remark: _, ...bare } = {
  ...item,
  text: '',
  reports: item.reports.map((one) => ({ ...one, text: '', files: one.files.map((file) => ({ ...file, name: '' })) })),
};

const noted = { at: now, by: 'm1', text: '西门监控故障' };
const nobody = new Set<Kept>();
const strip = (aggregate: Aggregate, keeps: ReadonlySet<Kept> = nobody): Aggregate | null =>
  strippedOf({ id: item.id, version: 1, aggregate }, { items: new Map([[item.id, bare as Item]]), campaign: undefined }, keeps);

it('leaves of each thing what the ledger tells without what stood beside it', () => {
  expect(strip({ type: 'item', state: item })).toEqual({ type: 'item', state: bare });
  const notes = { type: 'shiftNotes', state: { postId: 'p1', notes: [noted] } } as const;
  expect(strip(notes)).toEqual({ type: 'shiftNotes', state: { postId: 'p1', notes: [{ ...noted, text: '' }] } });
  expect(strip({ type: 'dialogue', state: { personId: 'm1' } })).toBeNull();
  expect(strip({ type: 'accounts', state: { wecom: 'zhaoming' } })).toBeNull();
});

it('leaves alone what names nobody, and what is to be kept', () => {
  const still: readonly Aggregate[] = [
    { type: 'calendar', state: { throughAt: now, seeds: {} } },
    { type: 'shiftNotes', state: { postId: 'p1', notes: [{ ...noted, text: '' }] } },
    { type: 'item', state: bare },
  ];
  for (const aggregate of still) expect(strip(aggregate)).toBe(aggregate);
  const kept: readonly Aggregate[] = [
    { type: 'item', state: item },
    { type: 'accounts', state: { wecom: 'zhaoming' } },
  ];
  for (const aggregate of kept) expect(strip(aggregate, new Set(keepable))).toBe(aggregate);
});

it('takes for files of record what was accepted with its seal, and nothing else', () => {
  const file = (letter: string) => ({ sha256: letter.repeat(64), name: letter, bytes: 1, mime: 'application/pdf' });
  const version = { no: 1, outcome: 'done', text: '', draftedAt: now, draftedBy: 'm1' } as const;
  const versions = [
    { ...version, files: [file('b')], sealScan: file('c'), decision: 'returned' },
    { ...version, files: [file('d')], sealScan: file('e'), decision: 'accepted' },
  ] as const;
  expect(filesOfRecord({ ...item, versions }).map(({ name }) => name)).toEqual(['d', 'e']);
  expect(withoutTexts(item, undefined)).toBe(item);
});
