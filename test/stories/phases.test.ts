import { expect, it } from 'vitest';
import { phaseAt } from '../../src/domain/items/phase.ts';
import { phasesOf } from '../../src/app/contact/contact-rules.ts';
import { createLadderMoves } from '../../src/app/items/phases/move-ladders.ts';
import { handOver } from '../../src/app/items/intake/hand-over.ts';
import { refreshWorld } from '../../src/app/world.ts';
import { at, idOf } from '../support/invented.ts';
import { draftOf, ignoreAll, startWith } from '../support/item-stories.ts';
import type { Story } from '../support/story.ts';

/** Saturday 2021-08-28, 10:30; D…0012 and …0013 are 东城区's. */
const start = async (): Promise<Story> => {
  const story = await startWith(draftOf(12), draftOf(13, { kind: 'assigned' }));
  ignoreAll(story);
  return story;
};

const phaseOf = async (story: Story, unitId: string, wall: string) => {
  await refreshWorld(story.world);
  return phaseAt(phasesOf(story.world), unitId, at(wall));
};

const announced = (story: Story) => story.events('PhaseAnnounced').map(({ data }) => data);

it('proposes what the office says, changes it after one yes, lists the papers, and asks the district more often', async () => {
  const story = await start();
  const office = story.person('冯主任');
  await office.replies('明天督察组到东城区');
  office.sees(
    /请确认阶段变更[\s\S]*东城区：督察组下沉[\s\S]*开始：2021-08-29 00:00[\s\S]*每日随机查岗 \d+ 次（原 \d+ 次）[\s\S]*静默时限 [\s\S]*\[是，确认变更\][\s\S]*\[否\]/,
  );
  expect(announced(story)).toEqual([]);
  await office.presses('confirmPhase', /请确认阶段变更/);
  office.sees(
    /阶段已变更[\s\S]*东城区：\d\/8，缺[^\n]*实施方案[\s\S]*未办结 2 件，其中超期 0 件：[\s\S]*D2SD202108280012[\s\S]*联络人 东联络 1380000[\s\S]*主要负责人 东局长[\s\S]*已通知：东联络、东联系、东局长/,
  );
  for (const name of ['东联络', '东联系', '东局长'] as const)
    story.person(name).sees(/阶段变更通知[\s\S]*东城区：督察组下沉[\s\S]*2021-08-29 00:00[\s\S]*静默时限 2 小时/);
  expect(story.events('PhaseAnnounced')).toMatchObject([
    { actor: idOf('冯主任'), data: { phase: 'onSite', unitId: 'u2', fromAt: at('2021-08-29T00:00') } },
  ]);
  expect(announced(story)[0]).not.toHaveProperty('toAt');
  expect(await phaseOf(story, 'u2', '2021-08-28T23:59')).not.toBe('onSite');
  expect(await phaseOf(story, 'u2', '2021-08-29T00:00')).toBe('onSite');
  expect(await phaseOf(story, 'u3', '2021-08-29T00:00')).not.toBe('onSite');
  // Until it is said otherwise.
  expect(await phaseOf(story, 'u2', '2021-09-20T00:00')).toBe('onSite');
  const checksOf = (subject: string): number => story.events('CheckOpened').filter(({ data }) => data['subject'] === subject).length;
  const before = [checksOf('p2'), checksOf('p3')];
  await story.clock.reaches('2021-08-29T00:30');
  // Silent for longer than what holds from now on.
  expect([checksOf('p2'), checksOf('p3')]).toEqual([before[0]! + 1, before[1]]);
  ignoreAll(story);
});

it('takes a typed yes, and no for no, and nothing at all for a press that comes twice', async () => {
  const story = await start();
  const office = story.person('冯主任');
  await office.replies('督察组今天下午到东城区');
  office.sees(/开始：2021-08-28 12:00/);
  await office.replies('否');
  office.sees(/已撤销/);
  await office.presses('confirmPhase', /请确认阶段变更/);
  office.sees(/已办理或已失效/);
  expect(announced(story)).toEqual([]);
  await office.replies('督察组今天下午到东城区');
  office.ignores();
  await office.replies('确认');
  office.sees(/阶段已变更/);
  await office.presses('confirmPhase', /请确认阶段变更/);
  office.sees(/已办理或已失效/);
  expect(announced(story)).toEqual([{ phase: 'onSite', unitId: 'u2', fromAt: at('2021-08-28T12:00') }]);
  ignoreAll(story);
});

