import type { ReadinessNeed } from '../domain/items/readiness.ts';

/** What is asked of units before the inspection arrives, as it is handed over. */
export const readinessItemTexts: {
  readonly number: string;
  readonly texts: { readonly [need in ReadinessNeed]: string };
  readonly needs: { readonly [need in ReadinessNeed]: string };
  /** Why an item about a person is owed no longer. */
  readonly named: string;
} = {
  number: '准备-{need}-{unit}',
  texts: {
    organisation: '进驻前准备：请报送本单位组织机构（领导小组、工作专班及分工）。',
    implementationPlan: '进驻前准备：请报送本单位实施方案。',
    feedback: '进驻前准备：请整理并报送档案清单——督察及“回头看”反馈问题整改。',
    decisions: '进驻前准备：请整理并报送档案清单——决策部署贯彻落实。',
    problems: '进驻前准备：请整理并报送档案清单——突出环境问题及处理。',
    responsibility: '进驻前准备：请整理并报送档案清单——环境保护责任落实。',
    liaison: '进驻前准备：请报送一名联络人（分管负责同志）的姓名和手机号码；登记后本项自动结束。',
    contact: '进驻前准备：请报送一名联系人（主要科室干部）的姓名和手机号码；登记后本项自动结束。',
  },
  needs: {
    organisation: '组织机构',
    implementationPlan: '实施方案',
    feedback: '档案1',
    decisions: '档案2',
    problems: '档案3',
    responsibility: '档案4',
    liaison: '联络人',
    contact: '联系人',
  },
  named: '通讯录中已登记，不必再报',
};

type Line = 'due' | 'units' | 'fresh' | 'moved' | 'same' | 'confirm' | 'opened' | 'nothing' | 'askDate' | 'dueBy' | 'notAsked';
type ButtonName = 'yes' | 'no' | 'assign' | 'urge' | 'urgeAll';

/** The words in which it is proposed, confirmed and shown. `{name}` is filled in; a line whose place stays empty is left out. */
export type ReadinessTexts = {
  readonly lines: { readonly [line in Line]: string };
  readonly buttons: { readonly [button in ButtonName]: string };
};

const zh: ReadinessTexts = {
  lines: {
    due: '报齐期限：{dueAt}',
    units: '涉及单位：{count} 个',
    fresh: '新布置 {count} 项（已登记联络人、联系人的不再布置）',
    moved: '已布置未报齐的 {count} 项改为此期限',
    same: '其余 {count} 项此前已布置，不变',
    confirm: '确认请点按钮或回复“是”，放弃请回复“否”。',
    opened: '每个单位收到一条通知，按期限催办，逾期逐级上报。',
    nothing: '此前均已布置，期限相同，未重复布置。',
    askDate: '请写明报齐的日期，例如“布置准备工作，8月25日前报齐”。',
    dueBy: '最早期限 {dueAt}，其中已超期 {overdue} 项',
    notAsked: '{count} 个单位尚未布置',
  },
  buttons: { yes: '是，布置', no: '否', assign: '布置准备工作', urge: '催办 {unit}', urgeAll: '催办全部' },
};

const en: ReadinessTexts = {
  lines: {
    due: 'Everything by: {dueAt}',
    units: 'Units: {count}',
    fresh: 'To be asked for: {count} (people who are named already are not)',
    moved: 'Asked for before and not filed, moved to this date: {count}',
    same: 'Asked for before and unchanged: {count}',
    confirm: 'Press a button or answer "yes" to confirm, "no" to drop it.',
    opened: 'Each unit gets one message; reminders and alerts follow the date.',
    nothing: 'All of it was asked for before, by the same date; nothing was changed.',
    askDate: 'Say by which day, for example "assign readiness by August 25".',
    dueBy: 'Earliest due {dueAt}; overdue: {overdue}',
    notAsked: 'Not asked yet: {count} units',
  },
  buttons: { yes: 'Yes, assign', no: 'No', assign: 'Assign readiness', urge: 'Urge {unit}', urgeAll: 'Urge all' },
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const readinessTextsFor = (locale: unknown): ReadinessTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? en : zh;
