import { shiftAt } from '../../src/domain/organisation/directory.ts';
import { packPart } from '../../src/app/shift-change/pack-part.ts';
import type { ButtonValue } from '../../src/ports/channel.ts';
import { people, settings, type Said, type World } from './chat-matrix.ts';
import { at, holder, idOf, roster, type Name } from './invented.ts';
import { createRecordingChannel } from './recording-channel.ts';
import { startStory, type Story, type StoryOptions } from './story.ts';
import { workbookOf } from './workbooks.ts';

/** Worlds in which something may be done by whoever may. */

type Values = { readonly [name: string]: { readonly [key: string]: string } };

/** The act is the first word of its name in the table; further words tell what is meant by it. */
export const actOf = (name: string): string => name.split(' ')[0]!;

export const pressed = (values: Values): World['tries'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value: { action: actOf(name), ...value } }]));

export const start = (options: StoryOptions = {}): Promise<Story> =>
  startStory({ at: '2021-08-27T09:59', organisation: people, ...options, settings: { ...settings, ...options.settings } });

/** A button that somebody has, whole. */
const buttonOf = (story: Story, name: Name, action: string): ButtonValue =>
  story.chat
    .seenBy(idOf(name))
    .flatMap(({ message }) => message.card?.buttons ?? [])
    .findLast(({ value }) => value.action === action)!.value;

const say = async (story: Story, name: Name, ...said: readonly (string | Said)[]): Promise<void> => {
  for (const one of said) await story.person(name).replies(typeof one === 'string' ? one : '', typeof one === 'string' ? {} : one);
  await story.settle();
};

/** 10:12, the second officer is asked: of three posts two have answered, the western a moment ago. */
export const whileAPostIsSilent = async (): Promise<World> => {
  const story = await start();
  await story.clock.reaches('2021-08-27T10:11');
  await say(story, '赵主班', '在岗');
  await story.clock.reaches('2021-08-27T10:12');
  await say(story, '西主班', '在岗');
  const obligationId = story.open().find(({ subject }) => subject === 'p2')!.id;
  const tries = pressed({
    acknowledge: { obligationId },
    takeOver: { obligationId },
    notOnPost: { obligationId },
    passOn: { obligationId },
    remind: { obligationId },
    recordCall: { obligationId, result: 'busy' },
    startCheck: { subject: 'p1' },
    'startCheck of a contact': { subject: idOf('西联络') },
    help: {},
    undo: {},
  });
  return { story, tries };
};

/** 10:35: the east has answered late and appealed, the west has missed it. */
export const afterARound = async (): Promise<World> => {
  const story = await start();
  await story.clock.reaches('2021-08-27T10:16');
  await say(story, '东主班', '在岗');
  await story.clock.reaches('2021-08-27T10:35');
  await say(story, '东联络', '申诉 正在处置');
  const appealId = story.events('AppealAsked')[0]!.itemId!;
  const west = story.obligations().find(({ kind, subject }) => kind === 'check' && subject === 'p3')!.id;
  const tries = pressed({
    appeal: { obligationId: west, reason: '停电' },
    showAppeal: { appealId },
    upholdAppeal: { appealId },
    rejectAppeal: { appealId, reason: '无依据' },
    withdrawAppeal: { appealId },
  });
  return { story, tries };
};

/** 17:00: the daily report waits. */
export const withAReport = async (): Promise<World> => {
  const reports = { dailyMinute: 17 * 60, hasCampaign: false, withinMs: 3_600_000 };
  const story = await start({ at: '2021-08-27T16:59', settings: { reports } });
  await story.clock.reaches('2021-08-27T17:01');
  const reportId = story.open().find(({ kind }) => kind === 'report')!.itemId!;
  const tries = {
    ...pressed({ showReport: { reportId }, dropReport: { reportId } }),
    sendReport: { value: buttonOf(story, '冯主任', 'sendReport') },
  };
  return { story, tries };
};

const partOf = (story: Story, wall: string): string => {
  const shift = shiftAt(story.world.directory, 'p2', at(wall))!;
  return packPart({ postId: 'p2', from: shift.from, to: shift.to, role: 'onDuty' });
};

const eastern = {
  name: '东城区',
  rows: [
    ['2021年9月值班表'],
    ['日期', '主班', '副班'],
    ['9月3日', '次日班', '东副班'],
    ['9月4日', '东主班', '东副班'],
    ['备注:值班时间为当日8:30至次日8:30。'],
  ],
  merges: ['A1:C1'],
};