it('announces the same once, and a later date in place of the one put off', async () => {
  const story = await start();
  const office = story.person('陈干事');
  const changes = async (text: string): Promise<void> => {
    await office.replies(text);
    await office.replies('是');
    ignoreAll(story);
  };
  await changes('8月30日督察组到东城区');
  await office.replies('督察组8月30日到东城区');
  office.sees(/阶段未变更[\s\S]*此前已登记/);
  expect(announced(story)).toHaveLength(1);
  await changes('8月31日督察组到东城区');
  expect(await phaseOf(story, 'u2', '2021-08-30T12:00')).not.toBe('onSite');
  expect(await phaseOf(story, 'u2', '2021-08-31T00:00')).toBe('onSite');
  await changes('9月2日督察组离开东城区');
  expect(await phaseOf(story, 'u2', '2021-09-01T23:59')).toBe('onSite');
  expect(await phaseOf(story, 'u2', '2021-09-02T00:00')).toBe('after');
  await changes('督察组9月3日到9月4日在西城区下沉');
  expect(announced(story).at(-1)).toEqual({ phase: 'onSite', unitId: 'u3', fromAt: at('2021-09-03T00:00'), toAt: at('2021-09-05T00:00') });
  ignoreAll(story);
});

it('ends a visit at once where the team has left, and begins the whole inspection where no unit is named', async () => {
  const story = await start();
  const office = story.person('冯主任');
  await office.replies('9月3日督察组进驻');
  office.sees(/全部单位：督察期间[\s\S]*2021-09-03 00:00[\s\S]*查岗规则不变/);
  await office.replies('是');
  office.sees(/阶段已变更[\s\S]*2 个单位，已齐全 0 个/);
  story.person('西局长').sees(/全部单位：督察期间/);
  await office.replies('督察组已离开东城区');
  office.sees(/东城区：下沉后[\s\S]*开始：现在/);
  await story.clock.passes('2m');
  await office.replies('是');
  office.sees(/阶段已变更/);
  expect(announced(story)).toEqual([
    { phase: 'during', fromAt: at('2021-09-03T00:00') },
    { phase: 'after', unitId: 'u2', fromAt: at('2021-08-28T10:32') },
  ]);
  ignoreAll(story);
});

it('takes coming and going in one sentence as two changes, with one yes', async () => {
  const story = await start();
  const office = story.person('冯主任');
  await office.replies('督察组到东城区');
  await office.replies('是');
  ignoreAll(story);
  await office.replies('明天督察组离开东城区去西城区');
  office.sees(/请确认阶段变更[\s\S]*东城区：下沉后[\s\S]*开始：2021-08-29 00:00[\s\S]*西城区：督察组下沉[\s\S]*开始：2021-08-29 00:00/);
  expect(announced(story)).toHaveLength(1);
  await office.replies('是');
  office.sees(/阶段已变更[\s\S]*东城区：下沉后[\s\S]*西城区：督察组下沉[\s\S]*已通知：东联络、东联系、东局长、西联络、西联系、西局长/);
  story.person('东局长').sees(/阶段变更通知[\s\S]*东城区：下沉后/);
  story.person('西局长').sees(/阶段变更通知[\s\S]*西城区：督察组下沉/);
  for (const name of ['东局长', '西局长'] as const) story.person(name).sawNothing();
  const [u2, u3] = await Promise.all(['u2', 'u3'].map((unitId) => phaseOf(story, unitId, '2021-08-29T00:00')));
  expect([u2, u3]).toEqual(['after', 'onSite']);
  expect(await phaseOf(story, 'u2', '2021-08-28T23:59')).toBe('onSite');
  ignoreAll(story);
  await office.replies('督察组8月29日从东城到西城');
  office.sees(/阶段未变更/);
  // each with a date of its own, and the other way round
  await office.replies('督察组8月31日到东城区，8月30日离开西城区');
  office.sees(/西城区：下沉后[\s\S]*开始：2021-08-30 00:00[\s\S]*东城区：督察组下沉[\s\S]*开始：2021-08-31 00:00/);
  await office.replies('否');
  office.sees(/已撤销/);
  expect(announced(story)).toHaveLength(3);
});

it('tells a district once where two of the office say the same', async () => {
  const story = await start();
  for (const name of ['冯主任', '陈干事'] as const) await story.person(name).replies('明天督察组到东城区');
  for (const name of ['冯主任', '陈干事'] as const) await story.person(name).presses('confirmPhase');
  story.person('冯主任').sees(/请确认/, /阶段已变更/);
  story.person('陈干事').sees(/请确认/, /阶段未变更/);
  story.person('东局长').sees(/阶段变更通知/);
  story.person('东局长').sawNothing();
  expect(announced(story)).toHaveLength(1);
  ignoreAll(story);
});

