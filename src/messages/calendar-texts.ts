import type { DutyRole } from '../domain/roster/roster.ts';

/** The words of calendars and of the links to them. */
export type CalendarTexts = {
  readonly feeds: { readonly [feed in 'person' | 'unit' | 'all']: string };
  readonly own: string;
  readonly others: string;
  readonly holder: string;
  readonly nobody: string;
  readonly comma: string;
  readonly roles: { readonly [role in DutyRole]: string };
  readonly heading: string;
  readonly link: string;
  readonly hint: string;
  readonly officeHint: string;
  readonly reset: string;
  readonly refused: string;
  readonly buttons: { readonly [button in 'reset' | 'resetAll']: string };
  readonly sheet: string;
};

const zh: CalendarTexts = {
  feeds: { person: '{name} 的值班', unit: '{name} 值班', all: '{name} 值班' },
  own: '值班：{post}（{role}）',
  others: '{post}：{holders}',
  holder: '{role} {name}',
  nobody: '无人',
  comma: '、',
  roles: { shiftLeader: '带班领导', onDuty: '主班', coDuty: '副班' },
  heading: '值班日历',
  link: '{name}：{url}',
  hint: '在手机或电脑的日历里“订阅日历”，粘贴这个地址，换班后会自动更新。地址只给您本人，请勿转发；回复“重置日历链接”可使它作废。',
  officeHint: '查看某单位的日历链接请写明单位，例如“历下区日历”。',
  reset: '旧链接已作废，这是新的：',
  refused: '只有局联络组办公室可以查看或重置单位和全局的日历链接。',
  buttons: { reset: '重置链接', resetAll: '重置全局链接' },
  sheet: '值班表下载（24小时内有效）：{kind} {url}',
};

const en: CalendarTexts = {
  feeds: { person: 'Duty of {name}', unit: 'Duty of {name}', all: 'Duty of {name}' },
  own: 'Duty: {post} ({role})',
  others: '{post}: {holders}',
  holder: '{role} {name}',
  nobody: 'nobody',
  comma: ', ',
  roles: { shiftLeader: 'shift leader', onDuty: 'on duty', coDuty: 'second officer' },
  heading: 'Duty calendar',
  link: '{name}: {url}',
  hint: 'Subscribe to this address in the calendar of your phone or computer; changes come by themselves. It is yours alone, do not pass it on; "reset calendar link" makes it void.',
  officeHint: 'For a unit\u2019s calendar write its name, then "calendar".',
  reset: 'The old link is void; this is the new one:',
  refused: 'Only the office of the liaison group hands out or resets links of units and of the whole bureau.',
  buttons: { reset: 'Reset link', resetAll: 'Reset link of the bureau' },
  sheet: 'Duty sheet (for 24 hours): {kind} {url}',
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const calendarTextsFor = (locale: unknown): CalendarTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? en : zh;
