import { describe, expect, it } from 'vitest';
import { createLinkSigner } from '../../adapters/calendar-feed/signer.ts';
import { linkLifeMs, readLinkToken } from '../../src/app/sign-in/sign-in-link.ts';
import { sheetLines } from '../../src/app/roster/export-sheet.ts';
import { type Access, isInSight, may, sightOf } from '../../src/domain/access/access.ts';
import { accessOf } from '../../src/domain/access/held-roles.ts';
import { accessRoles, type AccessRole } from '../../src/domain/access/rules.ts';
import { maySee } from '../../src/domain/items/next-actions.ts';
import { itemContextOf } from '../../src/app/items/change-item.ts';
import { beginChange } from '../../src/app/change.ts';
import { idOf, type Name, organisation } from '../support/invented.ts';
import { startStory } from '../support/story.ts';

const signer = createLinkSigner(new Uint8Array(32));
const tokenIn = (text: string): string => /sign-in\/(\S+)/u.exec(text)?.[1] ?? '';

describe('the control room, asked for in the chat', () => {
  it.each(['看板', '打开看板', '大屏', 'dashboard'])('is a link for whoever says %s, for five minutes', async (words) => {
    const story = await startStory({ at: '2021-08-27T12:00' });
    await story.person('东联络').replies(words);
    const title = words === 'dashboard' ? /Control room/u : /值守大屏/u;
    story.person('东联络').sees(title);
    const card = story.person('东联络').card(title);
    const claim = readLinkToken(signer, tokenIn(card));
    expect(claim).toMatchObject({ personId: idOf('东联络') });
    expect(claim!.untilAt - story.clock.now()).toBe(linkLifeMs);
    expect(card).toMatch(/5分钟|five minutes/u);
  });

  it('is another link each time, and never one in a group', async () => {
    const story = await startStory({ at: '2021-08-27T12:00' });
    const tokens: string[] = [];
    for (let times = 0; times < 3; times += 1) {
      await story.person('冯主任').replies('看板');
      story.person('冯主任').sees(/只能使用一次/u);
      tokens.push(tokenIn(story.person('冯主任').card(/值守大屏/u)));
    }
    expect(new Set(tokens).size).toBe(3);
    await story.person('陈干事').replies('看板', { isGroup: true, conversation: 'g:office' });
    story.group.sawNothing();
    story.person('陈干事').sees(/值守大屏/u);
    expect(readLinkToken(signer, tokenIn(story.person('陈干事').card(/值守大屏/u)))).toMatchObject({ personId: idOf('陈干事') });
  });

  it('keeps no link in the ledger', async () => {
    const story = await startStory({ at: '2021-08-27T12:00' });
    await story.person('东联络').replies('看板');
    story.person('东联络').sees(/值守大屏/u);
    expect(JSON.stringify(story.events())).not.toContain(tokenIn(story.person('东联络').card(/值守大屏/u)));
  });
});

/** Whoever plays a role alone, and what the chat lets them do: it must say the same as the table that the page goes by. */
const players: { readonly [role in Exclude<AccessRole, 'auditor'>]: Name } = {
  office: '冯主任',
  groupLeader: '周局长',
  principal: '东局长',
  liaison: '东联络',
  officer: '东主班',
};

