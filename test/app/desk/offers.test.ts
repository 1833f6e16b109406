import { describe, expect, it, vi } from 'vitest';
import { handOver } from '../../../src/app/items/intake/hand-over.ts';
import type { Obligation } from '../../../src/domain/escalation/obligation.ts';
import { shiftAt } from '../../../src/domain/organisation/directory.ts';
import { compareOffers, offersFor, triesOn } from '../../support/desk-matrix.ts';
import { at, holder, idOf, roster, type Name } from '../../support/invented.ts';
import { draftOf, fileOf } from '../../support/item-stories.ts';
import { startStory, type Story, type StoryOptions } from '../../support/story.ts';

vi.setConfig({ testTimeout: 60_000 });

const start = async (options: StoryOptions = {}): Promise<Story> => startStory({ at: '2021-08-27T09:59', ...options });

const ignoreAll = (story: Story): void => {
  for (const to of story.chat.everybody()) story.personById(to).ignores();
};

const openOf = (story: Story, kind: string, subject?: string): Obligation =>
  story.open().find((o) => o.kind === kind && (subject === undefined || o.subject === subject))!;

const press = (story: Story, name: Name, value: { readonly [key: string]: string }, files: readonly string[] = []): Promise<void> =>
  story.personById(idOf(name)).replies('', { value, ...(files.length > 0 ? { files: files.map(fileOf) } : {}) });

/** Whoever looks at it is offered what they may do, and nothing else. */
const holdsFor = async (story: Story, o: Obligation): Promise<readonly string[]> => {
  const { differences, count, acts } = await compareOffers(
    story,
    { kind: 'thing', id: o.id },
    triesOn(story, { obligationId: o.id }),
    o.subject,
  );
  expect(differences).toEqual([]);
  expect(count).toBeGreaterThan(0);
  ignoreAll(story);
  return acts;
};

describe('offers about questions', () => {
  it('are what everybody may do about a check, when it is asked, while it climbs and once the office has it', async () => {
    const story = await start();
    await story.clock.reaches('2021-08-27T10:00');
    expect(await holdsFor(story, openOf(story, 'check', 'p2'))).toEqual([
      'acknowledge',
      'notOnPost',
      'passOn',
      'recordCall',
      'remind',
      'takeOver',
    ]);
    await story.clock.reaches('2021-08-27T10:12');
    await holdsFor(story, openOf(story, 'check', 'p1'));
    await story.clock.reaches('2021-08-27T10:31');
    await holdsFor(story, openOf(story, 'check', 'p3'));
  });

  it('are what everybody may do about an empty post, one that somebody holds for its unit, and a call for help', async () => {
    const story = await start();
    await story.clock.reaches('2021-08-27T10:01');
    await story.person('西主班').replies('不在');
    expect(await holdsFor(story, openOf(story, 'postEmpty'))).toContain('takeOver');
    await story.person('冯主任').pressesValue({ action: 'takeOver', obligationId: openOf(story, 'check', 'p2').id });
    await holdsFor(story, openOf(story, 'restore', 'p2'));
    await story.person('赵主班').replies('求援');
    await holdsFor(story, openOf(story, 'help'));
  });

  it('want the code where the campaign wants one', async () => {
    const story = await start();
    const posts = { ...story.world.settings.posts, proof: 'code' } as const;
    const coded = await start({ settings: { posts } });
    ignoreAll(story);
    await coded.clock.reaches('2021-08-27T10:00');
    const o = openOf(coded, 'check', 'p2');
    const [answer] = await offersFor(coded, { kind: 'thing', id: o.id }, idOf('东主班'));
    expect(answer).toMatchObject({ value: { action: 'acknowledge' }, inputs: [{ id: 'code' }] });
    await coded.person('东主班').pressesValue({ ...answer!.value, code: o.code });
    expect(coded.open().some(({ id }) => id === o.id)).toBe(false);
    ignoreAll(coded);
  });

  it('remind by hand once in two minutes, and say who did it', async () => {
    const story = await start();
    await story.clock.reaches('2021-08-27T10:00');
    const o = openOf(story, 'check', 'p2');
    ignoreAll(story);
    await story.person('冯主任').pressesValue({ action: 'remind', obligationId: o.id });
    story.person('冯主任').sees(/已再次提醒[\s\S]*东主班/u);
    await story.settle();
    story.person('东主班').sees(/再次/u);
    await story.person('陈干事').pressesValue({ action: 'remind', obligationId: o.id });
    story.person('陈干事').sees(/刚刚已提醒过/u);
    expect(story.events('ReminderFired').filter(({ data }) => data['by'] === idOf('冯主任'))).toHaveLength(1);
    const offered = await offersFor(story, { kind: 'thing', id: o.id }, idOf('陈干事'));
    expect(offered.map(({ value }) => value.action)).not.toContain('remind');
    ignoreAll(story);
  });
});

