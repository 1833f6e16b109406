import { expect, it } from 'vitest';
import { createOpening } from '../../src/app/items/intake/open-recurring.ts';
import type { Item } from '../../src/domain/items/item.ts';
import { at, idOf, organisation, type Name } from '../support/invented.ts';
import { ignoreAll } from '../support/item-stories.ts';
import { startStory, type Story } from '../support/story.ts';

/** 东城区 and 西城区 owe six papers each; everybody is named but where a story says otherwise. */

const itemsOf = ({ store }: Story): readonly Item[] =>
  store.all().flatMap(({ aggregate }) => (aggregate.type === 'item' ? [aggregate.state] : []));
const dueOf = (story: Story): readonly number[] => [...new Set(itemsOf(story).map(({ limits }) => limits[0]!.at))];
const heard = (story: Story, name: Name): readonly string[] =>
  story
    .person(name)
    .texts()
    .filter((text) => text.includes('准备-'));

/** Before the inspection arrives on the 26th. */
const before = { at: '2021-08-20T09:00' };

const withoutLiaison = {
  ...organisation,
  appointments: organisation.appointments.filter(({ personId }) => personId !== idOf('东联络')),
};

it('is asked of every unit by one sentence of the office and one tap, told once, and chased to its date', async () => {
  const story = await startStory({ at: '2021-08-25T09:00' });
  const office = story.person('冯主任');
  await office.replies('布置准备工作,8月25日前报齐');
  office.sees(/请确认布置进驻前准备工作[\s\S]*报齐期限：08-25 24:00[\s\S]*涉及单位：2 个[\s\S]*新布置 12 项[\s\S]*\[是，布置\]/);
  expect(itemsOf(story)).toEqual([]);
  await office.presses('confirmReadiness', /请确认布置/);
  office.sees(/进驻前准备工作[\s\S]*新布置 12 项[\s\S]*每个单位收到一条通知/);
  expect(itemsOf(story)).toHaveLength(12);
  expect(dueOf(story)).toEqual([at('2021-08-26T00:00')]);
  await story.clock.passes('30s');
  for (const name of ['东联络', '东联系', '西联络', '西联系'] as const) {
    expect(heard(story, name)).toHaveLength(1);
    story.person(name).sees(/城区新交办 6 件：请签收[\s\S]*准备-实施方案-/);
  }
  await story.person('东联络').replies('准备-实施方案-东城区');
  story.person('东联络').sees(/实施方案 准备-实施方案-东城区\n/);
  // The same card, and the same sentence, again.
  await office.presses('confirmReadiness', /请确认布置/);
  office.sees(/已办理或已失效/);
  await office.replies('布置准备工作,8月25日前报齐');
  office.sees(/此前均已布置/);
  expect(itemsOf(story)).toHaveLength(12);
  await story.clock.reaches('2021-08-26T12:30');
  story.person('东联络').sees(/超期|已到期|逾期/);
  story.person('东局长').sees(/超期|已到期|逾期/);
  ignoreAll(story);
});

it('moves the date of what is not filed yet where the office says another, and says so once', async () => {
  const story = await startStory(before);
  const office = story.person('冯主任');
  for (const text of ['布置准备工作,8月25日前报齐', '是']) await office.replies(text);
  await story.clock.passes('30s');
  ignoreAll(story);
  await office.replies('布置东城区准备工作，8月24日18:00前报齐');
  office.sees(/涉及单位：1 个[\s\S]*已布置未报齐的 6 项改为此期限/);
  await office.replies('是');
  office.sees(/改为此期限/);
  await story.clock.passes('30s');
  expect(new Set(dueOf(story))).toEqual(new Set([at('2021-08-24T18:00'), at('2021-08-26T00:00')]));
  story.person('东联络').sees(/\(6\)/);
  story.person('东联络').sawNothing();
  story.person('西联络').sawNothing();
  ignoreAll(story);
});

it('is the office’s alone, needs a date that is to come, and is forgotten where it is not confirmed', async () => {
  const story = await startStory(before);
  const liaison = story.person('东联络');
  await liaison.replies('布置准备工作,8月25日前报齐');
  liaison.sees(/只有局联络组办公室可以布置/);
  await liaison.pressesValue({ action: 'assignReadiness' });
  liaison.sees(/只有局联络组办公室可以布置/);
  await liaison.pressesValue({ action: 'urgeReadiness' });
  liaison.sees(/仅局联络组办公室/);
  await liaison.pressesValue({ action: 'confirmReadiness', askedAt: '1' });
  liaison.sees(/只有局联络组办公室可以布置/);
  const office = story.person('冯主任');
  await office.replies('布置准备工作');
  office.sees(/请写明报齐的日期/);
  await office.replies('布置准备工作，8月20日8点前报齐');
  office.sees(/已过/);
  await office.replies('布置市局准备工作，8月25日前报齐');
  office.sees(/没有需要准备的单位/);
  await office.replies('布置准备工作,8月25日前报齐');
  await office.replies('否');
  office.sees(/请确认布置/, /已撤销/);
  await office.replies('布置准备工作,8月25日前报齐');
  await story.clock.passes('31m');
  await office.replies('是');
  expect(itemsOf(story)).toEqual([]);
  ignoreAll(story);
});

