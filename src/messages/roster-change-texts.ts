import type { ProposalStatus } from '../domain/roster-change/proposal.ts';

/** The words of changes of the roster that are made in the chat. `{name}` is filled in. */

export type RosterChangeRefusal =
  | 'notYours'
  | 'officeOnly'
  | 'versionsOfOffice'
  | 'noVersion'
  | 'date'
  | 'dateUnreadable'
  | 'past'
  | 'noUnit'
  | 'noPost'
  | 'nobodyThere'
  | 'notThere'
  | 'unknownPerson'
  | 'same'
  | 'broken'
  | 'moved'
  | 'begun'
  | 'changedSince'
  | 'undone'
  | 'over'
  | 'fileGone'
  | 'nobodyFree';

export type RosterChangeTexts = {
  readonly locale: string;
  readonly refused: string;
  readonly refusals: { readonly [reason in RosterChangeRefusal]: string };
  readonly headings: {
    readonly [
      heading in
        | 'confirm'
        | 'proposedToOffice'
        | 'sentToOffice'
        | 'applied'
        | 'undone'
        | 'whichPost'
        | 'whoGoes'
        | 'whoComes'
        | 'faults'
        | 'roster'
        | 'contacts'
        | 'nothing'
        | 'rosterApplied'
        | 'contactsApplied'
        | 'declined'
        | 'versions'
        | 'version'
        | 'proposalLate'
    ]: string;
  };
  readonly lines: {
    readonly [
      line in
        | 'before'
        | 'after'
        | 'breaks'
        | 'tap'
        | 'tapToOffice'
        | 'proposedBy'
        | 'told'
        | 'undoUntil'
        | 'noUndo'
        | 'whichPost'
        | 'whoGoes'
        | 'whoComes'
        | 'faultCount'
        | 'faultAt'
        | 'more'
        | 'warnings'
        | 'counts'
        | 'unit'
        | 'added'
        | 'gone'
        | 'changed'
        | 'contactCounts'
        | 'correct'
        | 'version'
        | 'shiftsMore'
        | 'versionOf'
        | 'versionNow'
        | 'earlier'
        | 'versionShift'
        | 'stands'
        | 'proposalWaits'
        | 'proposalDue'
        | 'proposalLate'
        | 'proposalEnded'
        | 'proposalExpired'
    ]: string;
  };
  readonly buttons: {
    readonly [
      button in 'apply' | 'applyAnyway' | 'cancel' | 'undo' | 'more' | 'applyFile' | 'decline' | 'showVersion' | 'versions' | 'withdraw'
    ]: string;
  };
  /** What became of what a unit proposed. */
  readonly proposalEnds: { readonly [status in Exclude<ProposalStatus, 'asked'>]: string };
  readonly nobody: string;
  /** Who changed it, where nobody of the bureau is named; and how. */
  readonly changedBy: { readonly [how in 'command' | 'plan' | 'override']: string };
  readonly comma: string;
  readonly roles: { readonly shiftLeader: string; readonly onDuty: string; readonly coDuty: string };
};