describe('offers about leave, swaps and covers', () => {
  it('are what everybody may do as it is asked for, accepted, granted and taken back', async () => {
    const story = await start();
    await story.person('东主班').replies('明天请假一天，由次日班替班');
    await story.person('东主班').replies('是');
    const request = () => story.store.all().find(({ aggregate }) => aggregate.type === 'request')!.id;
    const holds = async (): Promise<readonly string[]> => {
      const { differences, acts } = await compareOffers(story, { kind: 'thing', id: request() }, triesOn(story, { requestId: request() }));
      expect(differences).toEqual([]);
      return acts;
    };
    expect(await holds()).toEqual(['acceptDuty', 'approveDuty', 'declineDuty', 'nameDuty', 'refuseDuty', 'withdrawDuty']);
    const consent = openOf(story, 'substitute');
    expect((await offersFor(story, { kind: 'thing', id: consent.id }, idOf('次日班'))).map(({ value }) => value.action)).toEqual([
      'acceptDuty',
      'declineDuty',
    ]);
    await press(story, '次日班', { action: 'acceptDuty', requestId: request() });
    await holds();
    await press(story, '东局长', { action: 'approveDuty', requestId: request() });
    expect(await holds()).toEqual(['undoDuty']);
    ignoreAll(story);
  });
});

describe('offers about shifts', () => {
  const shiftOf = (story: Story, wall: string) => ({ kind: 'shift', shift: shiftAt(story.world.directory, 'p2', at(wall))! }) as const;

  it('let holders give them away, colleagues stand in, and those who look after the roster change them', async () => {
    const story = await start();
    const looked = shiftOf(story, '2021-08-30T12:00');
    const { differences, acts } = await compareOffers(story, looked, []);
    expect(differences).toEqual([]);
    expect(acts).toEqual(['askDuty', 'settleRosterChange']);
    const own = await offersFor(story, looked, idOf('东主班'));
    expect(own.map(({ value }) => value['kind'])).toEqual(expect.arrayContaining(['leave', 'cover']));
    // what is asked for from the shift is shown before anybody hears of it, and then goes the usual way
    await press(story, '东主班', {
      action: 'askDuty',
      kind: 'leave',
      part: own[0]!.value['part']!,
      person: idOf('次日班'),
      reason: '家里有事',
    });
    story.person('东主班').sees(/请假[\s\S]*次日班/u);
    await story.person('东主班').presses('confirmDuty');
    expect(story.events('RequestAsked')).toMatchObject([{ actor: idOf('东主班') }]);
    expect((await offersFor(story, looked, idOf('东主班'))).map(({ value }) => value.action)).not.toContain('askDuty');
    ignoreAll(story);
  });

  it('ask for nothing on behalf of somebody who does not stand there, whatever a button of before says', async () => {
    const story = await start();
    const [offer] = await offersFor(story, shiftOf(story, '2021-08-30T12:00'), idOf('东主班'));
    await press(story, '西主班', { action: 'askDuty', kind: 'leave', part: offer!.value['part']!, person: 'later' });
    expect(story.events('RequestAsked')).toEqual([]);
    ignoreAll(story);
  });

  it('are none once they are over', async () => {
    const story = await start({ at: '2021-08-28T12:00' });
    expect(await offersFor(story, shiftOf(story, '2021-08-26T12:00'), idOf('冯主任'))).toEqual([]);
    ignoreAll(story);
  });
});

