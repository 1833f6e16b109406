import { describe, expect, it } from 'vitest';
import { roles } from '../../src/domain/escalation/policy.ts';
import { type PageTexts, pageTexts } from '../../src/messages/page-texts.ts';
import { type Message, addActivity } from '../../src/web/chat/messages.ts';
import type { Row } from '../../src/web/data/types.ts';
import { tellRow } from '../../src/web/logic/tell-row.ts';

const zh = pageTexts['zh-CN'];
const names = new Map([
  ['p1', '历下区'],
  ['m1', '金杰'],
  ['m2', '李强'],
]);
const row = (event: string, data: Row['data'] = {}, more: Partial<Row> = {}): Row => ({
  seq: 1,
  at: '2021-08-27T10:08:09.5+08:00',
  event,
  data: { subject: 'p1', ...data },
  ...more,
});
const phrase = (event: string, data: Row['data'] = {}, texts: PageTexts = zh): string => tellRow(row(event, data), names, texts).phrase;

describe('a row of the ledger as a sentence', () => {
  it('says when, about whom, what, by whom and how', () => {
    const told = tellRow(row('AnswerRecorded', { role: 'onDuty', isLate: false }, { actor: 'm1', channel: 'webchat' }), names, zh);
    expect(told).toMatchObject({
      time: '10:08:09',
      about: '历下区',
      phrase: '应答，在岗',
      who: '金杰',
      channel: '网页',
      tone: 'good',
      isHighlight: true,
    });
  });

  it('says whom a message about a post has reached', () => {
    expect(tellRow(row('NoticeDelivered', { to: 'm1' }, { channel: 'webchat' }), names, zh)).toMatchObject({
      about: '历下区',
      who: '金杰',
    });
    // whoever is out of the reader's sight has no name
    expect(tellRow(row('NoticeDelivered', { to: 'm9' }), names, zh)).toMatchObject({ about: '历下区', who: '' });
  });

  it('tells what is about an item alone by its number, where it has one', () => {
    const aboutOf = (itemId: string): string => tellRow({ ...row('ItemSubmitted'), data: {}, itemId }, names, zh).about;
    expect(aboutOf('iD2SD202108270007')).toBe('D2SD202108270007');
    expect(aboutOf('iassigned.nJB-8')).toBe('JB-8');
    expect(aboutOf('izeroReport.kstpczus')).toBe('');
    expect(aboutOf('hp5.ksv1ar2f')).toBe('');
    expect(tellRow(row('ItemReceived', {}, { itemId: 'iD2SD202108270007' }), names, zh).about).toBe('历下区');
  });

  it('tells answers apart', () => {
    expect(phrase('AnswerRecorded', { isLate: true })).toBe('迟答，在岗');
    expect(phrase('AnswerRecorded', { role: 'coDuty' })).toBe('副班应答，岗位有人');
    expect(phrase('AnswerRecorded', { role: 'coDuty', proof: 'sms', proves: 'contact' })).toBe('手机应答，联系得上');
    expect(phrase('AnswerRecorded', { isLate: true, proof: 'key', proves: 'contact' })).toBe('手机迟答，联系得上');
    expect(phrase('AnswerRecorded', { proof: 'landline' })).toBe('值班电话应答，岗位有人');
    expect(phrase('AnswerRecorded', { kind: 'check', proof: 'acknowledgement' })).toBe('应答，在岗');
  });

  it('calls nobody on post for having done what else they owed', () => {
    expect(phrase('AnswerRecorded', { kind: 'receipt', proof: 'action' })).toBe('签收，已完成');
    expect(phrase('AnswerRecorded', { kind: 'handover', proof: 'action', isLate: true })).toBe('交接班，逾期完成');
    expect(phrase('AnswerRecorded', { kind: 'review', proof: 'action' }, pageTexts.en)).toBe('Done: review');
  });

  it('numbers steps as people count, and names who is told and how', () => {
    expect(phrase('StepFired', { stepNo: 4, via: 'card', roles: ['coDuty', 'shiftLeader'] })).toBe('第 5 步，发卡片给副班、带班领导');
    expect(phrase('StepFired', { stepNo: 3, via: 'voice', callers: ['m4'], roles: ['onDuty'], subject: 'p1' })).toBe(
      '第 4 步，请办公室致电主班',
    );
    expect(phrase('StepFired', { stepNo: 2, via: 'sms', roles: ['onDuty'], subject: 'm1' })).toBe('第 3 步，发短信给本人');
    expect(phrase('StepFired', { stepNo: 3, via: 'voice', roles: ['onDuty', 'landline'] }, pageTexts.en)).toBe(
      'Step 4, call to on duty, duty phone',
    );
    expect(phrase('ReminderFired', { notified: ['m1', 'm2'] })).toBe('再次提醒金杰、李强');
  });

  it('has a word for everybody whom a ladder may name, and none for whom the reader cannot see', () => {
    for (const { roles: words } of Object.values(pageTexts)) expect(roles.filter((role) => words[role] === undefined)).toEqual([]);
    expect(tellRow(row('CheckOpened', {}, { actor: 'm50' }), names, zh)).toMatchObject({ about: '历下区', who: '' });
    expect(tellRow(row('ObligationOpened', { subject: 'u9' }), names, zh).about).toBe('');
  });

  it('shows instants inside the data in the offset of the row', () => {
    expect(phrase('WatchMoved', { nextCheckAt: Date.parse('2021-08-27T14:03:00+08:00') })).toBe('下次查岗 14:03');
  });

  it('says of what was sent or delivered late how late it was, and that only then', () => {
    const sent = tellRow(row('NoticeSent', { subject: '', to: 'm1', lateMs: 300_000 }), names, zh);
    expect([sent.phrase, sent.about, sent.isHighlight]).toEqual(['延迟 5 分钟发送', names.get('m1'), true]);
    expect(phrase('NoticeDelivered', { subject: 'm1', lateMs: 300_000 })).toBe('延迟 5 分钟送达');
    expect(tellRow(row('NoticeSent', { to: 'm1' }), names, zh).isHighlight).toBe(false);
  });

  it('keeps book-keeping out of the highlights, and shows an event that it does not know by its name', () => {
    expect(tellRow(row('WatchStarted'), names, zh).isHighlight).toBe(false);
    expect(phrase('SomethingNew')).toBe('SomethingNew');
  });

  it('leaves no place unfilled in either language', () => {
    const data = {
      kind: 'check',
      stepNo: 0,
      via: 'card',
      roles: ['office'],
      notified: ['m1'],
      result: 'busy',
      reason: 'undone',
      asked: 3,
      silent: 2,
      gaps: 1,
    };
    for (const texts of [zh, pageTexts.en])
      for (const event of Object.keys(texts.events))
        expect(phrase(event, { ...data, nextCheckAt: 0 }, texts)).not.toMatch(/[{}]|undefined/);
  });
});

