/** The words of the wall's last hours. */
const zh = {
  title: '近 {hours} 小时',
  windows: '时段',
  window: '{hours} 小时',
  counts: {
    rounds: '查岗轮次',
    asked: '查岗',
    answered: '按时应答',
    late: '迟答',
    missed: '失联',
    empty: '空岗',
    help: '求援',
    handovers: '交接班',
    itemsIn: '交办',
    itemsOverdue: '超时限',
    alarms: '通道告警',
  },
  steps: '升级',
  step: '第 {step} 步 × {count}',
  time: '时间',
  nothing: '没有记录',
  table: '表格',
  fold: '收起',
  unfold: '展开',
  moments: '近期异常',
  strip: '{title}：{counts}',
  count: '{name} {count}',
  comma: '，',
};

export type PageTimelineTexts = typeof zh;

const en: PageTimelineTexts = {
  title: 'Last {hours} hours',
  windows: 'How far back',
  window: '{hours} h',
  counts: {
    rounds: 'Rounds',
    asked: 'Asked',
    answered: 'Answered in time',
    late: 'Late',
    missed: 'Missed',
    empty: 'Posts empty',
    help: 'Calls for help',
    handovers: 'Handovers',
    itemsIn: 'Items in',
    itemsOverdue: 'Past limit',
    alarms: 'Channel alarms',
  },
  steps: 'Steps climbed',
  step: 'step {step} × {count}',
  time: 'Time',
  nothing: 'Nothing recorded',
  table: 'Table',
  fold: 'Fold',
  unfold: 'Unfold',
  moments: 'What went wrong',
  strip: '{title}: {counts}',
  count: '{name} {count}',
  comma: ', ',
};

export const pageTimelineTexts: { readonly [language in 'zh-CN' | 'en']: PageTimelineTexts } = { 'zh-CN': zh, en };
