import { expect, it } from 'vitest';
import { draftOf, fileOf, ignoreAll, itemIn, startWith } from '../support/item-stories.ts';

it('goes the whole way in chat: received, split, worked on, handed in, signed, accepted, closed, checked again', async () => {
  const story = await startWith(draftOf(12));
  const liaison = story.person('东联络');
  liaison.sees(
    /新交办：请签收[\s\S]*D2SD202108280012 第12件[\s\S]*请东城区在 08-28 12:30 前签收[\s\S]*信访件[\s\S]*08-31 24:00[\s\S]*\[签收\]/,
  );
  story.person('东联系').sees(/新交办/);

  await liaison.replies('签收 0012');
  liaison.sees(/已签收[\s\S]*D2SD202108280012[\s\S]*\[拆分到人\]/);
  expect(liaison.card(/新交办/)).toMatch(/状态：已签收/);
  expect(story.events('ItemReceived')).toMatchObject([{ actor: liaison.id, channel: 'webchat' }]);

  // 已办结 opens the sign-off and closes nothing; and before somebody is named it says what is missing.
  await liaison.replies('已办结');
  liaison.sees(/尚未拆分到人/);
  await liaison.presses('split', /已签收/);
  liaison.sees(/拆分到人[\s\S]*一项一人/);
  await liaison.fills('split', { title1: '现场核查', owner1: story.person('东主班').id, due1: '2021-08-30' });
  liaison.sees(/已拆分到人[\s\S]*1\. 现场核查（东主班，08-30 24:00 前）/);
  const officer = story.person('东主班');
  await story.clock.passes('30s');
  officer.sees(/您负责的分项[\s\S]*现场核查/);

  await officer.replies('进展：已到现场，尚未完成覆盖');
  officer.sees(/已报进展/);
  expect(itemIn(story, 12).reports).toMatchObject([{ by: officer.id, text: '已到现场，尚未完成覆盖' }]);
  await officer.replies('', { files: [fileOf('现场照片.jpg')] });
  officer.sees(/信访件 D2SD202108280012/);
  await officer.presses('report', /信访件 D2SD/);
  officer.sees(/已报进展/);
  expect(itemIn(story, 12).reports[1]).toMatchObject({ files: [{ name: '现场照片.jpg' }] });
  await officer.replies('分项1完成');
  officer.sees(/分项已完成/);

  await officer.replies('办结了 0012');
  officer.sees(/办结报送[\s\S]*“已办结”不等于办结/);
  expect(itemIn(story, 12).status).not.toBe('closed');
  await officer.fills('draft', { outcome: 'done', text: '已全部覆盖', finding: 'true' });
  officer.sees(/缺少佐证材料/);
  await officer.replies('', { files: [fileOf('整改报告.pdf')] });
  officer.sees(/报送件已填写[\s\S]*第 1 版/);
  liaison.sees(/报送件已填写[\s\S]*东主班[\s\S]*已全部覆盖/);
  story.person('东联系').sees(/报送件已填写/);

  await officer.replies('数据审核 0012');
  officer.sees(/不能审核、签批、接收或后督察本人经手的件/);
  await liaison.presses('check', /报送件已填写/);
  liaison.sees(/数据审核已通过/);
  for (const name of ['东联系', '东局长'] as const) story.person(name).sees(/数据审核已通过[\s\S]*东联络/);

  await liaison.replies('登记签字');
  liaison.sees(/登记签字盖章[\s\S]*请附签字盖章扫描件/);
  await liaison.fills('sign', { signedOn: '2021-08-28' });
  liaison.sees(/缺少签字盖章件/);
  await liaison.replies('盖章件', { files: [fileOf('盖章.pdf')] });
  liaison.sees(/签字盖章已登记/);
  for (const name of ['东主班', '东联系'] as const) story.person(name).sees(/签字盖章已登记/);
  expect(itemIn(story, 12).versions[0]).toMatchObject({ signedBy: story.person('东局长').id, sealScan: { name: '盖章.pdf' } });

  await liaison.replies('报送 0012');
  liaison.sees(/已正式报送/);
  const office = story.person('冯主任');
  await story.clock.passes('30s');
  office.sees(/待审核[\s\S]*\[接收\]/);
  story.person('陈干事').sees(/待审核/);

  await office.replies('退回 0012 缺现场照片');
  office.sees(/报送被退回[\s\S]*缺现场照片/);
  expect(itemIn(story, 12).versions[0]).toMatchObject({ decision: 'returned', reason: '缺现场照片', fault: 'incomplete' });
  ignoreAll(story);
  // whoever looks later sees why
  await liaison.replies('0012');
  liaison.sees(/第 1 版，办结，报送被退回（不完整、缺现场照片）/);

  await officer.replies('已办结');
  officer.sees(/办结报送/);
  await officer.fills('draft', { outcome: 'done', text: '补充清晰照片' });
  await officer.replies('', { files: [fileOf('整改报告二版.pdf')] });
  await story.person('东联系').replies('数据审核 0012');
  await liaison.replies('登记签字 0012');
  await liaison.fills('sign', { signedOn: '2021-08-28' });
  await liaison.replies('', { files: [fileOf('盖章二版.pdf')] });
  await liaison.replies('报送');
  await story.clock.passes('30s');
  ignoreAll(story);
  expect(itemIn(story, 12)).toMatchObject({ status: 'submitted', versions: [{ decision: 'returned' }, { no: 2 }] });
  await office.presses('accept', /待审核/);
  office.sees(/报送已接收/);
  ignoreAll(story);
  await office.replies('销号 0012');
  office.sees(/已销号/);
  ignoreAll(story);
  expect(itemIn(story, 12).status).toBe('closed');

  await office.replies('后督察 0012');
  office.sees(/不能审核、签批、接收或后督察本人经手的件/);
  const other = story.person('陈干事');
  await other.replies('后督察 0012');
  other.sees(/后督察/);
  await other.fills('followUp', { passed: 'yes', text: '现场复查无反弹' });
  other.sees(/后督察通过/);
  expect(itemIn(story, 12).status).toBe('confirmed');
  ignoreAll(story);
});

it('takes files for the item that is named, and for what is said with them', async () => {
  const story = await startWith(draftOf(12), draftOf(13, { kind: 'assigned' }));
  ignoreAll(story);
  const [liaison, contact] = [story.person('东联络'), story.person('东联系')];
  await liaison.replies('全部签收');
  ignoreAll(story);
  await liaison.replies('0012 现场照片', { files: [fileOf('照片.jpg')] });
  liaison.sees(/D2SD202108280012\n[\s\S]*\[报进展\]/);
  await liaison.presses('report', /信访件 D2SD202108280012/);
  expect(itemIn(story, 12).reports).toMatchObject([{ text: '现场照片', files: [{ name: '照片.jpg' }] }]);
  ignoreAll(story);

  await liaison.pressesValue({ action: 'draft', itemId: draftOf(13).id, outcome: 'done', text: '已覆盖' });
  await liaison.replies('0013', { files: [fileOf('报告.pdf')] });
  await contact.replies('数据审核 0013');
  ignoreAll(story);
  await contact.replies('签字盖章 0013', { files: [fileOf('盖章.pdf')] });
  contact.sees(/登记签字盖章|签字日期/);
  await contact.fills('sign', { signedOn: '2021-08-28' });
  contact.sees(/签字盖章已登记/);
  expect(itemIn(story, 13).versions).toMatchObject([{ files: [{ name: '报告.pdf' }], sealScan: { name: '盖章.pdf' } }]);
  ignoreAll(story);
});