const zh: RosterChangeTexts = {
  locale: 'zh-CN',
  refused: '未调整值班表',
  refusals: {
    notYours:
      '只有局联络组办公室可以调整值班表；单位的联络人、主要负责人可以为本单位提出。您本人的班请用请假或换班，例如“明天请假一天，由李强替班”。',
    officeOnly:
      '只有局联络组办公室可以导入值班表和联络人名单，值班表没有改动。请把文件交给办公室：{people}。如果是交办件的材料，请先写明编号，例如“0012 材料”，再发文件。',
    versionsOfOffice: '值班表的各个版本由局联络组办公室查看：{people}。现行值班表请发送“值班表”。',
    noVersion: '值班表没有第 {version} 版。请发送“排班版本”查看。',
    date: '请写明日期，例如“9月3日历下区改为李强”。',
    dateUnreadable: '日期没有看懂，请写成“9月3日”这样的形式。',
    past: '这一班已经结束，不能调整。',
    noUnit: '请写明是哪个单位，例如“9月3日历下区改为李强”。',
    noPost: '所写单位没有值班岗位。',
    nobodyThere: '{post}在该时段没有可以替换的班次。请核对日期和角色，或导入值班表。',
    notThere: '{person}在该时段不值 {post} 的班。请发送“{post}值班表”核对。',
    unknownPerson: '通讯录里没有“{name}”。请写全名，或先更新联络人名单。',
    same: '这一班本来就是{person}。',
    broken: '不符合值班规则：{rules}',
    moved: '此后值班表或人员已有变动，没有调整。请重新发送，按现行值班表再确认。',
    begun: '变动的第一班已经开始，不能撤销。请另发一句话调整，例如“9月3日历下区改为李强”。',
    changedSince: '此后有人又调整了同样的班次，不能撤销。请按现行值班表另行调整。',
    undone: '这次调整已经撤销，或已不能撤销。',
    over: '这张卡片已失效，请重新发送。',
    fileGone: '找不到这份文件了，请重新发送。',
    nobodyFree: '本单位没有空闲的人可以接替{person}。请写明姓名，例如“9月3日历下区改为李强”。',
  },
  headings: {
    confirm: '调整值班表，请确认',
    proposedToOffice: '单位请求调整值班表',
    sentToOffice: '已请局联络组办公室调整',
    applied: '值班表已调整',
    undone: '已撤销，恢复原班',
    whichPost: '是哪个岗位？',
    whoGoes: '替换哪一位？',
    whoComes: '改为哪一位？',
    faults: '{file}：有 {count} 处问题，没有导入',
    roster: '{file}：值班表的变动，请确认',
    contacts: '{file}：联络人名单，请确认',
    nothing: '{file}：与现行值班表一致，无需导入',
    rosterApplied: '值班表已导入',
    contactsApplied: '联络人名单已导入',
    declined: '办公室未同意调整',
    versions: '值班表的版本',
    proposalLate: '单位请求调整值班表，尚未答复',
    version: '值班表第 {version} 版',
  },
  lines: {
    before: '原：{part} {person}',
    after: '改：{part} {person}',
    breaks: '请注意：{rules}',
    tap: '点“确认”后生效，并通知有变动的人员。',
    tapToOffice: '点“确认”后报局联络组办公室，办公室同意后生效。',
    proposedBy: '由 {person} 提出。',
    told: '已通知 {count} 人各自的变动。',
    undoUntil: '{at} 前可以撤销。',
    noUndo: '变动的班次已经开始，不能撤销。',
    whichPost: '请选择岗位。',
    whoGoes: '请选择要替换的人。',
    whoComes: '请选择接替的人。',
    faultCount: '共 {count} 处，以下为第 {from} 至 {to} 处：',
    faultAt: '{sheet} {cell}：{message}',
    more: '另有 {count} 处，点“更多”查看。',
    warnings: '另有 {count} 处提醒，不影响导入。',
    counts: '新增 {added} 班，变动 {changed} 班，取消 {gone} 班。',
    unit: '{unit}：新增 {added}，变动 {changed}，取消 {gone}',
    added: '新增 {post} {span}：{after}',
    gone: '取消 {post} {span}：{before}',
    changed: '变动 {post} {span}：{before} → {after}',
    contactCounts: '{units} 个单位，{people} 人，{changes} 处变动。',
    correct: '请改正后重新发送文件。',
    version: '值班表第 {version} 版。',
    shiftsMore: '另有 {count} 班未列出。',
    versionOf: '第 {version} 版 {at} {by}{how}：新增 {added} 班，变动 {changed} 班，取消 {gone} 班',
    versionNow: '现行为第 {version} 版。',
    earlier: '更早的 {count} 版未列出，可回复“排班第3版”查看。',
    versionShift: '{post} {span}：{holders}',
    stands: '该版自今日起的班次：',
    proposalWaits: '办公室答复之前仍按现行值班表值班；逾期未答复将逐级提醒，首班开始仍未答复则不再调整，届时会通知您。',
    proposalDue: '请在 {at} 前答复。',
    proposalLate: '应于 {at} 前答复，尚未答复；首班开始后不再调整。',
    proposalEnded: '{person} 于 {at} 办理。',
    proposalExpired: '班次开始前未答复，未作调整，仍按现行值班表值班。',
  },
  buttons: {
    apply: '确认',
    applyAnyway: '仍然确认',
    cancel: '取消',
    undo: '撤销',
    more: '更多',
    applyFile: '导入',
    decline: '不同意',
    showVersion: '第 {version} 版',
    versions: '全部版本',
    withdraw: '撤回',
  },
  proposalEnds: { applied: '值班表已按申请调整', declined: '办公室未同意调整', withdrawn: '调整申请已撤回', expired: '调整申请已过期' },
  nobody: '无人',
  changedBy: { command: '命令行', plan: '导入或发布', override: '调整' },
  comma: '、',
  roles: { shiftLeader: '带班领导', onDuty: '主班', coDuty: '副班' },
};

