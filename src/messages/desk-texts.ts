/** What the page offers to be done about what is looked at, where no card has the same button. `{name}` is filled in. */
const zh = {
  remind: '再次提醒',
  startCheck: '现在查岗',
  recordCall: '登记通话结果',
  callResult: '通话结果',
  code: '校验码',
  confirmReach: '收到，能联系上',
  testCalled: '已电话联系上本人',
  askLeave: '请假',
  askSwap: '换班',
  askCover: '请人替班',
  offerCover: '我来替{person}',
  substitute: '替班人',
  later: '稍后再定',
  partner: '与谁换班',
  reason: '事由',
  changeShift: '调整人员',
  goes: '原值班人',
  comes: '改为',
  fillShift: '安排人员',
  nameSubstitute: '另定替班人',
  urgeUnit: '催办本单位未结事项',
};

export type DeskTexts = typeof zh;

const en: DeskTexts = {
  remind: 'Remind again',
  startCheck: 'Check now',
  recordCall: 'Record a call',
  callResult: 'What the call gave',
  code: 'Code',
  confirmReach: 'Got it, I can be reached',
  testCalled: 'Reached by phone',
  askLeave: 'Ask for leave',
  askSwap: 'Swap this shift',
  askCover: 'Ask for a cover',
  offerCover: 'Stand in for {person}',
  substitute: 'Who stands in',
  later: 'To be named later',
  partner: 'Swap with',
  reason: 'Reason',
  changeShift: 'Change who stands',
  goes: 'Instead of',
  comes: 'Comes',
  fillShift: 'Put somebody there',
  nameSubstitute: 'Name another',
  urgeUnit: 'Urge what the unit owes',
};

export const deskTextsFor = (locale: unknown): DeskTexts => (typeof locale === 'string' && locale.startsWith('en') ? en : zh);
