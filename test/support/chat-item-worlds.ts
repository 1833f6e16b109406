import { handOver } from '../../src/app/items/intake/hand-over.ts';
import { clerk, type World } from './chat-matrix.ts';
import { pressed, start } from './chat-worlds.ts';
import { at, idOf, type Name } from './invented.ts';
import { draftOf, fileOf } from './item-stories.ts';

/** An item of the eastern district through its life: at each of its stages what may be done with it then. */
export async function* throughAnItemsLife(): AsyncGenerator<World> {
  const story = await start({ at: '2021-08-28T10:29:40' });
  const drafts = [
    draftOf(7),
    draftOf(8, {
      kind: 'dailyReport',
      limits: [{ level: 'unit', at: at('2021-08-28T15:00'), countedFromAt: at('2021-08-28T10:30'), rule: { type: 'daily', minute: 900 } }],
    }),
  ];
  await handOver(story.world, { drafts });
  await story.clock.reaches('2021-08-28T10:30');
  const [itemId, daily] = drafts.map(({ id }) => id) as [string, string];
  const files = [fileOf('盖章件.pdf')];
  const no = '1';

  const worldOf = (values: { readonly [name: string]: { readonly [key: string]: string } }, more: World['tries'] = {}): World => ({
    story,
    tries: {
      ...pressed(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { itemId, ...value }]))),
      ...more,
    },
  });
  const act = async (name: Name, action: string, value: { readonly [key: string]: string } = {}, withFiles = false): Promise<void> => {
    await story.person(name).replies('', { value: { action, itemId, ...value }, ...(withFiles ? { files } : {}) });
  };

  yield worldOf(
    {
      receiveItem: {},
      receive: {},
      receiveAll: { itemIds: `${itemId},${daily}` },
      showItem: {},
      explain: {},
      myItems: {},
      cancelForm: {},
      urge: {},
      urgeUnit: { unitId: 'u2' },
      withdrawItem: { reason: '重复交办' },
      moveOuter: { level: 'team', to: '2021-09-20', consentOf: '督察组', consentRef: '函〔2021〕1号', reason: '降雨' },
      addItem: {},
      'addItem of a whole one': {
        kind: 'petition',
        number: 'D2SD202108280099',
        text: '某工地扬尘',
        unit: '东城区',
        district: '东城区',
        limit: '3日内',
        pollution: '大气',
        source: '来电',
      },
    },
    { 'attach a file': { value: { action: 'attach', itemId }, files } },
  );
  await act('东联络', 'receiveItem');
  yield worldOf({
    split: { title1: '现场核查', owner1: idOf('东主班'), due1: '2021-08-30' },
    moreRows: { rows: '6' },
    longTerm: { responsible: idOf('东主班'), measures: '分三期改造管网', to: '2021-08-31' },
  });
  await act('东联络', 'split', { title1: '现场核查', owner1: idOf('东主班'), due1: '2021-08-30' });
  yield worldOf({
    report: { text: '已到现场' },
    finishSubtask: { no },
    reassign: { part: no, owner: idOf('次日班') },
    extend: { to: '2021-09-02', reason: '降雨' },
  });
  await act('东联络', 'extend', { to: '2021-09-02', reason: '降雨' });
  yield worldOf({ 'approve of a unit': { no }, 'reject of a unit': { no, reason: '不够' } });
  await act('东局长', 'approve', { no });
  yield worldOf({ 'approve of the office': { no }, 'reject of the office': { no, reason: '不够' } });
  await act('冯主任', 'approve', { no });
  await act('东主班', 'finishSubtask', { no });
  const done = { outcome: 'done', text: '已覆盖', finding: 'true', handling: '已整改', accountability: '无' };
  yield worldOf({}, { draft: { value: { action: 'draft', itemId, ...done }, files } });
  await act('东联络', 'draft', done, true);
  yield worldOf({ check: { no } });
  await act('东联系', 'check', { no });
  yield worldOf({}, { sign: { value: { action: 'sign', itemId, no, signedOn: '2021-08-28' }, files } });
  await act('东局长', 'sign', { no, signedOn: '2021-08-28' }, true);
  yield worldOf({ submit: { no } });
  await act('东联络', 'submit', { no });
  for (const [action, value] of [
    ['receiveItem', {}],
    ['draft', { outcome: 'done', text: '当日无新增' }],
    ['submit', { no }],
  ] as const)
    await story.person('东联络').replies('', { value: { action, itemId: daily, ...value } });
  yield worldOf({
    accept: { no },
    return: { no, reason: '缺照片', fault: 'incomplete' },
    acceptAll: { itemIds: `${itemId},${daily}` },
    confirmAcceptAll: { marks: `${daily}:1` },
  });
  await story.personById(clerk).replies('', { value: { action: 'accept', itemId, no } });
  yield worldOf({ close: {} });
  await story.personById(clerk).replies('', { value: { action: 'close', itemId } });
  yield worldOf({ followUp: { passed: 'yes', text: '现场复核' } });
}
