import { expect, it } from 'vitest';
import { beginChange, toTransition } from '../../src/app/change.ts';
import { handOver } from '../../src/app/items/intake/hand-over.ts';
import { at, settings } from '../support/invented.ts';
import { draftOf, fileOf, ignoreAll, itemIn, startWith } from '../support/item-stories.ts';
import { startStory } from '../support/story.ts';

const twoDays = { ...settings.kinds['assigned']!, limit: { type: 'days', count: 2, day: 'natural' } as const };

it('never lets a plain 收到 receive an item: it shows them with their buttons', async () => {
  const story = await startWith(draftOf(12), draftOf(13));
  const liaison = story.person('东联络');
  liaison.sees(/东城区新交办 2 件：请签收[\s\S]*最早期限 08-31 24:00[\s\S]*\[签收 D2SD202108280012\][\s\S]*\[全部签收\]/);
  ignoreAll(story);
  await liaison.replies('收到');
  liaison.sees(/待签收 2 件：请逐件签收[\s\S]*D2SD202108280012 信访件 东城区 待签收[\s\S]*\[签收 D2SD202108280013\]/);
  expect(story.events('ItemReceived')).toEqual([]);
  liaison.sees(/已确认在岗/);
  await liaison.presses('receiveItem', /待签收 2 件/);
  liaison.sees(/已签收[\s\S]*0013/);
  await liaison.replies('收到');
  liaison.sees(/此前已确认/, /待签收 1 件/);
  // Naming it is receiving it.
  await liaison.replies('收到 D2SD202108280012');
  liaison.sees(/已签收[\s\S]*0012/);
  await liaison.replies('收到');
  liaison.sees(/此前已确认/);
});

it('answers a check, and only the check, where one is open', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  await story.person('冯主任').replies('查岗 东城区');
  story.person('冯主任').ignores();
  const officer = story.person('东主班');
  officer.sees(/查岗/);
  await officer.replies('收到');
  officer.sees(/已确认在岗/);
  officer.sawNothing();
  expect(itemIn(story, 12).status).toBe('handedOver');
  await officer.replies('签收');
  officer.sees(/已签收/);
});

it('knows an item by whatever number it has, as the card shows it', async () => {
  const request = (no: number, unitIds = ['u2']) =>
    draftOf(20 + no, { id: `iDR3.${no}.${unitIds[0]}`, kind: 'documentRequest', number: `调阅3-${no}`, text: `资料${no}`, unitIds });
  const story = await startWith(
    request(1),
    request(12),
    request(2),
    request(5, ['u3']),
    draftOf(33),
    draftOf(40, { id: 'ix', number: '济督〔2021〕15号' }),
  );
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('签收 调阅3-1');
  liaison.sees(/已签收\n调阅3-1 /);
  await liaison.replies('调阅3-12');
  liaison.sees(/调阅3-12\n[\s\S]*待签收/);
  await liaison.replies('签收调阅3-12、调阅３－２');
  liaison.sees(/已签收 2 件/);
  await liaison.replies('签收 08280033');
  liaison.sees(/已签收\nD2SD202108280033 /);
  await liaison.replies('签收 济督〔2021〕15号');
  liaison.sees(/已签收\n济督〔2021〕15号 /);
  await liaison.replies('调阅3-1 已办结');
  liaison.sees(/办结报送\n调阅3-1 /);
  await liaison.replies('签收 调阅3-5');
  liaison.sees(/没有找到这一件/);
  ignoreAll(story);
  await story.person('冯主任').replies('催办 调阅3-5');
  story.person('冯主任').sees(/催办：请抓紧办理\n调阅3-5 /);
  ignoreAll(story);
});

it('asks which one where it could be several, and never guesses', async () => {
  const story = await startWith(draftOf(12), draftOf(13), draftOf(112, { number: 'D2SD202108270012', id: 'iD2SD202108270012' }));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('签收');
  liaison.sees(/待签收 3 件/);
  await liaison.replies('签收 0012');
  liaison.sees(/待签收 2 件[\s\S]*D2SD202108270012[\s\S]*D2SD202108280012/);
  expect(story.events('ItemReceived')).toEqual([]);
  await liaison.replies('签收 D2SD202108280012');
  liaison.sees(/已签收/);
  await liaison.replies('签收 0012 0013');
  liaison.sees(/已签收 2 件[\s\S]*D2SD202108270012[\s\S]*D2SD202108280013/);
  await liaison.replies('全部签收');
  liaison.sees(/此步已由他人办妥/);
  expect([itemIn(story, 12).status, itemIn(story, 13).status]).toEqual(['received', 'received']);
  await liaison.replies('进展：现场洒水 1200 升，编号 5566 的围挡已修');
  liaison.sees(/请选择是哪一件：报进展/);
  await liaison.presses('report', /请选择是哪一件/);
  liaison.sees(/已报进展/);
  const texts = [12, 13].flatMap((no) => itemIn(story, no).reports.map(({ text }) => text));
  expect([...texts, '现场洒水 1200 升，编号 5566 的围挡已修']).toContain('现场洒水 1200 升，编号 5566 的围挡已修');
  await liaison.replies('我的任务');
  liaison.sees(/我的任务：3 件/);
});