/** The unit has proposed a change of its own post, and the office has made one of the western. */
export const withChangesOfTheRoster = async (): Promise<World> => {
  const story = await start({ at: '2021-08-27T12:00' });
  await say(story, '东联络', '8月29日东城区主班改为次日班', '是');
  const proposalId = story.open().find(({ kind }) => kind === 'rosterProposal')!.itemId!;
  await say(story, '冯主任', '8月30日西城区主班改为次日班', '是');
  const changeId = story.store.all().find(({ aggregate }) => aggregate.type === 'applied')!.id;
  const source = await workbookOf([eastern], '东城区值班表.xlsx');
  const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const file = await story.files.put('bytes' in source ? source.bytes : new Uint8Array(), { name: '东城区值班表.xlsx', mime });
  await say(story, '冯主任', { files: [file] });
  const apply = buttonOf(story, '冯主任', 'applyWorkbook');
  await story.clock.passes('1m');
  const change = { parts: partOf(story, '2021-08-31T12:00'), out: idOf('东主班'), in: idOf('次日班') };
  const tries: World['tries'] = {
    ...pressed({
      'applyRosterChange of a proposal': { proposalId },
      'applyRosterChange of a shift': change,
      declineRosterChange: { proposalId },
      withdrawRosterChange: { proposalId },
      settleRosterChange: { from: String(at('2021-08-31T12:00')), post: 'p2', out: idOf('东主班'), in: idOf('次日班') },
      cancelRosterChange: {},
      undoRosterChange: { changeId },
      rosterVersions: {},
      showRosterVersion: { version: '1' },
    }),
    applyWorkbook: { value: apply },
    workbookFaults: { value: { ...apply, action: 'workbookFaults', from: '0' } },
    'a workbook': { files: [file] },
  };
  return { story, tries };
};

/** One post with officers enough, drafted whole. */
export const withADraft = async (): Promise<World> => {
  const more = Array.from({ length: 6 }, (_, index) => ({ id: `m${101 + index}`, name: `新${'甲乙丙丁戊己'[index]}员` }));
  const organisation = {
    ...people,
    people: [...people.people, ...more.map((one, index) => ({ ...one, mobile: `1380000910${index}` }))],
    appointments: [...people.appointments, ...more.map(({ id }) => ({ role: 'dutyOfficer', of: 'u2', personId: id, from: 0 }) as const)],
  };
  const story = await start({ organisation });
  await say(story, '冯主任', '排班 东城区 9月1日到9月7日');
  const tries = Object.fromEntries(
    ['publishDraft', 'draftAgain', 'discardDraft'].map((action) => [action, { value: buttonOf(story, '冯主任', action) }]),
  );
  return { story, tries };
};

/** Four leaves: one waits for everybody, one for a name, one is granted, one is still being asked for. */
export const withLeave = async (): Promise<World> => {
  const story = await start({ at: '2021-08-27T12:00' });
  const requests = (): readonly string[] => story.store.all().flatMap(({ id, aggregate }) => (aggregate.type === 'request' ? [id] : []));
  const ask = async (...said: readonly (string | Said)[]): Promise<string> => {
    const before = requests();
    await story.clock.passes('1m');
    await say(story, '东主班', ...said);
    return requests().find((id) => !before.includes(id))!;
  };
  const requestId = await ask('8月29日请假一天，由次日班替班', '是');
  const askDuty = { action: 'askDuty', kind: 'leave', part: partOf(story, '2021-09-08T12:00'), person: 'later', reason: '家里有事' };
  const open = await ask({ value: askDuty }, '是');
  const granted = await ask('9月1日请假一天，由次日班替班', '是');
  await say(story, '次日班', { value: { action: 'acceptDuty', requestId: granted } });
  await say(story, '东局长', { value: { action: 'approveDuty', requestId: granted } });
  await say(story, '东主班', '9月5日请假一天');
  const choose = buttonOf(story, '东主班', 'chooseDuty');
  const tries: World['tries'] = {
    ...pressed({
      askDuty: { kind: 'leave', part: partOf(story, '2021-09-11T12:00'), person: idOf('次日班'), reason: '家里有事' },
      showDuty: { requestId },
      acceptDuty: { requestId },
      declineDuty: { requestId },
      approveDuty: { requestId },
      refuseDuty: { requestId, reason: '人手不足' },
      withdrawDuty: { requestId },
      nameDuty: { requestId: open, personId: idOf('次日班') },
      undoDuty: { requestId: granted },
    }),
    chooseDuty: { value: choose },
    cancelDuty: { value: { ...choose, action: 'cancelDuty' } },
  };
  return { story, tries };
};