const relieved = {
  ...roster,
  shifts: roster.shifts.map((shift) =>
    shift.postId === 'p2' && shift.from === at('2021-08-28T08:30') ? { ...shift, holders: [holder('onDuty', '次日班')] } : shift,
  ),
};

it('offers a change of shift to those who come, and a word about it to those who go', async () => {
  const story = await start({ at: '2021-08-28T08:10', roster: relieved });
  await story.clock.reaches('2021-08-28T08:20');
  const holds = async (): Promise<readonly string[]> => {
    const o = openOf(story, 'handover');
    const { differences, acts } = await compareOffers(story, { kind: 'thing', id: o.id }, triesOn(story, { obligationId: o.id }));
    // a note is taken from whoever stands any post, for their own: only what this change of shift offers counts
    expect(differences.filter(({ act, isOffered }) => act !== 'noteHandover' || isOffered)).toEqual([]);
    return acts;
  };
  expect(await holds()).toEqual(['acceptHandover', 'delayHandover', 'noteHandover', 'remind']);
  await story.clock.reaches('2021-08-28T08:45');
  expect(await holds()).toContain('remind');
  ignoreAll(story);
});

it('offers the office to settle what a unit proposes of its roster, and the unit to take it back', async () => {
  const story = await start({ at: '2021-08-27T12:00' });
  await story.person('东联络').replies('8月29日东城区主班改为次日班');
  await story.person('东联络').replies('是');
  const o = openOf(story, 'rosterProposal');
  const proposalId = o.itemId!;
  const tries = ['applyRosterChange', 'declineRosterChange', 'withdrawRosterChange'].map((action) => ({ action, proposalId }));
  const { differences, acts } = await compareOffers(story, { kind: 'thing', id: o.id }, tries);
  expect(differences).toEqual([]);
  expect(acts).toEqual(['applyRosterChange', 'declineRosterChange', 'remind', 'withdrawRosterChange']);
  ignoreAll(story);
});

it('offers a check of a post or a unit to those who may start one, where one would be asked', async () => {
  const story = await start();
  for (const id of ['p2', 'u2']) {
    const { differences, acts } = await compareOffers(story, { kind: 'thing', id }, [{ action: 'startCheck', subject: id }]);
    expect(differences).toEqual([]);
    expect(acts).toEqual(['startCheck']);
  }
  await press(story, '冯主任', { action: 'startCheck', subject: 'p2' });
  await story.settle();
  expect(
    story
      .open()
      .filter(({ kind }) => kind === 'check')
      .map(({ subject }) => subject),
  ).toEqual(['p2']);
  expect(await offersFor(story, { kind: 'thing', id: 'p2' }, idOf('冯主任'))).toEqual([]);
  ignoreAll(story);
});

it('offers a check of whoever stands a post now, a code and a try of a channel, to those who look after it', async () => {
  const story = await start();
  const id = idOf('东主班');
  const tries = [
    { action: 'startCheck', subject: 'p2' },
    { action: 'bindingCode', personId: id },
    { action: 'testChannel', personId: id, channel: 'wecom' },
  ];
  const { differences, acts, count } = await compareOffers(story, { kind: 'thing', id }, tries);
  expect(differences).toEqual([]);
  expect([acts, count > 3]).toEqual([['bindingCode', 'startCheck', 'testChannel'], true]);
  const [check] = await offersFor(story, { kind: 'thing', id }, idOf('冯主任'));
  await press(story, '冯主任', { ...check!.value } as { readonly [key: string]: string });
  await story.settle();
  expect(story.open().find(({ kind }) => kind === 'check')?.subject).toBe('p2');
  // being asked already, and somebody who stands nothing now
  for (const other of [id, idOf('次日班')])
    expect((await offersFor(story, { kind: 'thing', id: other }, idOf('冯主任'))).map(({ value }) => value.action)).toEqual([
      'bindingCode',
      'testChannel',
    ]);
  await press(story, '冯主任', { action: 'bindingCode', personId: id });
  story.person('冯主任').sees(/绑定码/u);
  ignoreAll(story);
});

