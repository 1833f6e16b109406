import type { DutyRole } from '../domain/roster/roster.ts';

/** The words of answers about the roster. `{name}` is filled in. */
export type RosterTexts = {
  /** For `Intl.DateTimeFormat`. */
  readonly locale: string;
  readonly roles: { readonly [role in DutyRole]: string };
  readonly holder: string;
  readonly holderSeparator: string;
  readonly row: string;
  readonly rowWithTime: string;
  readonly span: string;
  readonly heading: string;
  readonly nobody: string;
  /** Beside those who stay because nobody has accepted. */
  readonly notHandedOver: string;
  readonly comma: string;
  readonly landline: string;
  readonly myShift: string;
  readonly myShiftNow: string;
  /** Of a shift that is over, until somebody has accepted it; `{span}` is its end. */
  readonly myShiftHeldOn: string;
  readonly more: string;
  readonly noPost: string;
  readonly outsideRoster: string;
  readonly noShifts: string;
  readonly noShiftsOfMine: string;
  readonly notOnDuty: string;
  readonly dateUnreadable: string;
  readonly usage: readonly string[];
};

const zhCN: RosterTexts = {
  locale: 'zh-CN',
  roles: { shiftLeader: '带班领导', onDuty: '主班', coDuty: '副班' },
  holder: '{role} {name} {phone}',
  holderSeparator: '，',
  row: '{post}：{holders}',
  rowWithTime: '{post}（{span}）：{holders}',
  span: '{from}至{to}',
  heading: '时间：{span}',
  nobody: '无人值班！',
  notHandedOver: '未交接（接班：{names}）',
  comma: '、',
  landline: '值班电话 {landline}',
  myShift: '{span} {post} {role}',
  myShiftNow: '正在值班：{span} {post} {role}',
  myShiftHeldOn: '正在值班：{post} {role}，应于{span}交班，对方尚未接班',
  more: '还有 {count} 条未显示，请写明单位或日期，例如“9月3日历下区谁值班”。',
  noPost: '没有查到该单位的值班岗位。',
  outsideRoster: '值班表没有排到这个时间（已排：{span}）。',
  noShifts: '该时段没有排班。',
  noShiftsOfMine: '没有查到您接下来的班次。',
  notOnDuty: '{name} 在该时段没有排班。',
  dateUnreadable: '日期没有看懂，请写成“9月3日”这样的形式。',
  usage: [
    '紧急情况请直接回复“求援”。',
    '交接班：接班；交接备注：…；交接记录。',
    '应答查岗：回复“在岗”“收到”或 1；不在岗回复“不在”；转下一人回复 2；误操作回复“撤销”。',
    '查值班：今晚谁值班；9月3日历下区谁值班；本周值班表；我的班。值班日历：我的日历；重置日历链接。',
    '排班（办公室）：排班 9月1日到9月30日；历下区日历；9月3日历下区改为李强；把值班表文件直接发到对话里。',
    '发起查岗（办公室和带班领导）：查岗历下区；全员点名。',
    '请假换班：明天请假一天，由李强替班；和李强换9月3日的班；9月3日晚上李强替我；我的申请；撤销请假；同意；不同意 因为…。',
    '交办件：我的任务；签收 0012；进展 0012 已到现场；已办结 0012；申请延期到9月3日 因为…；为什么到期 0012。',
    '交办件（办公室）：全部逾期；各区情况；按类型；历下区的交办件；催办 0012；新增交办。',
    '督察动态（办公室）：明天督察组到历下区；督察组已离开历下区。进驻前准备：布置准备工作，8月25日前报齐；准备情况 历下区。',
    '账号与通道（办公室）：绑定码 赵明；绑定 赵明 企业微信 账号；解绑 赵明 企业微信；绑定情况；测试通道 飞书。',
    '申诉：申诉 理由（对最近一次计入的查岗）；申诉（列出可申诉的）；撤回申诉（办公室答复前）。零报告：有应报未报的零报告时直接回复“零报告”。',
    '报告（办公室）：日报；周报；总结；8月27日到9月3日的报告。',
    '查看值守大屏：看板。',
    '本渠道不再接收通知：停止通知；恢复：恢复通知。',
  ],
};

const en: RosterTexts = {
  locale: 'en-GB',
  roles: { shiftLeader: 'shift leader', onDuty: 'on duty', coDuty: 'co-duty' },
  holder: '{role} {name} {phone}',
  holderSeparator: ', ',
  row: '{post}: {holders}',
  rowWithTime: '{post} ({span}): {holders}',
  span: '{from} to {to}',
  heading: 'When: {span}',
  nobody: 'nobody on duty!',
  notHandedOver: 'not handed over (to: {names})',
  comma: ', ',
  landline: 'duty phone {landline}',
  myShift: '{span} {post}, {role}',
  myShiftNow: 'On duty now: {span} {post}, {role}',
  myShiftHeldOn: 'On duty now: {post}, {role}; due to be handed over at {span}, not accepted yet',
  more: '{count} more not shown: name a unit or a date.',
  noPost: 'No post of that unit is known.',
  outsideRoster: 'The roster does not reach that time: it runs from {span}.',
  noShifts: 'Nothing is on the roster for that time.',
  noShiftsOfMine: 'You have no shift ahead.',
  notOnDuty: '{name} has no shift in that time.',
  dateUnreadable: 'That date was not understood: write it like "September 3".',
  usage: [
    'In an emergency send SOS.',
    'To answer a check: "on post" or 1; not on post: "not here"; pass on: 2; to take something back: "undo".',
    'Change of shift: "take over", "handover note: …", "handover log".',
    'To ask: "who is on duty tonight", "roster this week", "my shifts". Calendar: "my calendar", "reset calendar link".',
    'Rosters (office): "draft roster 9/1 to 9/30", "change … on 9/3 to …", or drop a roster workbook into the chat.',
    'To start a check (office and shift leaders): "start check" and a unit, or "start check all".',
    'Leave and swaps: "leave tomorrow", "swap with … on September 3", "… covers my shift tomorrow", "my requests", "cancel my leave", "approve", "reject because …".',
    'Items: "my items", "sign for 0012", "progress: …", "overdue"; for the office "by unit", "by kind", "urge 0012".',
    'The inspection team (office): "the team comes to … tomorrow", "the team has left …". Papers: "readiness", "assign readiness by August 25".',
    'Accounts and channels (office): "binding code Ann Lee"; "bind Ann Lee wecom annlee"; "unbind …"; "accounts"; "test channel feishu".',
    'Appeals: "appeal" and the reason, about the newest check that counts; "appeal" alone lists them; "withdraw appeal" takes it back until it is decided. "zero report" hands in the one that is owed.',
    'Reports (office): "daily report"; "weekly report"; "report from 8-27 to 9-3".',
    'The wall: "dashboard".',
    'To stop notices over this channel: "stop"; to go on: "start".',
  ],
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const rosterTextsFor = (locale: string | undefined): RosterTexts => (locale?.toLowerCase().startsWith('en') ? en : zhCN);