it('shows what is missing, and lets the office ask and urge with a button', async () => {
  const story = await startStory({ ...before, settings: { readiness: { fromAt: at('2021-09-01T00:00'), dueAt: at('2021-08-26T00:00') } } });
  const office = story.person('冯主任');
  await office.replies('准备情况');
  office.sees(/准备情况\n2 个单位，已齐全 0 个[\s\S]*东城区：2\/8，缺[\s\S]*2 个单位尚未布置[\s\S]*\[布置准备工作\]/);
  await office.presses('assignReadiness', /准备情况/);
  office.sees(/请确认布置[\s\S]*08-25 24:00/);
  await office.presses('confirmReadiness', /请确认布置/);
  await story.clock.passes('30s');
  ignoreAll(story);
  await office.replies('准备情况');
  office.sees(/最早期限 08-25 24:00，其中已超期 0 项[\s\S]*\[催办 东城区\][\s\S]*\[催办 西城区\][\s\S]*\[催办全部\]/);
  await office.presses('urgeReadiness', /催办全部/);
  expect(new Set(story.events('ItemUrged').map(({ itemId }) => itemId)).size).toBe(12);
  for (const name of ['东联络', '西联络'] as const) {
    story.person(name).sees(/\(6\)[\s\S]*准备-/);
    story.person(name).sawNothing();
  }
  await story.person('东联络').replies('准备情况');
  story.person('东联络').sees(/准备情况\n东城区：2\/8/);
  expect(story.person('东联络').card(/准备情况/)).not.toMatch(/催办/);
  ignoreAll(story);
});

it('opens by itself ahead of the campaign’s date, before the inspection arrives, once over all instances', async () => {
  const readiness = { fromAt: at('2021-08-20T12:00'), dueAt: at('2021-08-26T00:00') };
  const phases = [
    { phase: 'before', fromAt: at('2021-08-19T00:00'), toAt: at('2021-08-26T08:30') },
    { phase: 'during', fromAt: at('2021-08-26T08:30') },
    { phase: 'during', fromAt: at('2021-08-20T06:00'), unit: '西城区' },
  ] as const;
  const story = await startStory({ ...before, settings: { readiness, phases } });
  const [one, other] = [createOpening(story.world), createOpening(story.world)];
  await one();
  expect(itemsOf(story)).toEqual([]);
  await story.clock.reaches('2021-08-20T12:00');
  await Promise.all([one(), other(), one()]);
  await story.clock.passes('1m');
  await other();
  // 西城区 has the inspection already.
  expect(new Set(itemsOf(story).map(({ parts }) => parts[0]!.unitId))).toEqual(new Set(['u2']));
  expect(itemsOf(story)).toHaveLength(6);
  expect(heard(story, '东联络')).toHaveLength(1);
  expect(story.events('ItemHandedOver')).toHaveLength(6);
  ignoreAll(story);
});

it('waits for the morning, and asks nobody once the inspection is there', async () => {
  const readiness = { fromAt: at('2021-08-20T22:00'), dueAt: at('2021-08-26T00:00') };
  const story = await startStory({ at: '2021-08-20T23:00', settings: { readiness } });
  const open = createOpening(story.world);
  await open();
  expect(itemsOf(story)).toEqual([]);
  await story.clock.reaches('2021-08-21T08:00');
  await open();
  expect(itemsOf(story)).toHaveLength(12);
  const late = await startStory({ at: '2021-08-27T10:00', settings: { readiness } });
  await createOpening(late.world)();
  expect(itemsOf(late)).toEqual([]);
  ignoreAll(story);
  ignoreAll(late);
});

it('asks for a liaison only where none is named, and ends by itself once the contact list names one', async () => {
  const readiness = { fromAt: at('2021-08-20T08:00'), dueAt: at('2021-08-26T00:00') };
  const story = await startStory({ ...before, organisation: withoutLiaison, settings: { readiness } });
  const open = createOpening(story.world);
  await open();
  await story.clock.passes('1m');
  const liaison = () => itemsOf(story).find(({ id }) => id === 'iR.u2.liaison');
  expect(
    itemsOf(story)
      .filter(({ kind }) => kind === 'unitPeople')
      .map(({ id }) => id),
  ).toEqual(['iR.u2.liaison']);
  expect(heard(story, '东联系')[0]).toMatch(/新交办 7 件/);
  const office = story.person('冯主任');
  await office.replies('准备情况 东城区');
  office.sees(/东城区：1\/8，缺[^\n]*联络人/);
  ignoreAll(story);
  await story.changeOrganisation((now) => ({ ...now, appointments: organisation.appointments }));
  await open();
  await story.settle();
  expect(liaison()).toMatchObject({ status: 'withdrawn', endReason: '通讯录中已登记，不必再报' });
  story.person('东联络').sees(/通讯录中已登记/);
  await office.replies('准备情况 东城区');
  office.sees(/东城区：2\/8，缺(?![^\n]*联络人)/);
  await story.clock.passes('2m');
  await open();
  expect(story.events('ItemWithdrawn')).toHaveLength(1);
  ignoreAll(story);
});

it('speaks English to those who do', async () => {
  const story = await startStory(before);
  const office = story.person('冯主任');
  await office.replies('assign readiness by August 25');
  office.sees(/Please confirm[\s\S]*Everything by: 08-25 24:00[\s\S]*\[Yes, assign\]/);
  await office.replies('yes', { locale: 'en' });
  office.sees(/Before arrival[\s\S]*Each unit gets one message/);
  await story.clock.passes('30s');
  ignoreAll(story);
});
