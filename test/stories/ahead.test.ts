import { describe, expect, it } from 'vitest';
import { createMemoryBundledCards, createMemoryConversations } from '../../adapters/memory/memory-cards.ts';
import { createMemoryChannelHealth } from '../../adapters/memory/memory-channel-health.ts';
import { deliver } from '../../src/app/notices/deliver.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { at, holder, idOf, roster } from '../support/invented.ts';
import { startStory, type Story, type StoryOptions } from '../support/story.ts';

/** 次日班 stands 东城区 from the 28th to the 29th and on the 31st; otherwise everybody stands on without a break. */
const relieved: Roster = {
  ...roster,
  shifts: roster.shifts.map((shift) =>
    shift.postId === 'p2' && (shift.from === at('2021-08-28T08:30') || shift.from === at('2021-08-31T08:30'))
      ? { ...shift, holders: [holder('onDuty', '次日班'), holder('coDuty', '东副班')] }
      : shift,
  ),
};

const withHead = (shift: Roster['shifts'][number]): Roster['shifts'][number] =>
  shift.postId === 'p2' ? { ...shift, holders: [holder('onDuty', '次日班'), holder('coDuty', '东局长')] } : shift;

const hourMs = 3_600_000;

const quiet = { isRequired: false, leadMs: 0, windowMs: 600_000 };

const start = async (options: StoryOptions = {}) => {
  const calm = {
    handover: quiet,
    digestMinutes: [],
    posts: {
      bands: [
        {
          name: 'all',
          fromMinute: 0,
          toMinute: 1440,
          fixedMinutes: [],
          random: 0,
          answerWindowMs: 600_000,
          silenceLimitMs: 900 * 3_600_000,
        },
      ],
      quietAfterPresenceMs: 0,
      proof: 'acknowledge',
    },
  } as const;
  const story = await startStory({
    at: '2021-08-26T09:00',
    roster: relieved,
    tellsAhead: true,
    ...options,
    settings: { ...calm, ...options.settings },
  });
  return { story, officer: story.person('次日班'), office: story.person('冯主任'), member: story.person('陈干事') };
};

const everybodyIgnores = (story: Story): void => {
  for (const { id } of story.world.directory.organisation.people) story.personById(id).ignores();
  story.group.ignores();
};

