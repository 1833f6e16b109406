import type { HandoverRefusal } from '../domain/handover/decide-handover.ts';
import type { LapseReason } from '../domain/handover/handover.ts';
import type { Template } from '../domain/escalation/template.ts';
import type { Wording } from './catalogue.ts';

export type HandoverTemplate = Extract<Template, `handover.${string}` | `reply.handover${string}`>;

/** The words of a change of shift. `{name}` is filled in; a line whose place stays empty is left out. */
export type HandoverTexts = {
  readonly messages: { readonly [template in HandoverTemplate]: Wording };
  readonly buttons: { readonly [button in 'acceptHandover' | 'joinHandover' | 'delayHandover' | 'noteHandover']: string };
  readonly noteLabel: string;
  /** What is handed over, line by line. */
  readonly lines: {
    readonly [
      line in
        | 'open'
        | 'due'
        | 'note'
        | 'nothing'
        | 'more'
        | 'accepted'
        | 'acceptedAhead'
        | 'joined'
        | 'joinedAfter'
        | 'come'
        | 'waiting'
        | 'done'
        | 'lapsed'
        | 'delay'
        | 'noted'
        | 'kept'
        | 'standing'
    ]: string;
  };
  readonly refusals: { readonly [refusal in HandoverRefusal]: string };
  readonly reasons: { readonly [reason in LapseReason]: string };
  /** Beside those who stay on duty because nobody has accepted. */
  readonly notHandedOver: string;
  readonly noLog: string;
  readonly comma: string;
  readonly columns: {
    readonly [column in 'post' | 'at' | 'outgoing' | 'incoming' | 'acceptedAt' | 'acceptedBy' | 'status' | 'matters' | 'notes']: string;
  };
  readonly status: { readonly [status in 'waiting' | 'overdue' | 'accepted' | 'late' | 'lapsed']: string };
  readonly sheet: string;
  /** Of one note in a table. */
  readonly noteBy: string;
};