const en: RosterChangeTexts = {
  locale: 'en',
  refused: 'The roster was not changed',
  refusals: {
    notYours:
      'Only the office changes the roster; a unit’s liaison or head may propose it for their own unit. For your own shift ask for leave or a swap.',
    officeOnly:
      'Only the office imports rosters and contact lists; nothing was changed. Give the file to the office: {people}. If it belongs to an item, write its number first, then send the file.',
    versionsOfOffice: 'Versions of the roster are the office’s to see: {people}. Send "roster" for the one in force.',
    noVersion: 'There is no version {version} of the roster. Send "roster versions".',
    date: 'Say the date, such as "change Lixia on 9/3 to Li Qiang".',
    dateUnreadable: 'The date is not clear. Write it as 9/3.',
    past: 'That shift is over.',
    noUnit: 'Say which unit it is.',
    noPost: 'That unit has no post.',
    nobodyThere: '{post} has no shift there that somebody could be replaced on. Check date and role, or import a roster.',
    notThere: '{person} does not stand {post} then.',
    unknownPerson: 'The contact list has no "{name}". Write the whole name, or update the contact list first.',
    same: '{person} stands that shift already.',
    broken: 'Against the rules of duty: {rules}',
    moved: 'Roster or people have changed since; nothing was changed. Send it again.',
    begun: 'The first changed shift has begun, so it can no longer be undone.',
    changedSince: 'Somebody has changed the same shifts since, so it can no longer be undone.',
    undone: 'This has been undone, or can no longer be.',
    over: 'This card is out of date. Send it again.',
    fileGone: 'The file is gone. Send it again.',
    nobodyFree: 'Nobody of the unit is free to relieve {person}. Name somebody.',
  },
  headings: {
    confirm: 'Change the roster?',
    proposedToOffice: 'A unit asks for a change of the roster',
    sentToOffice: 'The office was asked to change it',
    applied: 'The roster is changed',
    undone: 'Undone: the shifts are as before',
    whichPost: 'Which post?',
    whoGoes: 'Who is replaced?',
    whoComes: 'Who comes?',
    faults: '{file}: {count} faults, nothing imported',
    roster: '{file}: what this roster changes',
    contacts: '{file}: contact list',
    nothing: '{file}: the same as the roster in force',
    rosterApplied: 'Roster imported',
    contactsApplied: 'Contact list imported',
    declined: 'The office did not agree',
    versions: 'Versions of the roster',
    proposalLate: 'A unit waits for a change of the roster',
    version: 'Version {version} of the roster',
  },
  lines: {
    before: 'Now: {part} {person}',
    after: 'Then: {part} {person}',
    breaks: 'Note: {rules}',
    tap: 'It counts once you confirm; those for whom something changes are told.',
    tapToOffice: 'A tap hands it to the office; it counts once the office agrees.',
    proposedBy: 'Proposed by {person}.',
    told: '{count} people were told what changes for them.',
    undoUntil: 'Can be undone before {at}.',
    noUndo: 'A changed shift has begun: it cannot be undone.',
    whichPost: 'Choose the post.',
    whoGoes: 'Choose who is replaced.',
    whoComes: 'Choose who comes.',
    faultCount: '{count} in all; these are {from} to {to}:',
    faultAt: '{sheet} {cell}: {message}',
    more: '{count} more: press "More".',
    warnings: '{count} remarks, which keep nothing from being imported.',
    counts: '{added} shifts new, {changed} changed, {gone} gone.',
    unit: '{unit}: {added} new, {changed} changed, {gone} gone',
    added: 'New {post} {span}: {after}',
    gone: 'Gone {post} {span}: {before}',
    changed: 'Changed {post} {span}: {before} → {after}',
    contactCounts: '{units} units, {people} people, {changes} changes.',
    correct: 'Correct it and send the file again.',
    version: 'Version {version} of the roster.',
    shiftsMore: '{count} more shifts not shown.',
    versionOf: '{version}: {at} {by} {how}: {added} shifts new, {changed} changed, {gone} gone',
    versionNow: 'In force: version {version}.',
    earlier: '{count} earlier ones not shown; "roster version 3" shows one.',
    versionShift: '{post} {span}: {holders}',
    stands: 'Its shifts from today on:',
    proposalWaits:
      'The roster stays as it is until the office answers; others are told if it does not, and it comes to nothing once the first shift begins. You will hear of it.',
    proposalDue: 'Please answer by {at}.',
    proposalLate: 'An answer was due by {at}; nothing is changed once the first shift begins.',
    proposalEnded: 'Done by {person}, {at}.',
    proposalExpired: 'There was no answer before the shift began: the roster stays as it is.',
  },
  buttons: {
    apply: 'Confirm',
    applyAnyway: 'Confirm all the same',
    cancel: 'Cancel',
    undo: 'Undo',
    more: 'More',
    applyFile: 'Import',
    decline: 'Decline',
    showVersion: 'Version {version}',
    versions: 'All versions',
    withdraw: 'Take back',
  },
  proposalEnds: {
    applied: 'The roster was changed as proposed',
    declined: 'The office did not agree',
    withdrawn: 'The proposal was taken back',
    expired: 'The proposal came to nothing',
  },
  nobody: 'nobody',
  changedBy: { command: 'command line', plan: 'imported or published', override: 'changed' },
  comma: ', ',
  roles: { shiftLeader: 'shift leader', onDuty: 'on duty', coDuty: 'second officer' },
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const rosterChangeTextsFor = (locale: unknown): RosterChangeTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? en : zh;