/** What was understood of a leave is shown, and waits for its word. */
export const withLeaveToConfirm = async (): Promise<World> => {
  const story = await start({ at: '2021-08-27T12:00' });
  await say(story, '东主班', '8月29日请假一天，由次日班替班');
  return { story, tries: { confirmDuty: { value: buttonOf(story, '东主班', 'confirmDuty') } } };
};

const relieved = {
  ...roster,
  shifts: roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from === at('2021-08-28T08:30')
      ? { ...shift, holders: [holder('onDuty', '次日班'), holder('coDuty', '东副班')] }
      : shift,
  ),
};

export const whileAShiftIsHandedOver = async (): Promise<World> => {
  const story = await start({ at: '2021-08-28T08:10', roster: relieved });
  await story.clock.reaches('2021-08-28T08:31');
  const obligationId = story.open().find(({ kind }) => kind === 'handover')!.id;
  const tries = pressed({
    acceptHandover: { obligationId },
    delayHandover: { obligationId },
    noteHandover: { obligationId, note: '西门监控故障' },
  });
  return { story, tries };
};

/** A day before somebody's first shift. */
export const whileSomebodyIsTested = async (): Promise<World> => {
  const handover = { isRequired: false, leadMs: 0, windowMs: 600_000 };
  const story = await start({ at: '2021-08-27T08:00', roster: relieved, tellsAhead: true, settings: { handover } });
  await story.clock.reaches('2021-08-27T08:31');
  const obligationId = story.open().find(({ kind, subject }) => kind === 'reachTest' && subject === idOf('次日班'))!.id;
  return { story, tries: pressed({ confirmReach: { obligationId }, testCalled: { obligationId } }) };
};

/** The office has proposed something, and whoever presses has its conversation. */
export const withAPhaseToConfirm = async (): Promise<World> => {
  const story = await start({ at: '2021-08-27T12:00' });
  await say(story, '冯主任', '明天督察组到东城区');
  const { askedAt } = buttonOf(story, '冯主任', 'confirmPhase');
  const at = String(askedAt);
  const tries = pressed({ confirmPhase: { askedAt: at }, declinePhase: { askedAt: at }, choosePhase: { askedAt: at, unitIds: 'u3' } });
  return { story, tries, lent: '冯主任' };
};

export const withReadinessToConfirm = async (): Promise<World> => {
  const story = await start({
    at: '2021-08-25T09:00',
    settings: { readiness: { fromAt: at('2021-08-20T00:00'), dueAt: at('2021-08-26T00:00') } },
  });
  await say(story, '冯主任', '布置准备工作,8月25日前报齐', '是', '布置准备工作,8月26日前报齐');
  const { askedAt } = buttonOf(story, '冯主任', 'confirmReadiness');
  const tries = pressed({
    confirmReadiness: { askedAt: String(askedAt) },
    declineReadiness: { askedAt: String(askedAt) },
    assignReadiness: {},
    urgeReadiness: {},
    'urgeReadiness of a unit': { unitId: 'u2' },
  });
  return { story, tries, lent: '冯主任' };
};

/** The office was shown a list that is longer than one message. */
export const withALongList = async (): Promise<World> => {
  const story = await start({ at: '2021-08-25T09:00' });
  await say(story, '冯主任', '布置准备工作,8月25日前报齐', '是', { value: { action: 'urgeReadiness' } });
  return { story, tries: { moreItems: { value: buttonOf(story, '冯主任', 'moreItems') } } };
};

/** An account of an officer is bound already. */
export const withAccounts = async (): Promise<World> => {
  const story = await start({ at: '2021-08-27T13:00', channels: (now) => [createRecordingChannel('wecom', now, { goesByAccount: true })] });
  await say(story, '冯主任', '绑定 东副班 企业微信 DongFu', '是');
  const bound = { personId: idOf('东副班'), channel: 'wecom', account: 'DongFu' };
  const tries = pressed({
    bindAccount: { ...bound, personId: idOf('东主班'), account: 'DongZhu' },
    revokeAccount: bound,
    askRevoke: bound,
    cancelAccount: {},
    bindingCode: { personId: idOf('东主班') },
    chooseForAccount: { act: 'code', personId: idOf('东主班') },
    testChannel: { personId: idOf('东主班'), channel: 'wecom' },
    'resetCalendarLink of the auditor': { owner: idOf('陈干事') },
    'resetCalendarLink of all': { owner: 'all' },
    'resetCalendarLink of a unit': { owner: 'u2' },
    'resetCalendarLink of somebody else': { owner: idOf('东副班') },
  });
  return { story, tries };
};