export const handoverTextsZh: HandoverTexts = {
  messages: {
    'handover.ask': {
      title: '请接班：{post}',
      lines: ['交接时间 {at}，{outgoing} → {incoming}。', '{each}', '您确认接班后由您值守；此前由交班人员继续值守。'],
    },
    'handover.remind': { title: '请立即接班：{post}', lines: ['应于 {at} 接班，已超过 {overdue}；{outgoing} 仍在值守。', '{each}'] },
    'handover.leave': { title: '准备交班：{post}', lines: ['将于 {at} 交给 {incoming}；对方确认接班前请继续值守。', '{each}'] },
    'handover.stay': { title: '请继续值守：{post}', lines: ['{incoming} 应于 {at} 接班，尚未确认；确认前仍由您值守，请勿离岗。'] },
    'handover.alert': {
      title: '未按时接班：{post}',
      lines: ['{incoming} 应于 {at} 接班，已超过 {overdue}未确认；{outgoing} 仍在值守。请督促接班。', '接班人员：{phones}'],
    },
    'handover.over': { title: '交接班已了结：{post}', lines: ['{by} 已于 {endedAt} 确认接班。', '原因：{reason}。'] },
    'handover.relieved': { title: '{by} 已确认接班：{post}', lines: ['您已交班，辛苦了。{done}', '您值守至 {until}。'] },
    'handover.joined': { title: '{by} 已到岗接班：{post}', lines: ['还需 {left} 接班；请您在其确认前继续值守。'] },
    'handover.delayed': { title: '请继续值守：{post}', lines: ['{by} 暂不能接班，请您在对方确认接班前继续值守。'] },
    'handover.noted': { title: '{by} 的交接备注：{post}', lines: ['{note}'] },
    'reply.handoverAccepted': { title: '已接班', lines: ['{each}'] },
    'reply.handoverNoted': { title: '交接备注已记录', lines: ['{each}'] },
    'reply.handoverDelayed': { title: '已转告交班人员继续值守', lines: ['{each}', '到岗后请回复“接班”；未接班将逐级上报。'] },
    'reply.handoverShown': { title: '交接班', lines: ['{each}'] },
    'reply.handoverLog': { title: '交接记录', lines: ['{each}'] },
    'reply.handoverRefused': { title: '未办理', lines: ['{each}'] },
  },
  buttons: { acceptHandover: '接班', joinHandover: '我也已接班', delayHandover: '暂不能接班', noteHandover: '留交接备注' },
  noteLabel: '交接备注',
  lines: {
    open: '未了结：{kind} {subject}（{at} 起）',
    due: '{dueAt} 前到期：{kind} {number} {text}',
    note: '备注（{by}）：{text}',
    nothing: '没有未了结和下一班到期的事项。',
    more: '另有 {count} 项。',
    accepted: '{post}：自 {at} 起由您值守（交班：{outgoing}）',
    acceptedAhead: '{post}：{at} 起由您值守；此前由 {outgoing} 值守',
    waiting: '{post} {at}：{outgoing} → {incoming}，未交接',
    done: '{post} {at}：{outgoing} → {incoming}，{by} 于 {acceptedAt} 接班',
    lapsed: '{post} {at}：{outgoing} → {incoming}，未成（{reason}）',
    delay: '{by} 曾请交班人员继续值守（{at}）',
    joined: '{post}：已记录您接班，还需 {left} 接班；此前由 {outgoing} 值守',
    joinedAfter: '{post}：已记录您到岗接班（{by} 已于 {at} 接班）',
    come: '{by} 已于 {at} 到岗接班',
    noted: '本次交接共有备注 {count} 条：',
    kept: '已留存备注 {count} 条，交接班时转给接班人员：',
    standing: '{post}：正在值守，{at} 交接班',
  },
  refusals: {
    handoverOver: '该次交接已了结，无需再办。',
    handoverJoined: '您已确认接班，正等待同班其他人员接班；此前由交班人员值守。',
    handoverNone: '目前没有待您交接的班次。交接在班次结束前发出；查看记录请回复“交接记录”。',
    handoverOwn: '您是交班人员，须由接班人员确认接班；对方确认前请继续值守。',
    handoverLeader: '带班领导不能代为接班，须由接班的值班员本人确认。',
    handoverOthers: '只有接班的值班员本人可以确认接班，任何人不能代办。',
    noteOthers: '只有交班、接班人员和带班领导可以留交接备注。',
    noteNotHeld: '您现在没有值守岗位，交接备注由正在值守或即将接班的人员留下。',
    noteNotKept: '本保障期按时间自动换班，不办理交接，备注无法转给接班人员；请直接告知对方。',
    noteEmpty: '请写明备注内容，例如：交接备注：西门监控故障，已报修。',
    noteTooMany: '本次交接的备注已满，请在交接时当面说明。',
  },
  reasons: { rosterChanged: '值班表已变更', overtaken: '已到下一班', noShift: '值班表无此班次', notInForce: '不在保障期内' },
  notHandedOver: '未交接',
  noLog: '没有交接记录。',
  comma: '、',
  columns: {
    post: '岗位',
    at: '交接时间',
    outgoing: '交班人员',
    incoming: '接班人员',
    acceptedAt: '接班时间',
    acceptedBy: '接班确认',
    status: '状态',
    matters: '交接事项',
    notes: '备注',
  },
  status: { waiting: '待接班', overdue: '未按时接班', accepted: '已交接', late: '迟接班', lapsed: '未成' },
  sheet: '交接班记录',
  noteBy: '{by}：{text}',
};

