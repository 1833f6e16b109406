/** The words of the wall that fills a screen. */
const zh = {
  title: '值守大屏',
  leave: '退出大屏（Esc）',
  moreWrong: '另有 {count} 个需要处置，此屏放不下',
  moreUnproven: '另有 {count} 个尚未应答',
  moreWell: '另有 {count} 个在岗',
  allShown: '全部 {count} 个岗位都在此屏',
  standing: '常设联络人 {count} 位，均有应答',
  standingWrong: '常设联络人 {count} 位，{wrong} 位需要处置',
  standingUnproven: '常设联络人 {count} 位，{unproven} 位尚未应答',
  left: '剩',
  open: '进行中',
  openNone: '没有进行中的事项',
  byStep: '第 {step} 步 {count} 件',
  noStep: '未升级 {count} 件',
  moreOpen: '另有 {count} 件',
  itemsWell: '交办事项无逾期',
  alarms: '告警',
  channels: '通道',
  separator: '、',
};

const en: typeof zh = {
  title: 'Wall display',
  leave: 'Leave (Esc)',
  moreWrong: '{count} more need somebody and do not fit',
  moreUnproven: '{count} more not heard of yet',
  moreWell: '{count} more on post',
  allShown: 'All {count} posts are shown',
  standing: 'Standing contacts: {count}, all answer',
  standingWrong: 'Standing contacts: {count}, of whom {wrong} need somebody',
  standingUnproven: 'Standing contacts: {count}, of whom {unproven} not heard of yet',
  left: 'in',
  open: 'Open',
  openNone: 'Nothing is open',
  byStep: 'Step {step}: {count}',
  noStep: 'No step yet: {count}',
  moreOpen: '{count} more',
  itemsWell: 'No item is overdue',
  alarms: 'Alarms',
  channels: 'Channels',
  separator: ', ',
};

export type PageBigTexts = typeof zh;
export const pageBigTexts: { readonly [language in 'zh-CN' | 'en']: PageBigTexts } = { 'zh-CN': zh, en };