it('refuses each who has the wrong role, in so many words', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  const stranger = story.person('西联络');
  for (const text of ['签收 D2SD202108280012', 'D2SD202108280012', '已办结 D2SD202108280012', '为什么到期 D2SD202108280012']) {
    await stranger.replies(text);
    stranger.sees(/未办理[\s\S]*不在您的职责内/);
    expect(stranger.texts().at(-1)).not.toMatch(/扬尘/);
  }
  await stranger.replies('签收 0012');
  stranger.sees(/没有找到这一件/);
  for (const text of ['全部逾期', '各区情况', '按类型', '催办历下区 东城区', '新增交办 工地扬尘']) {
    await stranger.replies(text);
    stranger.sees(/仅局联络组办公室/);
  }
  await story.person('冯主任').replies('签收 0012');
  story.person('冯主任').sees(/不在您的职责内/);
  await stranger.pressesValue({ action: 'accept', itemId: draftOf(12).id });
  stranger.sees(/不在您的职责内/);
  await stranger.pressesValue({ action: 'receiveItem', itemId: 'iD2SD209912310001' });
  stranger.sees(/没有找到这一件/);
  for (const value of [
    { action: 'receiveItem' },
    { action: 'receiveItem', itemId: 'k' },
    { action: 'split', itemId: 7 },
    { action: 'toString', itemId: 'i1' },
  ]) {
    await stranger.pressesValue(value);
    stranger.sees(/未识别该操作/);
  }
  expect(story.events('ItemReceived')).toEqual([]);
});

it('lets one of two win who receive at the same instant, and tells the other that it is done', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  const { store } = story;
  const commit = store.commit.bind(store);
  let isRaced = false;
  // Between the look of the one and their commit the other's is committed.
  store.commit = async (transitions, version) => {
    if (!isRaced && transitions.some(({ events }) => events.some(({ event }) => event === 'ItemReceived'))) {
      isRaced = true;
      await story.person('东联系').replies('签收');
    }
    return commit(transitions, version);
  };
  await story.person('东联络').replies('签收');
  story.person('东联系').sees(/已签收/);
  story.person('东联络').sees(/此步已由他人办妥/);
  expect(story.events('ItemReceived')).toHaveLength(1);
});

it('says whose limits stand around an item by the chain of its campaign', async () => {
  const chainDays = { unit: 2, bureau: 4, province: 6 };
  const story = await startStory({ at: '2021-08-28T10:30', settings: { chainDays, kinds: { ...settings.kinds, assigned: twoDays } } });
  await story.person('冯主任').replies('新增交办 东城区 工地扬尘');
  await story.person('冯主任').fills('addItem', { kind: 'assigned', unit: 'u2' });
  ignoreAll(story);
  await story.person('东联络').replies('为什么到期');
  story
    .person('东联络')
    .sees(
      /责任单位时限[^\n]*2个自然日[^\n]*到期：2021-08-30 24:00\n局时限[^\n]*4个自然日[^\n]*到期：2021-09-01 24:00\n省时限[^\n]*6个自然日[^\n]*\n取其中最早者：08-30 24:00/,
    );
});