export const handoverTextsEn: HandoverTexts = {
  messages: {
    'handover.ask': {
      title: 'Please take over: {post}',
      lines: [
        'Handover at {at}, {outgoing} → {incoming}.',
        '{each}',
        'You are on duty once you have accepted; until then those before you stay.',
      ],
    },
    'handover.remind': { title: 'Take over now: {post}', lines: ['Due at {at}, {overdue} ago; {outgoing} still on duty.', '{each}'] },
    'handover.leave': {
      title: 'Your shift ends: {post}',
      lines: ['{incoming} take over at {at}; stay until they have accepted.', '{each}'],
    },
    'handover.stay': {
      title: 'Please stay: {post}',
      lines: ['{incoming} should have taken over at {at} and have not; you are on duty until they accept.'],
    },
    'handover.alert': {
      title: 'Not taken over: {post}',
      lines: [
        '{incoming} should have taken over at {at}, {overdue} ago; {outgoing} still on duty. Please see to it.',
        'They are: {phones}',
      ],
    },
    'handover.over': { title: 'Handover settled: {post}', lines: ['{by} accepted at {endedAt}.', 'Why: {reason}.'] },
    'handover.relieved': { title: '{by} has accepted: {post}', lines: ['You are relieved. {done}', 'You are on duty until {until}.'] },
    'handover.joined': { title: '{by} is there: {post}', lines: ['{left} must still accept; please stay until they have.'] },
    'handover.delayed': { title: 'Please stay: {post}', lines: ['{by} cannot take over yet; stay until they have accepted.'] },
    'handover.noted': { title: 'Note by {by}: {post}', lines: ['{note}'] },
    'reply.handoverAccepted': { title: 'Taken over', lines: ['{each}'] },
    'reply.handoverNoted': { title: 'The note is kept', lines: ['{each}'] },
    'reply.handoverDelayed': {
      title: 'Those before you are asked to stay',
      lines: ['{each}', 'Send "take over" once you are there; until then others will be told.'],
    },
    'reply.handoverShown': { title: 'Handover', lines: ['{each}'] },
    'reply.handoverLog': { title: 'Handovers', lines: ['{each}'] },
    'reply.handoverRefused': { title: 'Not done', lines: ['{each}'] },
  },
  buttons: { acceptHandover: 'Take over', joinHandover: 'I am there too', delayHandover: 'Not yet', noteHandover: 'Leave a note' },
  noteLabel: 'Note',
  lines: {
    open: 'Open: {kind} {subject} (since {at})',
    due: 'Due {dueAt}: {kind} {number} {text}',
    note: 'Note by {by}: {text}',
    nothing: 'Nothing is open, and nothing is due in the next shift.',
    more: '{count} more.',
    accepted: '{post}: yours from {at} on (relieved: {outgoing})',
    acceptedAhead: '{post}: yours from {at} on; until then {outgoing}',
    waiting: '{post} {at}: {outgoing} → {incoming}, not handed over',
    done: '{post} {at}: {outgoing} → {incoming}, {by} accepted at {acceptedAt}',
    lapsed: '{post} {at}: {outgoing} → {incoming}, came to nothing ({reason})',
    delay: '{by} asked those before to stay ({at})',
    joined: '{post}: noted; {left} must still accept, until then {outgoing}',
    joinedAfter: '{post}: noted that you are there ({by} accepted at {at})',
    come: '{by} is there since {at}',
    noted: 'Notes of this handover, {count} in all:',
    kept: 'Notes kept for the next handover, {count} in all:',
    standing: '{post}: you are on duty, handover at {at}',
  },
  refusals: {
    handoverOver: 'This handover is settled already.',
    handoverJoined: 'You have accepted; others of your shift must still do so.',
    handoverNone: 'No handover waits for you. It is opened shortly before a shift ends; send "handover log" for what was.',
    handoverOwn: 'You are the one who leaves: whoever comes must accept. Stay until they have.',
    handoverLeader: 'A shift leader cannot take over for others: the officer who comes must accept.',
    handoverOthers: 'Only the officer who comes may accept, nobody else for them.',
    noteOthers: 'Only those who leave, those who come and the shift leader may leave a note.',
    noteNotHeld: 'You hold no post now: notes are left by whoever is on duty or about to come.',
    noteNotKept: 'Shifts change by the clock alone in this campaign: tell whoever comes yourself.',
    noteEmpty: 'Please say what the note is, for example: handover note: the west gate camera is broken.',
    noteTooMany: 'No more notes fit in: tell them in person.',
  },
  reasons: {
    rosterChanged: 'the roster was changed',
    overtaken: 'the next shift has begun',
    noShift: 'the roster has no such shift',
    notInForce: 'outside the campaign',
  },
  notHandedOver: 'not handed over',
  noLog: 'No handover yet.',
  comma: ', ',
  columns: {
    post: 'Post',
    at: 'Handover at',
    outgoing: 'Leaving',
    incoming: 'Coming',
    acceptedAt: 'Accepted at',
    acceptedBy: 'Accepted by',
    status: 'Status',
    matters: 'Handed over',
    notes: 'Notes',
  },
  status: { waiting: 'waiting', overdue: 'overdue', accepted: 'accepted', late: 'accepted late', lapsed: 'came to nothing' },
  sheet: 'Handovers',
  noteBy: '{by}: {text}',
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const handoverTextsFor = (locale: unknown): HandoverTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? handoverTextsEn : handoverTextsZh;
