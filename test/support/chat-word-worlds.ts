import { handOver } from '../../src/app/items/intake/hand-over.ts';
import type { World } from './chat-matrix.ts';
import { start } from './chat-worlds.ts';
import { draftOf } from './item-stories.ts';

/** Worlds in which something may be said by everybody. What is meant by a sentence is the first word of its name. */

const spoken = (sentences: { readonly [name: string]: string }): World['tries'] =>
  Object.fromEntries(Object.entries(sentences).map(([name, text]) => [name, { text }]));

/** 10:12: of three posts two have answered. */
export const wordsWhileAPostIsSilent = async (): Promise<World> => {
  const story = await start();
  await story.clock.reaches('2021-08-27T10:12');
  await story.person('赵主班').replies('在岗');
  await story.person('西主班').replies('在岗');
  const tries = spoken({
    acknowledge: '在岗',
    standIn: '东主班在岗',
    notOnPost: '不在',
    passOn: '转下一人',
    help: '求援',
    undo: '撤销',
    startCheck: '查岗 市局',
  });
  return { story, tries };
};

/** Noon, and nobody is asked anything. */
export const wordsOfACalmDay = async (): Promise<World> => {
  const story = await start({ at: '2021-08-27T12:00' });
  const tries = spoken({
    whoIsOnDuty: '今晚谁值班',
    roster: '值班表',
    myShifts: '我的班',
    usage: '帮助',
    unclear: '咕噜咕噜',
    dashboard: '看板',
    readiness: '准备情况',
    pauseChannel: '停止通知',
    resumeChannel: '恢复通知',
    calendarLink: '我的日历',
    'calendarLink of a unit': '东城区的日历',
    resetCalendarLink: '重置日历链接',
    'resetCalendarLink of a unit': '重置东城区日历链接',
    draftRoster: '排班 东城区 9月1日到9月3日',
    changeRoster: '8月31日东城区主班改为次日班',
    'roster versions': '排班版本',
    leave: '8月29日请假一天，由次日班替班',
    swap: '和东副班换8月31日的班',
    requests: '我的申请',
    changePhase: '明天督察组到东城区',
    assignReadiness: '布置准备工作,9月25日前报齐',
    report: '日报',
    accounts: '东主班的绑定情况',
    'accounts by code': '东主班绑定码',
    handover: '交接备注：西门监控故障',
    'handover log': '交接记录',
  });
  return { story, tries };
};

/** A leave waits for whoever stands in, then for whoever must consent, and is granted. */
export async function* wordsAboutLeave(): AsyncGenerator<World> {
  const story = await start({ at: '2021-08-27T12:00' });
  await story.person('东主班').replies('8月29日请假一天，由次日班替班');
  await story.person('东主班').replies('是');
  yield { story, tries: spoken({ approve: '同意', reject: '不同意，人手不足', withdrawRequest: '撤销请假' }) };
  await story.person('次日班').replies('同意');
  yield { story, tries: spoken({ 'approve as whoever consents': '同意', 'reject as whoever consents': '不同意，人手不足' }) };
  await story.person('东局长').replies('同意');
  yield { story, tries: spoken({ 'withdrawRequest that is granted': '撤销请假' }) };
}

/** An item of the eastern district, received or not. */
export async function* wordsAboutItems(): AsyncGenerator<World> {
  const story = await start({ at: '2021-08-28T10:29:40' });
  const draft = draftOf(7);
  await handOver(story.world, { drafts: [draft] });
  await story.clock.reaches('2021-08-28T10:30');
  yield {
    story,
    tries: spoken({
      receiveItem: '签收',
      myItems: '我的任务',
      'unclear but for its number': 'D2SD202108280007',
      'unclear but for an act': '催办 0007',
      'unclear but for a form': '新增交办',
    }),
  };
  await story.person('东联络').replies('签收 0007');
  const { id: itemId } = draft;
  const plan = { title1: '现场核查', owner1: '东主班', due1: '2021-08-30' };
  await story.person('东联络').pressesValue({ action: 'split', itemId, ...plan });
  yield {
    story,
    tries: spoken({
      reportProgress: '报进展',
      closeItem: '已办结',
      requestExtension: '申请延期到9月2日，因降雨',
    }),
  };
}