it('asks which district with buttons, and takes its name as well', async () => {
  const story = await start();
  const office = story.person('冯主任');
  await office.replies('督察组明天到');
  office.sees(/哪个单位[\s\S]*\[东城区\][\s\S]*\[西城区\]/);
  await office.replies('是');
  office.sees(/哪个单位/);
  await office.replies('西城区');
  office.sees(/请确认阶段变更[\s\S]*西城区：督察组下沉/);
  await office.replies('明天督察组从东城区和西城区');
  office.ignores();
  await office.replies('督察组明天到');
  office.sees(/哪个单位/);
  const all = { action: 'choosePhase', askedAt: String(story.clock.now()), unitIds: 'u2,u3' };
  await story.person('东联络').pressesValue(all);
  story.person('东联络').sees(/只有局联络组办公室/);
  await office.pressesValue({ ...all, unitIds: 'u9' });
  office.sees(/已失效/);
  await office.pressesValue(all);
  office.sees(/东城区、西城区：督察组下沉/);
  await office.replies('是');
  office.sees(/阶段已变更/);
  expect(announced(story).map(({ unitId }) => unitId)).toEqual(['u2', 'u3']);
  ignoreAll(story);
});

it('takes several districts in one sentence with one yes', async () => {
  const story = await start();
  const office = story.person('冯主任');
  await office.replies('督察组明天到东城区和西城区');
  office.sees(/请确认阶段变更[\s\S]*东城区、西城区：督察组下沉[\s\S]*开始：2021-08-29 00:00/);
  await office.replies('是');
  office.sees(/阶段已变更[\s\S]*已通知：东联络、东联系、东局长、西联络、西联系、西局长/);
  expect(announced(story).map(({ unitId }) => unitId)).toEqual(['u2', 'u3']);
  await story.clock.reaches('2021-08-29T00:30');
  ignoreAll(story);
  for (const text of ['下沉结束', '督察组撤离了']) {
    await office.replies(text);
    office.sees(/下沉后[\s\S]*哪个单位[\s\S]*\[东城区\][\s\S]*\[西城区\]/);
  }
  await office.replies('东城区下沉结束');
  office.sees(/东城区：下沉后/);
  await office.replies('是');
  ignoreAll(story);
  // one is left: it is that one
  await office.replies('下沉结束了');
  office.sees(/请确认阶段变更[\s\S]*西城区：下沉后/);
  await office.replies('是');
  ignoreAll(story);
  for (const text of ['督察组撤离了', '进驻结束', '督察进驻工作已结束']) {
    await office.replies(text);
    office.sees(/请确认阶段变更[\s\S]*全部单位：下沉后/);
  }
  ignoreAll(story);
});

it('is the office’s alone, with the reason; questions and reports change nothing; a proposal is forgotten', async () => {
  const story = await start();
  const liaison = story.person('东联络');
  await liaison.replies('明天督察组到东城区');
  liaison.sees(/未执行[\s\S]*只有局联络组办公室可以变更阶段/);
  await liaison.replies('督察组已到东城区', { isGroup: true, conversation: 'g:office' });
  liaison.sawNothing();
  const office = story.person('冯主任');
  await office.replies('昨天到今天凌晨督察组在东城区下沉');
  office.sees(/已过|看懂/);
  await office.replies('督察组13月40日到东城区');
  office.ignores();
  await office.replies('明天督察组到东城区');
  office.sees(/请确认/);
  await story.clock.passes('31m');
  await office.replies('是');
  office.ignores();
  expect(announced(story)).toEqual([]);
  ignoreAll(story);
});

it('leaves a yes to the check that came after the question', async () => {
  const story = await start();
  await story.changeOrganisation((organisation) => ({
    ...organisation,
    appointments: [...organisation.appointments, { role: 'member', of: 'g1', personId: idOf('东主班'), from: 0 }],
  }));
  const both = story.person('东主班');
  await both.replies('明天督察组到东城区');
  await story.clock.passes('1m');
  await story.person('冯主任').replies('查岗 东城区');
  await both.replies('是');
  both.sees(/请确认阶段变更/, /查岗/, /已确认在岗/);
  expect(announced(story)).toEqual([]);
  await both.replies('是');
  both.sees(/阶段已变更/);
  expect(announced(story)).toHaveLength(1);
  ignoreAll(story);
});

it('speaks English to those who do', async () => {
  const story = await start();
  await story.changeOrganisation((organisation) => ({
    ...organisation,
    units: organisation.units.map((unit) => (unit.id === 'u2' ? { ...unit, aliases: ['东城区', 'Lixia'] } : unit)),
  }));
  const office = story.person('冯主任');
  await office.replies('the team comes to Lixia tomorrow');
  office.sees(/Please confirm the change of phase[\s\S]*inspection team on site[\s\S]*From: 2021-08-29 00:00[\s\S]*Random checks a day/);
  await office.replies('yes', { locale: 'en' });
  office.sees(/The phase is changed[\s\S]*missing own organisation[\s\S]*2 open items/);
  ignoreAll(story);
});

