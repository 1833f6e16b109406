import { expect, it } from 'vitest';
import { startStory } from '../support/story.ts';

const ask = /查岗：请应答/;
const again = /再次查岗/;

/** A round at ten that asks three posts; two of them answer at once. */
const startRound = async () => {
  const story = await startStory();
  await story.clock.passes('1m');
  for (const name of ['赵主班', '东主班', '西主班'] as const) story.person(name).sees(ask);
  for (const name of ['赵主班', '西主班'] as const) {
    await story.person(name).presses('acknowledge');
    story.person(name).sees(/已确认在岗/);
  }
  const [check] = story.open();
  return { story, check: check!, officer: story.person('东主班') };
};

it('climbs step by step while there is silence, each step telling its own people', async () => {
  const { story, check, officer } = await startRound();
  const office = [story.person('冯主任'), story.person('陈干事')];
  await story.clock.passes('2m59s');
  officer.sawNothing();
  await story.clock.passes('1s');
  officer.sees(again);
  await story.clock.passes('3m');
  officer.sees(again);
  await story.clock.passes('2m20s');
  officer.sawNothing();
  for (const one of office) one.sees(/请电话查岗[\s\S]*东城区[\s\S]*13800000007[\s\S]*无人接听/);
  await story.clock.passes('1m40s');
  story.person('东副班').sees(/请代本岗应答[\s\S]*东主班 未应答/);
  await story.clock.passes('3m');
  officer.sees(again);
  await story.clock.passes('7m20s');
  story.person('东联络').sees(/查岗无应答[\s\S]*20 分钟/);
  await story.clock.passes('2m40s');
  officer.sees(again);
  await story.clock.passes('6m59s');
  expect(story.open()[0]!.status).toBe('open');
  await story.clock.passes('1s');
  expect(story.open()[0]!.status).toBe('withOffice');
  await story.clock.passes('20s');
  for (const one of office) one.sees(/岗位失联[\s\S]*30 分钟/);
  await story.clock.passes('2m40s');
  officer.sees(again);
  await story.clock.passes('12m20s');
  story.person('东局长').sees(/岗位失联/);
  await story.clock.passes('15m');
  story.group.sees(/查岗无应答/);
  for (const one of office) one.sees(/岗位失联/);
  await story.clock.passes('30m');
  for (const one of office) one.sees(/岗位失联[\s\S]*90 分钟/);
  await story.clock.passes('30m');
  for (const one of office) one.sees(/岗位失联[\s\S]*120 分钟/);
  expect(story.ladder(check.id)).toEqual([
    '0 onDuty',
    '3 onDuty',
    '6 onDuty',
    '8 onDuty,landline',
    '10 coDuty,shiftLeader',
    '20 liaison',
    '30 office',
    '45 principal',
    '60 groupChat',
  ]);
});

it('stops when somebody takes over, and gives the unit half an hour to man its post again', async () => {
  const { story, check, officer } = await startRound();
  await story.clock.passes('31m');
  const everybody = ['东主班', '东副班', '东联络', '冯主任', '陈干事'] as const;
  for (const name of everybody) story.person(name).ignores();
  await story.person('冯主任').presses('acknowledge', /岗位失联/);
  story.person('冯主任').sees(/已由您接管[\s\S]*30分钟/);
  expect(story.obligations().find((o) => o.id === check.id)).toMatchObject({ status: 'takenOver', endedBy: story.person('冯主任').id });
  for (const name of ['东主班', '东副班'] as const) story.person(name).sees(/请恢复值守[\s\S]*冯主任 已临时接管/);
  for (const name of everybody.slice(0, 3)) expect(story.person(name).card(/请应答|请代本岗|无应答/)).toMatch(/已接管/);
  await story.clock.passes('20s');
  story.person('东联络').sees(/冯主任 已临时接管/);
  await story.clock.passes('20m');
  for (const name of ['东主班', '东副班'] as const) story.person(name).sees(/请恢复值守/);
  await officer.presses('acknowledge', /请恢复值守/);
  officer.sees(/已确认在岗/);
  expect(story.open()).toEqual([]);
  await story.clock.passes('1h');
});

it('goes on to the office, which took over, when the post is not manned in half an hour', async () => {
  const { story } = await startRound();
  await story.clock.passes('31m');
  await story.person('冯主任').presses('acknowledge', /岗位失联/);
  for (const name of ['东主班', '东副班', '东联络', '冯主任', '陈干事'] as const) story.person(name).ignores();
  await story.clock.passes('30m20s');
  for (const name of ['东主班', '东副班', '东联络'] as const) story.person(name).ignores();
  // Whoever took over hears that it was in vain.
  for (const name of ['冯主任', '陈干事'] as const) story.person(name).sees(/仍未恢复值守/);
  expect(story.open()[0]).toMatchObject({ kind: 'restore', status: 'withOffice' });
});

it('numbers the reminders of a step in the ledger, for the officer and for the office', async () => {
  const { story, officer } = await startRound();
  await story.clock.passes('2h1m');
  const sentTo = (to: string, template: string) =>
    story
      .events('NoticeSent')
      .filter(({ data }) => data['to'] === to && data['template'] === template)
      .map(({ data }) => data['reminderNo']);
  // The steps at 3, 6 and 8 minutes, and the three reminders of the first of them.
  expect(sentTo(officer.id, 'check.remind')).toEqual([undefined, undefined, 1, 2, 3]);
  expect(sentTo(story.person('冯主任').id, 'check.missed')).toEqual([undefined, 1, 2, 3]);
  expect(story.events('ReminderFired').map(({ data }) => data['reminderNo'])).toEqual([1, 2, 3, 1, 2, 3]);
  for (const to of story.chat.everybody()) (to.startsWith('g:') ? story.group : story.personById(to)).ignores();
});