describe('both languages', () => {
  const keysOf = (value: object, prefix = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' && inner !== null ? keysOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
    );
  it('have the same keys, also where the type does not ask', () => {
    expect(keysOf(pageTexts.en).toSorted()).toEqual(keysOf(zh).toSorted());
  });
});

describe('a conversation', () => {
  const bot = { id: 'zaigang', role: 'bot' };
  const card = (title: string) => [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { title } }];
  const asked = { type: 'message', id: 'c|1', from: bot, text: '查岗', attachments: card('查岗'), timestamp: 't' };

  it('changes a card where it stands', () => {
    const said = { type: 'message', id: 'c|2', from: { id: 'm1' }, text: '在岗' };
    const before = [asked, said].reduce((messages, activity) => addActivity(messages, activity), [] as readonly Message[]);
    const after = addActivity(before, { ...asked, type: 'messageUpdate', attachments: card('已应答') });
    expect(after.map(({ key, isMine, edition }) => [key, isMine, edition])).toEqual([
      ['c|1', false, 1],
      ['c|2', true, 0],
    ]);
    expect(after[0]?.card).toEqual({ title: '已应答' });
  });

  it('shows a message once, however often it comes', () => {
    expect(addActivity(addActivity([], asked), asked)).toHaveLength(1);
  });

  it('shows a pressed button by its title, and nothing of what is no message', () => {
    const pressed = { type: 'message', id: 'c|3', from: { id: 'm1' }, value: { action: 'acknowledge' } };
    expect(addActivity([], pressed, zh.actions)[0]?.text).toBe('在岗');
    // most acts have words on their button alone
    const worded = { ...pressed, value: { action: 'askDuty' }, channelData: { clientActivityID: 'x', title: '换班' } };
    expect(addActivity([], worded, zh.actions)[0]?.text).toBe('换班');
    // whoever pressed it elsewhere is answered below: nobody reads the names of actions
    expect(addActivity([], { ...pressed, value: { action: 'askDuty' } }, zh.actions)).toEqual([]);
    expect(addActivity([], { type: 'typing', from: bot })).toEqual([]);
    expect(addActivity([], { type: 'message', id: 'c|4', from: bot })).toEqual([]);
  });
});
