import type { CheckCategory } from '../domain/figures/check-category.ts';
import type { ReportKind } from '../domain/figures/report-draft.ts';

/** The words of official reports (日报, 零报告, 周报, 总结). They go to Chinese offices, and are written in Chinese. */
export const reportTexts = {
  titles: {
    daily: '{campaign}值守日报',
    zero: '{campaign}值守零报告',
    weekly: '{campaign}值守周报',
    campaign: '{campaign}值守工作总结',
    period: '{campaign}值守情况报告',
  } satisfies { readonly [kind in ReportKind]: string },
  names: { daily: '日报', zero: '零报告', weekly: '周报', campaign: '总结', period: '情况报告' } satisfies {
    readonly [kind in ReportKind]: string;
  },
  day: '{year}年{month}月{day}日',
  span: '{from}至{to}',
  wall: '{month}月{day}日{time}',
  headings: { duty: '一、岗位值守', checks: '二、查岗应答', matters: '三、交接班和突发情况', items: '四、交办事项', zero: '五、零报告' },
  coverage: '应守 {total} 小时，按值班表和交接班记录有人 {covered} 小时，覆盖率 {share}（是否应答见查岗应答）。',
  noPosts: '本期没有需要值守的岗位。',
  notBegun: '本期尚未开始，没有数据。',
  noGaps: '按值班表和交接班记录，各岗位没有无人时段。',
  gaps: '无人时段 {count} 处：{list}。',
  gapsMore: '无人时段 {count} 处，其中：{list}等，其余见 PDF、Excel 报告附表“岗位覆盖情况”。',
  gap: '{post}{from}至{to}（{kind}）',
  checks: '发出查岗 {asked} 次，计入考核 {counted} 次，在岗应答 {onPost} 次，在岗应答率 {share}。',
  noChecks: '本期没有查岗。',
  others: '其他结果：{list}。',
  part: '{category} {count} 次',
  times: '应答用时中位数 {p50}，95 分位 {p95}（沉默和迟答按整个应答时限计）。',
  matters: '按时交接 {inTime} 次，迟交接 {late} 次；求援 {help} 次，报告空岗 {postEmpty} 次，通道故障告警 {channelFailure} 次。',
  items:
    '本期交办 {handedOver} 件，按时报送 {inTime} 件，逾期报送 {late} 件，销号 {closed} 件；期末在办 {open} 件，其中逾期 {overdue} 件。',
  zero: '本期无空岗、无未应答、无迟答、无未送达、无求援、无逾期事项。',
  source: '以上数据由台账第 1 至 {seq} 条计算，截至 {asOf}。未送达、空号、通道故障和申诉成立的查岗不计入考核。',
  annexes: { league: '单位应答情况', coverage: '岗位覆盖情况', items: '交办事项情况', loads: '值班负担情况', definitions: '数据口径' },
  annex: '附表 {no}　{name}',
  definitionHeadings: ['数据', '口径', '分子', '分母'],
  page: '— {page} —',
  sheetPage: '第 {page} 页，共 {pages} 页',
  summary: '情况',
  draft: '（草稿）',
  keys: { coverage: '岗位覆盖', share: '在岗应答率', p95: '95分位用时', overdue: '逾期事项' },
  heat: '各时段无应答次数（行为星期，列为 0 至 23 时）',
  band: { one: '{from} 次', span: '{from}–{to} 次', blank: '空白：没有查岗' },
  comma: '、',
  semicolon: '；',
  notCounted: ['invalidNumber', 'undelivered', 'channelFailure', 'open', 'withdrawn', 'leftOut'] satisfies CheckCategory[],
} as const;

/** What the command line says of reports. */
export const reportCliTexts = {
  report: '某一时段的数据和报告',
  from: '起始日期（含），例如 2021-08-27；也可写 ISO 8601 时刻',
  to: '截止日期（含当日）；写时刻则不含该时刻',
  kind: '报告名称：daily 日报、weekly 周报、campaign 总结、period 情况报告（默认）',
  out: '写到哪个文件：.xlsx、.pdf、.png 或 .json',
  written: '已写入 {path}（{bytes} 字节）',
};
