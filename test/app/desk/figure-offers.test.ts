import { expect, it } from 'vitest';
import { offersOnAppeal, offersOnReport } from '../../../src/app/desk/offers-on-figures.ts';
import type { Appeal } from '../../../src/domain/figures/appeal.ts';
import { compareOffers, triesOn } from '../../support/desk-matrix.ts';
import { idOf } from '../../support/invented.ts';
import { startStory, type Story } from '../../support/story.ts';

/** Whoever looks at a check that counts against them, at an appeal or at a report is offered what they may do, and nothing else. */

const appealOf = async (story: Story, id: string): Promise<Appeal> => {
  const [stored] = await story.store.load([id]);
  if (stored?.aggregate.type !== 'appeal') throw new Error(`${id} is no appeal`);
  return stored.aggregate.state;
};

const ignoreAll = (story: Story): void => {
  for (const to of story.chat.everybody()) story.personById(to).ignores();
};

/** What is said to an old card answers what is open by now: that is not looked at here. */
const appealing = (obligationId: string) => [{ action: 'appeal', obligationId, reason: '写明' }];

it('the unit may appeal once the verdict is there, also when it is over; the office decides, and nobody twice', async () => {
  const story = await startStory({ at: '2021-08-27T09:59' });
  await story.clock.reaches('2021-08-27T10:32');
  await story.person('东主班').replies('在岗');
  for (const subject of ['p2', 'p3']) {
    const { id } = story.obligations().find((o) => o.kind === 'check' && o.subject === subject)!;
    const { differences, acts } = await compareOffers(story, { kind: 'thing', id }, appealing(id), subject);
    expect(differences).toEqual([]);
    expect(acts).toContain('appeal');
  }
  await story.person('东联络').replies('申诉 正在处置');
  const { itemId: appealId, obligationId } = story.events('AppealAsked')[0]!;
  const clock = story.open().find(({ kind }) => kind === 'appeal')!;
  const looked = { kind: 'thing', id: clock.id } as const;
  const before = await compareOffers(story, looked, triesOn(story, { appealId: appealId! }));
  expect(before.differences).toEqual([]);
  expect(before.acts).toEqual(expect.arrayContaining(['rejectAppeal', 'upholdAppeal', 'withdrawAppeal']));
  const check = await compareOffers(story, { kind: 'thing', id: obligationId! }, appealing(obligationId!));
  expect(check).toMatchObject({ differences: [], acts: ['withdrawAppeal'] });
  expect(check.count).toBeGreaterThan(1);
  const waiting = await appealOf(story, appealId!);
  const offersTo = (personId: string, by: string) =>
    offersOnAppeal({ world: story.world, personId, now: story.clock.now(), locale: 'zh-CN' }, { ...waiting, by }).length;
  // the office may appeal for a unit: then another of it decides
  expect([offersTo(idOf('冯主任'), idOf('冯主任')), offersTo(idOf('陈干事'), idOf('冯主任'))]).toEqual([1, 2]);
  // taken back it may be brought anew, which is offered where the check is looked at
  await story.person('东主班').pressesValue({ action: 'withdrawAppeal', appealId });
  expect(await compareOffers(story, looked, triesOn(story, { appealId: appealId! }))).toMatchObject({ differences: [], count: 0 });
  const anew = await compareOffers(story, { kind: 'thing', id: obligationId! }, appealing(obligationId!));
  expect(anew).toMatchObject({ differences: [], acts: ['appeal'] });
  await story.person('东联络').pressesValue({ action: 'appeal', obligationId, reason: '确在现场' });
  await story.person('冯主任').pressesValue({ action: 'upholdAppeal', appealId });
  expect(await compareOffers(story, looked, triesOn(story, { appealId: appealId! }))).toMatchObject({ differences: [], count: 0 });
  ignoreAll(story);
});

it('what the office leaves out is not offered to be left out again', async () => {
  const reports = { dailyMinute: 17 * 60, hasCampaign: false, withinMs: 3_600_000 };
  const story = await startStory({ at: '2021-08-27T16:59', settings: { reports } });
  await story.clock.reaches('2021-08-27T17:00');
  const { itemId } = story.open().find(({ kind }) => kind === 'report')!;
  const offered = async (): Promise<readonly string[]> => {
    const [stored] = await story.store.load([itemId!]);
    const look = { world: story.world, personId: idOf('冯主任'), now: story.clock.now(), locale: 'zh-CN' };
    return stored?.aggregate.type === 'report' ? offersOnReport(look, stored.aggregate.state).map(({ value }) => value.action) : [];
  };
  expect(await offered()).toEqual(['showReport', 'dropReport']);
  await story.person('冯主任').presses('dropReport');
  expect(await offered()).toEqual(['showReport']);
  ignoreAll(story);
});

it('the office alone looks at a report and leaves it out', async () => {
  const reports = { dailyMinute: 17 * 60, hasCampaign: false, withinMs: 3_600_000 };
  const story = await startStory({ at: '2021-08-27T16:59', settings: { reports } });
  await story.clock.reaches('2021-08-27T17:00');
  const clock = story.open().find(({ kind }) => kind === 'report')!;
  const tries = triesOn(story, { reportId: clock.itemId! });
  expect(await compareOffers(story, { kind: 'thing', id: clock.id }, tries)).toMatchObject({
    differences: [],
    acts: expect.arrayContaining(['dropReport', 'showReport']),
  });
  ignoreAll(story);
});