it('says how ready units are: the office sees all, others their own', async () => {
  const story = await start();
  const office = story.person('冯主任');
  await office.replies('准备情况');
  office.sees(/准备情况[\s\S]*2 个单位，已齐全 0 个[\s\S]*东城区：2\/8，缺本单位组织机构、实施方案、档案：反馈问题整改[\s\S]*西城区：2\/8/);
  await office.replies('完备情况 西城区');
  office.sees(/准备情况\n西城区：2\/8/);
  const liaison = story.person('东联络');
  await liaison.replies('准备情况');
  liaison.sees(/准备情况\n东城区：2\/8/);
  await liaison.replies('西城区的准备情况');
  liaison.sees(/仅局联络组办公室/);
});

it('takes the ladders of the phase that a district is in, for what opens there from then on', async () => {
  const story = await start();
  await story.restartWith({ phasePolicies: { onSite: { work: 'workUrgent', receipt: 'receiptUrgent' } } });
  const office = story.person('冯主任');
  for (const text of ['督察组到东城区了', '是']) await office.replies(text);
  await handOver(story.world, { drafts: [draftOf(20), draftOf(21, { unitIds: ['u3'] })] });
  const laddersOf = (no: number) =>
    story
      .obligations()
      .filter(({ itemId }) => itemId === draftOf(no).id)
      .map(({ policy }) => policy)
      .toSorted();
  expect(laddersOf(20)).toEqual(['receiptUrgent', 'workUrgent']);
  expect(laddersOf(21)).toEqual(['receipt', 'work']);
  ignoreAll(story);
});

it('moves the clocks that are open already to the ladders of the phase, and back when it is over', async () => {
  const story = await start();
  const phasePolicies = { onSite: { work: 'workUrgent', receipt: 'receiptUrgent' } };
  await story.restartWith({ phasePolicies });
  const move = createLadderMoves(story.world);
  const office = story.person('冯主任');
  const says = async (...texts: readonly string[]) => {
    for (const text of texts) await office.replies(text);
    await move();
    ignoreAll(story);
  };
  const clocksOf = (no: number) =>
    Object.fromEntries(
      story
        .open()
        .filter(({ itemId }) => itemId === draftOf(no).id)
        .map(({ kind, policy, answerBy }) => [kind, `${policy} ${answerBy}`]),
    );
  await handOver(story.world, { drafts: [draftOf(21, { unitIds: ['u3'] })] });
  const [before, elsewhere] = [clocksOf(12), clocksOf(21)];
  expect(before).toMatchObject({ receipt: `receipt ${at('2021-08-28T12:30')}`, deadline: `work ${at('2021-09-01T00:00')}` });
  await says('督察组到东城区了', '是');
  expect(clocksOf(12)).toEqual({ receipt: `receiptUrgent ${at('2021-08-28T12:30')}`, deadline: `workUrgent ${at('2021-09-01T00:00')}` });
  expect(clocksOf(21)).toEqual(elsewhere);
  // a quarter of an hour ahead, as the urgent ladder has it, and not an hour
  await story.clock.reaches('2021-08-28T12:05');
  expect(story.events('StepFired').filter(({ itemId }) => itemId === draftOf(12).id)).toEqual([]);
  await story.clock.reaches('2021-08-28T12:16');
  story.person('东联络').sees(/签收/);
  ignoreAll(story);
  const moves = story.events('PolicyMoved').length;
  await move();
  expect(story.events('PolicyMoved')).toHaveLength(moves);
  await says('督察组已离开东城区', '是');
  expect(clocksOf(12)).toEqual(before);
  // overdue for as long as it takes: those whom the urgent ladder has told are not told again, the others in their turn
  await story.clock.reaches('2021-08-28T16:31');
  const told = story.events('StepFired').filter(({ itemId, data }) => itemId === draftOf(12).id && data['subject'] === 'u2');
  expect(told.flatMap(({ data }) => data['roles'])).toEqual(
    expect.arrayContaining(['liaison', 'contact', 'onDuty', 'principal', 'office', 'groupChat']),
  );
  ignoreAll(story);
});

it('tells at once whoever a quicker ladder would have told by now', async () => {
  const story = await start();
  await story.restartWith({ phasePolicies: { onSite: { receipt: 'receiptUrgent' } } });
  const office = story.person('冯主任');
  await story.clock.reaches('2021-08-28T12:45');
  ignoreAll(story);
  for (const text of ['督察组到东城区了', '是']) await office.replies(text);
  ignoreAll(story);
  await createLadderMoves(story.world)();
  await story.clock.passes('1m');
  story.person('东局长').sees(/待处置|超期|签收/);
  ignoreAll(story);
  // whoever comes later finds the ladders as they are
  const { length } = story.events('PolicyMoved');
  expect(length).toBe(2);
  await createLadderMoves(story.world)();
  expect(story.events('PolicyMoved')).toHaveLength(length);
});