describe('the table of roles and the chat', () => {
  const roles = accessRoles.filter((role) => role !== 'auditor');

  it.each(roles)('say the same of %s', async (role) => {
    const story = await startStory({ at: '2021-08-27T12:00' });
    const { world } = story;
    const now = story.clock.now();
    // the head of the bureau is asked as one of its groups' leaders
    await story.changeOrganisation((organisation) => ({
      ...organisation,
      groups: [...organisation.groups, { id: 'g2', name: '现场督查组', isOffice: false }],
      appointments: [...organisation.appointments, { role: 'groupLeader', of: 'g2', personId: idOf('周局长'), from: 0 }],
    }));
    const person = players[role];
    const access: Access = accessOf(world.directory, idOf(person), now, new Set())!;

    await story.person(person).replies('西城区谁值班');
    const west = story.person(person).card(/值班/u);
    await story.person(person).replies('东城区谁值班');
    const east = story.person(person).card(/值班/u);
    const phones = sightOf(access, 'seePhones');
    expect([role, /138-0000-\d{4}/u.test(east), /138-0000-\d{4}/u.test(west)]).toEqual([
      role,
      isInSight(phones, 'u2'),
      isInSight(phones, 'u3'),
    ]);

    const item = (unitId: string) => ({ parts: [{ unitId, isLead: true }], subtasks: [] }) as unknown as Parameters<typeof maySee>[0];
    const items = sightOf(access, 'seeItems');
    for (const unitId of ['u2', 'u3'])
      expect([role, unitId, maySee(item(unitId), idOf(person), itemContextOf(world), now)]).toEqual([
        role,
        unitId,
        isInSight(items, unitId),
      ]);

    const turn = {
      world,
      person: world.directory.people.get(idOf(person))!,
      message: { channel: 'webchat', from: idOf(person) },
      change: beginChange(world, now),
      ownNow: [],
      ownLately: [],
    } as unknown as Parameters<typeof sheetLines>[0];
    const sheets = sightOf(access, 'exportRoster');
    for (const unitId of ['u2', 'u3']) {
      const lines = sheetLines(turn, { signer, baseUrl: () => '/' }, { unitIds: [unitId] });
      expect([role, unitId, lines.length > 0]).toEqual([role, unitId, isInSight(sheets, unitId)]);
    }

    await story.person(person).replies('查岗 西城区');
    const isStarted =
      story.events('CheckOpened').some(({ actor }) => actor === idOf(person)) ||
      story.open().some(({ openedBy }) => openedBy === idOf(person));
    expect([role, isStarted]).toEqual([role, may(access, 'startCheck')]);
    for (const to of story.chat.everybody()) story.personById(to).ignores();
  });
});

describe('whoever audits, in the chat', () => {
  const auditors = (name: Name) => ({ settings: { auditors: [mobileOf(name)] } });
  const mobileOf = (name: Name): string => organisation.people.find(({ id }) => id === idOf(name))!.mobile;

  it('does nothing that a role of theirs would let them do, by words, files or made-up buttons, and is told why', async () => {
    const story = await startStory({ at: '2021-08-27T09:59', ...auditors('冯主任') });
    await story.clock.passes('15m');
    const open = story.open().filter(({ kind }) => kind === 'check');
    expect(open.length).toBeGreaterThan(0);
    story.person('冯主任').ignores();
    const before = story.events().length;
    const words = [
      '查岗 西城区',
      '全员点名',
      '明天督察组到西城区',
      '布置准备工作,8月29日前报齐',
      '绑定情况',
      '日报',
      '排班 9月1日到9月30日',
      '9月3日西城区改为李强',
    ];
    for (const said of words) {
      await story.person('冯主任').replies(said);
      story.person('冯主任').sees(/只能查看/u);
    }
    const [one] = open;
    const values = [
      { action: 'takeOver', obligationId: one!.id },
      { action: 'acknowledge', obligationId: one!.id },
      { action: 'recordCall', obligationId: one!.id, result: 'onPost' },
      { action: 'remind', obligationId: one!.id },
      { action: 'startCheck', subject: one!.subject },
      { action: 'confirmPhase', askedAt: String(story.clock.now()) },
      { action: 'addItem', text: '新增' },
      { action: 'upholdAppeal', appealId: 'a1' },
      { action: 'sendReport', kind: 'daily' },
    ];
    for (const value of values) await story.person('冯主任').pressesValue(value);
    for (const said of ['是', '同意', '申诉', '催办 0012', '销号 0012', '今天的日报告全部通过']) await story.person('冯主任').replies(said);
    const own = story
      .events()
      .slice(before)
      .filter(({ actor, data }) => actor === idOf('冯主任') || data['by'] === idOf('冯主任'));
    // that they were heard of is true, and says nothing of anything else
    expect(own.map(({ event }) => event).filter((event) => event !== 'ContactProven')).toEqual([]);
    expect(story.open().find(({ id }) => id === one!.id)?.status).toBe(one!.status);
    for (const to of story.chat.everybody()) story.personById(to).ignores();
  });

  it('answers for the post that they stand all the same, and asks what they like', async () => {
    const story = await startStory({ at: '2021-08-27T09:59', ...auditors('东主班') });
    await story.clock.passes('2m');
    await story.person('东主班').presses('acknowledge');
    expect(story.events('AnswerRecorded').filter(({ actor }) => actor === idOf('东主班'))).toHaveLength(1);
    await story.person('东主班').replies('今晚谁值班');
    expect(story.person('东主班').card(/值班/u)).not.toMatch(/审计/u);
    for (const to of story.chat.everybody()) story.personById(to).ignores();
  });
});