it('offers the office a check of whoever is bound to be reachable without a shift, until they are asked, and of nobody else', async () => {
  const story = await start();
  const id = idOf('东联络');
  expect(story.world.directory.postsOf.get(id) ?? []).toEqual([]);
  const { differences, acts } = await compareOffers(story, { kind: 'thing', id }, [{ action: 'startCheck', subject: id }]);
  expect(differences).toEqual([]);
  expect(acts).toContain('startCheck');
  await press(story, '冯主任', { action: 'startCheck', subject: id });
  story.person('冯主任').sees(/查岗已发起[\s\S]*正在询问东联络/u);
  await story.settle();
  const asked = () => story.open().filter(({ kind }) => kind === 'check');
  expect(asked().map(({ subject }) => subject)).toEqual([id]);
  await press(story, '冯主任', { action: 'startCheck', subject: id });
  expect((await offersFor(story, { kind: 'thing', id }, idOf('冯主任'))).map(({ value }) => value.action)).not.toContain('startCheck');
  await story.person('东联络').replies('收到');
  expect(asked()).toEqual([]);
  // who stands nothing and answers for nobody is asked by nobody
  const nobody = idOf('次日班');
  await press(story, '冯主任', { action: 'startCheck', subject: nobody });
  await story.settle();
  expect(asked()).toEqual([]);
  ignoreAll(story);
});

it('takes a check of a standing contact back, as any other', async () => {
  const story = await start();
  const id = idOf('东联络');
  await press(story, '冯主任', { action: 'startCheck', subject: id });
  await story.settle();
  await story.person('冯主任').replies('撤销');
  story.person('冯主任').sees(/已撤销/u);
  expect(story.open().filter(({ kind }) => kind === 'check')).toEqual([]);
  ignoreAll(story);
});

it('offers what everybody may do with an item at each stage of its life', async () => {
  const story = await startStory({ at: '2021-08-28T10:29:40' });
  const draft = draftOf(7);
  await handOver(story.world, { drafts: [draft] });
  await story.clock.reaches('2021-08-28T10:30');
  const itemId = draft.id;
  const seen = new Set<string>();
  const holds = async (): Promise<void> => {
    const { differences, acts } = await compareOffers(story, { kind: 'thing', id: itemId }, triesOn(story, { itemId }));
    expect(differences).toEqual([]);
    for (const act of acts) seen.add(act);
    ignoreAll(story);
  };
  const unit = await offersFor(story, { kind: 'thing', id: 'u2' }, idOf('冯主任'));
  expect(unit.map(({ value }) => value.action)).toContain('urgeUnit');
  const say = (name: Name, action: string, more: { readonly [key: string]: string } = {}, files: readonly string[] = []) =>
    press(story, name, { action, itemId, ...more }, files);
  await holds();
  await say('东联络', 'receiveItem');
  await holds();
  await say('东联络', 'split', { title1: '现场核查', owner1: idOf('东主班'), due1: '2021-08-30' });
  await holds();
  await say('东主班', 'report', { text: '已到现场' });
  await say('东联络', 'extend', { to: '2021-09-02', reason: '降雨' });
  await holds();
  await say('东局长', 'approve', { no: '1' });
  await holds();
  await say('冯主任', 'approve', { no: '1' });
  await say('东主班', 'finishSubtask', { no: '1' });
  await say('东联络', 'draft', { outcome: 'done', text: '已覆盖', finding: 'true', handling: '已整改', accountability: '无' }, [
    '照片.jpg',
  ]);
  await holds();
  await say('东联系', 'check', { no: '1' });
  await holds();
  await say('东局长', 'sign', { no: '1', signedOn: '2021-08-28' }, ['盖章件.pdf']);
  await holds();
  await say('东联络', 'submit', { no: '1' });
  await holds();
  await say('冯主任', 'accept', { no: '1' });
  await holds();
  await say('冯主任', 'close');
  await holds();
  for (const act of [
    'receiveItem',
    'split',
    'reassign',
    'finishSubtask',
    'report',
    'extend',
    'approve',
    'reject',
    'draft',
    'check',
    'sign',
    'submit',
    'accept',
    'return',
    'close',
    'urge',
    'followUp',
  ])
    expect([...seen]).toContain(act);
});
