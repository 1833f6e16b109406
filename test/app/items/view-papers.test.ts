import { expect, it } from 'vitest';
import { viewWholeItem } from '../../../src/app/items/view-items.ts';
import { isoIn } from '../../../src/app/views/view-page.ts';
import type { Item, Version } from '../../../src/domain/items/item.ts';
import { at } from '../../support/invented.ts';
import { day, fileOf, handedOverAt, itemContext, personOf, tellItem } from '../../support/items.ts';

const context = { ...itemContext, now: handedOverAt, iso: isoIn('Asia/Shanghai') };
const nameOf = (id: string) => itemContext.directory.people.get(id)!.name;

const drafted: Version = {
  no: 1,
  unitId: 'u2',
  outcome: 'done',
  text: '已整改',
  finding: 'true',
  files: [fileOf('a')],
  draftedAt: at('2021-08-28T10:00'),
  draftedBy: personOf('组员'),
};
const papersOf = (more: Partial<Item>) => viewWholeItem({ ...tellItem().item(), ...more }, context).papers;
const stepsOf = (version: Version, more: Partial<Item> = {}) =>
  papersOf({ status: 'inProgress', ...more, versions: [version] }).handIns[0]!.steps.map(({ step, at: when }) => `${step} ${when ?? '-'}`);

it('shows what was handed in with its files, and each hop of its sign-off, also those that are awaited', () => {
  const [handIn] = papersOf({ versions: [{ ...drafted, checkedAt: at('2021-08-28T11:00'), checkedBy: personOf('组长') }] }).handIns;
  expect(handIn).toMatchObject({
    no: 1,
    text: '已整改',
    finding: 'true',
    files: [{ name: 'a.pdf', bytes: 100, sha256: fileOf('a').sha256 }],
  });
  expect(handIn?.steps).toEqual([
    { step: 'drafted', at: '2021-08-28T10:00:00+08:00', by: nameOf(drafted.draftedBy) },
    { step: 'checked', at: '2021-08-28T11:00:00+08:00', by: nameOf(personOf('组长')) },
    { step: 'signed', at: null, by: '' },
    { step: 'submitted', at: null, by: '' },
    { step: 'decided', at: null, by: '' },
  ]);
});

it('awaits nothing of what was decided, overtaken by a newer one or withdrawn, and no sign-off where a kind needs none', () => {
  const returned: Version = {
    ...drafted,
    decision: 'returned',
    decidedAt: at('2021-08-28T12:00'),
    decidedBy: personOf('办公室三'),
    reason: '不实',
  };
  expect(stepsOf(returned)).toEqual(['drafted 2021-08-28T10:00:00+08:00', 'returned 2021-08-28T12:00:00+08:00']);
  expect(papersOf({ versions: [returned] }).handIns[0]!.steps.at(-1)).toMatchObject({ reason: '不实', by: '办公室三' });
  expect(papersOf({ versions: [drafted, { ...drafted, no: 2 }] }).handIns[0]!.steps).toHaveLength(1);
  expect(stepsOf(drafted, { status: 'withdrawn' })).toHaveLength(1);
  expect(stepsOf(drafted, { kind: 'dailyReport' }).map((step) => step.split(' ')[0])).toEqual(['drafted', 'submitted', 'decided']);
});

it('shows the sealed copy with the rest, and the day beside the signature with whoever registered it', () => {
  const signed: Version = {
    ...drafted,
    signedBy: personOf('组长'),
    signedOn: '2021-08-28',
    registeredBy: personOf('组员'),
    sealScan: fileOf('b'),
  };
  const [handIn] = papersOf({ versions: [signed] }).handIns;
  expect(handIn!.files.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf']);
  expect(handIn!.steps.find(({ step }) => step === 'signed')).toEqual({
    step: 'signed',
    at: '2021-08-28',
    by: '组长',
    registeredBy: '组员',
  });
});

it('shows progress with its files, and each request for time with who has agreed and who not', () => {
  const asked = {
    toAt: handedOverAt + 5 * day,
    fromAt: handedOverAt + 3 * day,
    reason: '雨',
    askedAt: handedOverAt,
    askedBy: personOf('组员'),
  };
  const papers = papersOf({
    reports: [{ at: handedOverAt, by: personOf('组员'), text: '已进场', files: [fileOf('c')] }],
    extensions: [
      { no: 1, ...asked, refusedAt: handedOverAt + 1, refusedBy: personOf('组长'), refusal: '太久' },
      { no: 2, ...asked, principalAt: handedOverAt + 2, principalBy: personOf('组长') },
    ],
  });
  expect(papers.progress).toMatchObject([{ by: '组员', text: '已进场', files: [{ name: 'c.pdf' }] }]);
  expect(papers.extensions.map(({ steps }) => steps.map(({ step, at: when }) => `${step} ${when === null ? '-' : '+'}`))).toEqual([
    ['asked +', 'refused +'],
    ['asked +', 'principal +', 'office -'],
  ]);
});

it('names nobody twice who registered their own signature', () => {
  const signed: Version = { ...drafted, signedBy: personOf('组长'), signedOn: '2021-08-28', registeredBy: personOf('组长') };
  const step = papersOf({ versions: [signed] }).handIns[0]!.steps.find((one) => one.step === 'signed');
  expect(step).toEqual({ step: 'signed', at: '2021-08-28', by: '组长' });
});

it('tells who checked a closed item again, and what they found', () => {
  const rechecks = [
    { at: handedOverAt + day, by: personOf('办公室三'), passed: false, text: '又有裸土' },
    { at: handedOverAt + 2 * day, by: personOf('办公室三'), passed: true, text: '无反弹' },
  ];
  expect(papersOf({ rechecks }).rechecks).toEqual([
    { at: '2021-08-29T09:00:00+08:00', by: '办公室三', passed: false, text: '又有裸土' },
    { at: '2021-08-30T09:00:00+08:00', by: '办公室三', passed: true, text: '无反弹' },
  ]);
});
