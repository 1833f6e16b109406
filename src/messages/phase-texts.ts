import type { ReadinessNeed } from '../domain/items/readiness.ts';
import type { CampaignPhase } from '../domain/items/phase.ts';

/** The words about phases of a campaign and about readiness. `{name}` is filled in; a line whose place stays empty is left out. */
export type PhaseTexts = {
  readonly phases: { readonly [phase in CampaignPhase]: string };
  readonly everybody: string;
  readonly now: string;
  readonly lines: {
    readonly [
      line in
        | 'change'
        | 'from'
        | 'to'
        | 'random'
        | 'silence'
        | 'sameRules'
        | 'noPost'
        | 'confirm'
        | 'ask'
        | 'kept'
        | 'told'
        | 'open'
        | 'none'
        | 'kind'
        | 'urgent'
        | 'more'
        | 'person'
        | 'missingPerson'
    ]: string;
  };
  readonly roles: { readonly [role in 'liaison' | 'contact' | 'principal']: string };
  readonly needs: { readonly [need in ReadinessNeed]: string };
  readonly readiness: { readonly [line in 'row' | 'complete' | 'heading' | 'none' | 'more']: string };
  readonly buttons: { readonly [button in 'yes' | 'no' | 'all']: string };
  readonly comma: string;
  readonly or: string;
};

const zh: PhaseTexts = {
  phases: { before: '进驻前', during: '督察期间', onSite: '督察组下沉', after: '下沉后' },
  everybody: '全部单位',
  now: '现在',
  lines: {
    change: '{unit}：{phase}',
    from: '开始：{at}',
    to: '结束：{at}',
    random: '每日随机查岗 {to} 次（原 {from} 次）',
    silence: '静默时限 {to}（原 {from}）',
    sameRules: '查岗规则不变：每日随机 {random} 次，静默时限 {silence}',
    noPost: '{unit}没有值班岗位，不涉及查岗。',
    confirm: '确认请点按钮或回复“是”，放弃请回复“否”。',
    ask: '请选择是哪个单位，或回复单位名称。',
    kept: '此前已登记，未重复变更。',
    told: '已通知：{names}',
    open: '{unit}未办结 {count} 件，其中超期 {overdue} 件：{kinds}',
    none: '{unit}没有未办结的件',
    kind: '{kind} {count}',
    urgent: '{number} {kind} 期限 {dueAt} {heat}',
    more: '另有 {count} 件，回复“{unit}的交办件”查看',
    person: '{role} {name} {phone}',
    missingPerson: '{role}未确定！',
  },
  roles: { liaison: '联络人', contact: '联系人', principal: '主要负责人' },
  needs: {
    organisation: '本单位组织机构',
    implementationPlan: '实施方案',
    feedback: '档案：反馈问题整改',
    decisions: '档案：决策部署贯彻落实',
    problems: '档案：突出环境问题及处理',
    responsibility: '档案：环境保护责任落实',
    liaison: '联络人',
    contact: '联系人',
  },
  readiness: {
    row: '{unit}：{done}/{of}，缺{missing}',
    complete: '{unit}：{done}/{of}，已齐全',
    heading: '{count} 个单位，已齐全 {complete} 个',
    none: '没有需要准备的单位。',
    more: '另有 {count} 个单位未列出，请写明单位，例如“准备情况 历下区”。',
  },
  buttons: { yes: '是，确认变更', no: '否', all: '以上全部' },
  comma: '、',
  or: '/',
};

const en: PhaseTexts = {
  phases: { before: 'before arrival', during: 'during the inspection', onSite: 'inspection team on site', after: 'after the visit' },
  everybody: 'all units',
  now: 'now',
  lines: {
    change: '{unit}: {phase}',
    from: 'From: {at}',
    to: 'Until: {at}',
    random: 'Random checks a day: {to} (so far {from})',
    silence: 'Limit on silence: {to} (so far {from})',
    sameRules: 'Checks stay as they are: {random} random a day, limit on silence {silence}',
    noPost: '{unit} has no post: no checks are concerned.',
    confirm: 'Press a button or answer "yes" to confirm, "no" to drop it.',
    ask: 'Choose the unit, or answer with its name.',
    kept: 'This was announced before; nothing was changed.',
    told: 'Told: {names}',
    open: '{unit}: {count} open items, {overdue} overdue: {kinds}',
    none: '{unit}: no open items',
    kind: '{kind} {count}',
    urgent: '{number} {kind} due {dueAt} {heat}',
    more: '{count} more: ask for "{unit} items"',
    person: '{role} {name} {phone}',
    missingPerson: 'no {role}!',
  },
  roles: { liaison: 'liaison', contact: 'contact', principal: 'principal' },
  needs: {
    organisation: 'own organisation',
    implementationPlan: 'implementation plan',
    feedback: 'archive: rectification of findings',
    decisions: 'archive: decisions carried out',
    problems: 'archive: environmental problems',
    responsibility: 'archive: responsibilities',
    liaison: 'liaison',
    contact: 'contact',
  },
  readiness: {
    row: '{unit}: {done}/{of}, missing {missing}',
    complete: '{unit}: {done}/{of}, complete',
    heading: '{count} units, {complete} complete',
    none: 'Nothing is asked of any unit.',
    more: '{count} more units not shown: name a unit.',
  },
  buttons: { yes: 'Yes, change it', no: 'No', all: 'All of these' },
  comma: ', ',
  or: ' / ',
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const phaseTextsFor = (locale: unknown): PhaseTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? en : zh;