describe('ahead of somebody’s first shift', () => {
  it('they are tested a day before, with one tap, and reminded an hour before; whoever is on post hears nothing', async () => {
    const { story, officer } = await start();
    await story.clock.reaches('2021-08-27T08:29');
    officer.sawNothing();
    await story.clock.reaches('2021-08-27T08:30');
    officer.sees(/8月28日周六 08:30 起您值班，这是联通测试[\s\S]*东城区 主班 [\s\S]*最迟 8月27日周五 20:30[\s\S]*\[收到\]/u);
    await officer.presses('confirmReach');
    officer.sees(/联通测试：已收到[\s\S]*8月28日周六 08:30 起您值班/u);
    expect(officer.card(/这是联通测试/u)).toMatch(/次日班已应答/u);
    await story.clock.reaches('2021-08-28T07:30');
    officer.sees(/值班提醒[\s\S]*东城区 主班 8月28日周六 08:30/u);
    await story.clock.reaches('2021-08-28T12:00');
    officer.sawNothing();
    story.person('赵主班').sawNothing();
    expect(story.events('UnreachableListed')).toEqual([]);
    everybodyIgnores(story);
  });

  it('a later shift soon after is reminded of and not tested', async () => {
    const { story, officer } = await start({ at: '2021-08-29T12:00' });
    await story.clock.reaches('2021-08-30T08:30');
    officer.sees(/值班提醒[\s\S]*8月31日周二 08:30/u);
    await story.clock.reaches('2021-08-31T07:30');
    officer.sees(/值班提醒/u);
    everybodyIgnores(story);
  });

  it.each(['收到', '我知道了，明天见', '今晚谁值班'])('any message of theirs is a sign of life: %s', async (text) => {
    const { story, officer } = await start();
    await story.clock.reaches('2021-08-27T08:30');
    await officer.replies(text);
    expect(story.open().filter(({ kind }) => kind === 'reachTest')).toEqual([]);
    await story.clock.reaches('2021-08-28T00:00');
    expect(story.events('UnreachableListed')).toEqual([]);
    everybodyIgnores(story);
  });

  it('silence climbs to the liaison, and to the office in one list with what is known; never again for the same', async () => {
    const { story, officer, office, member } = await start();
    officer.channelAnswers({ status: 'permanent', code: 'gone' });
    await story.clock.reaches('2021-08-27T20:29');
    office.sawNothing();
    await story.clock.reaches('2021-08-27T20:31');
    office.sees(
      /有 1 人在首班前联系不上[\s\S]*次日班 13800000019：东城区 主班 8月28日周六 08:30[\s\S]*消息未送达[\s\S]*\[已联系上 次日班\]/u,
    );
    member.sees(/有 1 人在首班前联系不上/u);
    await story.clock.reaches('2021-08-28T08:00');
    office.sawNothing();
    expect(story.events('UnreachableListed')).toHaveLength(1);
    await story.clock.reaches('2021-08-28T08:31');
    expect(story.open().filter(({ kind }) => kind === 'reachTest')).toEqual([]);
    everybodyIgnores(story);
  });

  /** Two are silent until the list is decided; some answer before it goes out. */
  const listedAfter = async (...answering: readonly ('次日班' | '东局长')[]) => {
    const both = { ...relieved, shifts: relieved.shifts.map((shift) => (shift.from === at('2021-08-28T08:30') ? withHead(shift) : shift)) };
    const { story, office, member } = await start({ roster: both });
    await story.clock.reaches('2021-08-27T20:29');
    story.delivery.stops();
    await story.clock.reaches('2021-08-27T20:31');
    expect(story.events('UnreachableListed')).toHaveLength(1);
    for (const name of answering) await story.person(name).presses('confirmReach');
    await story.delivery.resumes();
    const texts = [...office.texts(), ...member.texts()].filter((text) => /联系不上/u.test(text));
    everybodyIgnores(story);
    return texts;
  };

  it('whoever has answered before the list goes out is not on it, and where all have there is none', async () => {
    const texts = await listedAfter('次日班');
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      expect(text).toMatch(/有 1 人在首班前联系不上[\s\S]*东局长/u);
      expect(text).not.toMatch(/次日班/u);
    }
    expect(await listedAfter('次日班', '东局长')).toEqual([]);
  });

  it('the list is not sent on to the next of the office once whoever it names has answered', async () => {
    const { story, officer } = await start();
    await story.clock.reaches('2021-08-27T20:29');
    const test = story.open().find(({ kind }) => kind === 'reachTest')!;
    const took: string[] = [];
    const slow: Channel = {
      name: 'slow',
      capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, batchSize: 1 },
      canReach: async () => true,
      send: async (messages) => {
        took.push(...messages.map(({ to }) => to));
        await story.clock.passes('20s');
        if (took.length === 1) await officer.presses('confirmReach');
        return messages.map(() => ({ status: 'sent', isDelivered: true }));
      },
    };
    const params = { count: 1, lines: [], buttons: [], listed: [test.id] };
    const notices = (['冯主任', '陈干事'] as const).map(
      (name) => ({ to: idOf(name), via: 'card', template: 'ahead.unreachable', params }) as const,
    );
    const deps = {
      world: story.world,
      channels: [slow],
      conversations: createMemoryConversations(),
      bundledCards: createMemoryBundledCards(),
      channelHealth: createMemoryChannelHealth(),
    };
    await deliver(deps, { id: 'late', notices }, false);
    expect(took).toEqual([idOf('冯主任')]);
    everybodyIgnores(story);
  });

  it('one tap says that they were reached by phone, another leads to who stands it instead', async () => {
    const { story, office } = await start();
    await story.clock.reaches('2021-08-27T20:31');
    await office.presses('settleRosterChange');
    office.sees(/有 1 人/u, /改为哪一位/u);
    await office.presses('settleRosterChange', /改为哪一位/u);
    office.sees(/调整值班表，请确认[\s\S]*次日班/u);
    await office.presses('testCalled');
    office.sees(/次日班电话联系上/u);
    expect(story.open().filter(({ kind }) => kind === 'reachTest')).toEqual([]);
    everybodyIgnores(story);
  });

  it('several that were missed while nobody was there are one, and what has begun is none', async () => {
    const { story, officer } = await start({ at: '2021-08-26T09:00' });
    await story.clock.passesWhileAway('46h45m');
    officer.sees(/值班提醒[\s\S]*8月28日周六 08:30/u);
    officer.sawNothing();
    await story.clock.reaches('2021-08-28T08:31');
    expect(officer.texts()).toHaveLength(1);
    everybodyIgnores(story);
  });

  it('whoever comes by a change of the roster is tested at once, and whoever goes is tested no more', async () => {
    const { story, officer } = await start();
    await story.clock.reaches('2021-08-27T12:00');
    officer.sees(/联通测试/u);
    await story.changeRoster((now) => ({
      ...now,
      version: now.version + 1,
      shifts: now.shifts.map((shift) =>
        shift.postId === 'p2' && shift.from === at('2021-08-28T08:30')
          ? { ...shift, holders: [holder('onDuty', '东局长'), holder('coDuty', '东副班')] }
          : shift,
      ),
    }));
    story.person('东局长').sees(/8月28日周六 08:30 起您值班，这是联通测试/u);
    expect(
      story
        .open()
        .filter(({ kind }) => kind === 'reachTest')
        .map(({ subject }) => subject),
    ).toEqual([idOf('东局长')]);
    everybodyIgnores(story);
  });

  it('whoever has answered for a shift and gets it back hours later is not tested again', async () => {
    const { story, officer } = await start();
    const stoodBy = (name: '东局长' | '次日班') =>
      story.changeRoster((now) => ({
        ...now,
        version: now.version + 1,
        shifts: now.shifts.map((shift) =>
          shift.postId === 'p2' && shift.from === at('2021-08-28T08:30')
            ? { ...shift, holders: [holder('onDuty', name), holder('coDuty', '东副班')] }
            : shift,
        ),
      }));
    await story.clock.reaches('2021-08-27T08:30');
    await officer.presses('confirmReach');
    await story.clock.reaches('2021-08-27T14:00');
    await stoodBy('东局长');
    await story.clock.reaches('2021-08-27T16:00');
    await stoodBy('次日班');
    await story.clock.reaches('2021-08-27T20:00');
    const tested = story.events('ObligationOpened').filter(({ data }) => data['kind'] === 'reachTest' && data['subject'] === officer.id);
    expect(tested).toHaveLength(1);
    everybodyIgnores(story);
  });

  const daysBefore = { reminders: [], test: { aheadMs: 44 * hourMs, answerBeforeMs: 12 * hourMs, againMs: 14 * 24 * hourMs } };
  /** 次日班 stands only the shift of the 28th, or only that of the 29th. */
  const standsOn = (story: Story, day: '2021-08-28' | '2021-08-29') =>
    story.changeRoster((now) => ({
      ...now,
      version: now.version + 1,
      shifts: now.shifts.map((shift) =>
        shift.postId !== 'p2'
          ? shift
          : { ...shift, holders: [holder('onDuty', shift.from === at(`${day}T08:30`) ? '次日班' : '东局长'), holder('coDuty', '东副班')] },
      ),
    }));
  const testsOf = (story: Story, personId: string) =>
    story.events('ObligationOpened').filter(({ data }) => data['kind'] === 'reachTest' && data['subject'] === personId);

  it('whoever has answered for a shift and gets it back is not tested again, though they were tested for another meanwhile', async () => {
    const { story, officer } = await start({ settings: { ahead: daysBefore } });
    await story.clock.reaches('2021-08-26T12:30');
    await officer.presses('confirmReach');
    await story.clock.reaches('2021-08-27T14:00');
    await standsOn(story, '2021-08-29');
    expect(testsOf(story, officer.id)).toHaveLength(2);
    await story.clock.reaches('2021-08-27T14:30');
    await standsOn(story, '2021-08-28');
    await story.clock.reaches('2021-08-27T20:00');
    expect(testsOf(story, officer.id)).toHaveLength(2);
    everybodyIgnores(story);
  });

  it('whoever was silent about a shift and gets it back within the hour is tested again', async () => {
    const { story, officer } = await start({ settings: { ahead: daysBefore } });
    await story.clock.reaches('2021-08-27T14:00');
    await standsOn(story, '2021-08-29');
    await story.clock.reaches('2021-08-27T14:30');
    await standsOn(story, '2021-08-28');
    const [first, , again] = testsOf(story, officer.id);
    expect(again?.obligationId).toBe(first!.obligationId);
    expect(story.open().find(({ id }) => id === again!.obligationId)).toMatchObject({ openedAt: at('2021-08-27T14:30') });
    everybodyIgnores(story);
  });

  it('a test whose place another takes is over', async () => {
    const { story, officer } = await start({ settings: { ahead: daysBefore } });
    await story.clock.reaches('2021-08-27T14:00');
    await standsOn(story, '2021-08-29');
    const [first, second] = testsOf(story, officer.id);
    expect(second).toBeDefined();
    const open = story.open().flatMap(({ id, kind, subject }) => (kind === 'reachTest' && subject === officer.id ? [id] : []));
    expect(open).toEqual([second!.obligationId]);
    expect(story.events('ObligationWithdrawn').map(({ obligationId }) => obligationId)).toContain(first!.obligationId);
    everybodyIgnores(story);
  });

  it('whoever is on leave is asked themselves, not the one who stands in for them meanwhile', async () => {
    const away = {
      id: 'v1',
      subject: idOf('次日班'),
      from: at('2021-08-26T08:30'),
      to: at('2021-08-27T20:30'),
      out: idOf('次日班'),
      in: idOf('东局长'),
    };
    const { story, officer } = await start({ roster: { ...relieved, overrides: [away] } });
    await story.clock.reaches('2021-08-27T08:30');
    officer.sees(/这是联通测试/u);
    expect(story.person('东局长').texts().join('')).not.toMatch(/这是联通测试/u);
    everybodyIgnores(story);
  });

  it('what would come at night comes before it', async () => {
    const early: Roster = {
      ...relieved,
      shifts: relieved.shifts.map((shift) =>
        shift.postId === 'p2' && shift.from === at('2021-08-28T08:30') ? { ...shift, from: at('2021-08-28T08:30') } : shift,
      ),
    };
    const { story, officer } = await start({ roster: early, settings: { ahead: { reminders: [3 * 3_600_000] } } });
    await story.clock.reaches('2021-08-27T21:29');
    officer.sawNothing();
    await story.clock.reaches('2021-08-27T21:30');
    officer.sees(/值班提醒/u);
    await story.clock.reaches('2021-08-28T08:31');
    officer.sawNothing();
    everybodyIgnores(story);
  });
});