it('moves a date only with a reason, the principal and the office, and says why it is due then', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('签收');
  await liaison.replies('为什么是9月1日到期 0012');
  liaison.sees(/已签收/, /D2SD202108280012 的期限依据[\s\S]*责任单位时限[\s\S]*3个自然日[\s\S]*督察组时限[\s\S]*取其中最早者：08-31 24:00/);
  await liaison.replies('申请延期到9月3日17:00');
  liaison.sees(/请写明原因/);
  await liaison.replies('申请延期到9月3日');
  liaison.sees(/请写明原因/);
  await liaison.replies('材料较多，需补测');
  liaison.sees(/申请延期，待审批[\s\S]*材料较多，需补测[\s\S]*09-03 24:00/);
  expect(itemIn(story, 12).extensions).toMatchObject([{ toAt: at('2021-09-04T00:00'), reason: '材料较多，需补测' }]);
  await story.clock.passes('30s');
  const principal = story.person('东局长');
  principal.sees(/待审批：延期申请[\s\S]*\[同意延期\]/);
  await story.person('冯主任').replies('同意 0012');
  story.person('冯主任').sees(/须由责任单位主要负责人先同意/);
  await principal.replies('同意');
  principal.sees(/主要负责人已同意延期，待办公室审批/);
  await story.clock.passes('30s');
  ignoreAll(story);
  await story.person('陈干事').replies('不同意 0012 理由不充分');
  story.person('陈干事').sees(/延期申请未获批准[\s\S]*理由不充分/);
  liaison.sees(/延期申请未获批准[\s\S]*陈干事[\s\S]*理由不充分/);
  ignoreAll(story);
  await liaison.replies('0012 申请延期到9月20日 因为材料多');
  liaison.sees(/超出外部时限/);
  // The reason that was given a moment ago still holds.
  await liaison.replies('延期到9月4日17:00');
  liaison.sees(/申请延期，待审批[\s\S]*09-04 17:00/);
  await principal.presses('approve');
  await story.person('冯主任').replies('同意延期 0012');
  await story.clock.passes('30s');
  ignoreAll(story);
  await liaison.presses('explain', /已签收/);
  liaison.sees(/由 08-31 24:00 延至 09-04 17:00/);
  const office = story.person('冯主任');
  await office.replies('调整督察组时限 0012');
  office.sees(/调整外部时限[\s\S]*须有时限设定方的同意/);
  await office.fills('moveOuter', { level: 'team', to: '2021-09-10', reason: '统一顺延' });
  office.sees(/须登记交办方的同意/);
  await office.fills('moveOuter', {
    level: 'team',
    to: '2021-09-10',
    reason: '统一顺延',
    consentOf: '督察组联络员',
    consentRef: '电话记录3号',
  });
  office.sees(/外部时限已调整/);
  liaison.sees(/外部时限已调整/);
  ignoreAll(story);
});

it('gives the office what is overdue, by unit and by kind, and lets it urge one and all', async () => {
  const story = await startWith(
    draftOf(12),
    draftOf(13),
    draftOf(14, { unitIds: ['u3'] }),
    draftOf(15, { kind: 'assigned', unitIds: ['u3', 'u2'] }),
  );
  await story.clock.reaches('2021-09-01T09:00');
  ignoreAll(story);
  const office = story.person('冯主任');
  await office.replies('全部逾期');
  office.sees(/已超期 4 件[\s\S]*已超期 9 小时[\s\S]*\[催办 D2SD202108280012\]/);
  await office.replies('各区情况');
  office.sees(/各单位办理情况[\s\S]*未办结 4 件：正常 0，临期 0，紧急 0，超期 4；未签收 4[\s\S]*东城区：2 件[\s\S]*西城区：2 件/);
  await office.replies('按类型');
  office.sees(/各类交办办理情况[\s\S]*信访件：3 件[\s\S]*交办：1 件/);
  await office.replies('东城区的交办件');
  office.sees(/东城区未办结 3 件[\s\S]*\[催办该单位\]/);
  await office.replies('催办 0012');
  office.sees(/催办：请抓紧办理/);
  story.person('东联络').sees(/催办：请抓紧办理[\s\S]*0012/);
  ignoreAll(story);
  await office.replies('催办西城区');
  office.sees(/已催办 2 件/);
  story.person('西联络').sees(/催办：请抓紧办理 \(2\)[\s\S]*0014/);
  ignoreAll(story);
  await story.person('西联络').replies('逾期');
  story.person('西联络').sees(/已超期 2 件/);
  await office.replies('撤回交办 0014 重复交办');
  office.sees(/交办已撤回[\s\S]*重复交办/);
  story.person('西联络').sees(/交办已撤回[\s\S]*冯主任|交办已撤回/);
  ignoreAll(story);
});

it('adds an item by a form, from the office alone', async () => {
  const story = await startWith();
  const office = story.person('冯主任');
  await office.replies('新增交办 东城区 道路扬尘未覆盖');
  office.sees(/新增交办[\s\S]*时限如/);
  await office.fills('addItem', { kind: 'assigned', unit: 'u2', coUnits: '西城区', limit: '9月3日17:00' });
  office.sees(/新交办[\s\S]*道路扬尘未覆盖[\s\S]*西城区（协办）[\s\S]*09-03 17:00/);
  story.person('东联络').sees(/新交办：请签收/);
  for (const name of ['东联系', '西联络', '西联系'] as const) story.person(name).sees(/新交办：请签收/);
  await office.replies('新增交办');
  office.sees(/新增交办/);
  await office.replies('提交\n类别：信访件\n编号：X2SD202108280003\n内容：河道异味\n主办单位：西城区');
  office.sees(/新交办[\s\S]*X2SD202108280003 河道异味[\s\S]*08-31 24:00/);
  ignoreAll(story);
  await office.replies('新增交办');
  await office.fills('addItem', { kind: 'petition', unit: 'u3', text: '没有编号' });
  office.sees(/新增交办/, /必填内容不全/);
  // What was put in before is of another item.
  await office.replies('新增交办 X2SD202108280003 又来一次');
  office.sees(/新增交办/);
  await office.fills('addItem', { kind: 'petition', unit: 'u3' });
  office.ignores();
  expect(story.events('ItemHandedOver')).toHaveLength(2);
});

