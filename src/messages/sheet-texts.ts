import type { DayKind } from '../domain/roster/shift-hours.ts';

/** The words of the duty sheet that hangs in the office (值班安排表). */
export const sheetTexts = {
  title: '{name}值班安排表',
  sheet: '值班安排表',
  span: '{from} 至 {to}',
  hours: '值班时间：{hours}',
  nextDay: '次日',
  untilText: '{from}至{to}',
  headings: {
    date: '日期',
    weekday: '星期',
    post: '单位',
    leader: '带班领导',
    onDuty: '值班员',
    coDuty: '副班',
    landline: '值班电话',
    remark: '备注',
  },
  weekdays: ['一', '二', '三', '四', '五', '六', '日'],
  kinds: { workday: '', restDay: '休息日', holiday: '法定节假日' } satisfies { readonly [kind in DayKind]: string },
  makeUp: '调休上班',
  nobody: '无人',
  comma: '、',
  remarkComma: '，',
  sign: ['编制：', '审核：', '批准：', '日期：'],
  note: '交接班未完成前，交班人员不得离岗。如需换班，须经批准并由替班人员确认。',
  page: '第 {page} 页，共 {pages} 页',
} as const;