it('asks what files are for, and keeps them until that is said', async () => {
  const story = await startWith(draftOf(12), draftOf(13));
  ignoreAll(story);
  const liaison = story.person('东联络');
  await liaison.replies('', { files: [fileOf('照片.jpg')] });
  liaison.sees(/目前没有可以这样操作的件/);
  await liaison.replies('全部签收');
  await liaison.replies('', { files: [fileOf('照片.jpg')] });
  liaison.ignores();
  await liaison.presses('attach', /收到 1 个文件，请选择属于哪一件/);
  liaison.ignores();
  await liaison.presses('report', /信访件 D2SD202108280013/);
  liaison.sees(/已报进展/);
  expect([...itemIn(story, 12).reports, ...itemIn(story, 13).reports]).toMatchObject([{ files: [{ name: '照片.jpg' }] }]);
  await liaison.replies('进展 0012 已到现场', { files: [fileOf('现场.jpg')] });
  liaison.sees(/已报进展/);
  expect(itemIn(story, 12).reports.at(-1)).toMatchObject({ text: '已到现场', files: [{ name: '现场.jpg' }] });
});

it('tells a unit once of a batch, however many there are', async () => {
  const story = await startWith();
  const drafts = Array.from({ length: 80 }, (_, index) => draftOf(index + 1));
  await handOver(story.world, { drafts });
  await story.clock.passes('20s');
  for (const name of ['东联络', '东联系'] as const) {
    story.person(name).sees(/东城区新交办 80 件[\s\S]*另有 70 件未列出/);
    story.person(name).sawNothing();
  }
  // Everything that was said of an item stands in its record.
  const told = story.events('NoticeSent').filter(({ itemId }) => itemId === draftOf(7).id);
  expect(new Set(told.map(({ data }) => data['to']))).toEqual(new Set([story.person('东联络').id, story.person('东联系').id]));
  await story.person('东联络').presses('receiveAll');
  story.person('东联络').sees(/已签收 60 件/);
  const change = beginChange(story.world, story.clock.now());
  expect(toTransition(change).writes).toEqual([]);
  ignoreAll(story);
});

it('answers a check with a picture, and keeps work that is long, interim or given to another', async () => {
  const story = await startWith(draftOf(12));
  ignoreAll(story);
  await story.person('冯主任').replies('查岗 东城区');
  const officer = story.person('东主班');
  ignoreAll(story);
  await officer.replies('在岗', { files: [fileOf('值班室.jpg')] });
  officer.sees(/已确认在岗/);
  const liaison = story.person('东联络');
  await liaison.replies('签收');
  await liaison.replies('拆分');
  await liaison.fills('split', { title1: '现场核查', owner1: '东主班', title2: '资料汇总', owner2: '东副班', due2: '8月30日' });
  liaison.sees(/已签收/, /一项一人/, /2\. 资料汇总（东副班，08-30 24:00 前）/);
  await liaison.replies('改派 0012');
  liaison.sees(/分项改派/);
  await liaison.fills('reassign', { part: '2', owner: story.person('次日班').id });
  liaison.sees(/分项已改派[\s\S]*2\. 资料汇总（次日班/);
  await liaison.replies('长期整改 0012');
  liaison.sees(/责任人、期限、措施缺一不可/);
  await liaison.fills('longTerm', { responsible: story.person('东主班').id, to: '2021-08-31' });
  liaison.sees(/同时写明责任人、完成期限、整改措施/);
  await liaison.fills('longTerm', { measures: '加装喷淋' });
  liaison.sees(/已列为长期整改/);
  await liaison.replies('阶段性办结 0012');
  liaison.sees(/办结报送/);
  await liaison.replies('', { files: [fileOf('阶段报告.pdf')] });
  liaison.ignores();
  await liaison.presses('draft');
  liaison.sees(/办结报送[\s\S]*已收到 1 个文件：阶段报告\.pdf/);
  await liaison.fills('draft', { outcome: 'interim', text: '完成一半' });
  liaison.sees(/须写明剩余部分的报送日期/);
  await liaison.fills('draft', { outcome: 'interim', text: '完成一半', next: '2021-09-05' });
  liaison.sees(/报送件已填写[\s\S]*第 1 版，阶段性办结/);
  expect(itemIn(story, 12).versions).toMatchObject([{ outcome: 'interim', nextReportAt: at('2021-09-06T00:00'), text: '完成一半' }]);
  await story.clock.passes('30s');
  ignoreAll(story);
});
