import type { Obstacle } from '../domain/draft/draft.ts';
import type { DutyRole } from '../domain/roster/roster.ts';

/** The words about rosters in the making and about what a new roster changes for whom. `{name}` is filled in. */
export type DraftTexts = {
  readonly span: string;
  readonly whole: string;
  readonly holes: string;
  readonly hole: string;
  readonly nobody: string;
  readonly because: string;
  readonly obstacles: { readonly [obstacle in Obstacle]: string };
  readonly open: string;
  readonly unwanted: string;
  readonly shift: string;
  readonly moreShifts: string;
  readonly load: string;
  readonly member: string;
  readonly more: string;
  readonly publishHint: string;
  readonly gapHint: string;
  /** What the office may say of a draft. */
  readonly rulesHint: string;
  readonly waysOut: { readonly [obstacle in 'rest' | 'inRow']: string };
  readonly rules: { readonly [rule in 'said' | 'rest' | 'inRow' | 'unwanted' | 'wanted' | 'away' | 'granted' | 'leave']: string };
  readonly unheard: string;
  /** A clause that does not say whose or when, a name that is nobody's or several people's. */
  readonly unclear: { readonly [what in 'clause' | 'person' | 'several' | 'tooMany']: string };
  /** Of a shift that nobody would stand. */
  readonly empty: string;
  readonly published: string;
  readonly told: string;
  readonly changes: { readonly [change in 'added' | 'gone' | 'moved' | 'role']: string };
  readonly changedMore: string;
  readonly roles: { readonly [role in DutyRole]: string };
  readonly refusals: { readonly [reason in 'office' | 'dates' | 'past' | 'long' | 'noPost' | 'moved' | 'holes' | 'begun']: string };
  /** What a rule names and nobody knows. */
  readonly unknown: { readonly [what in 'person' | 'people' | 'post' | 'unit']: string };
  readonly buttons: { readonly [button in 'publish' | 'discard' | 'again']: string };
  readonly weekdays: readonly string[];
  readonly comma: string;
  readonly semicolon: string;
};

const zh: DraftTexts = {
  span: '{from} 至 {to}，{posts} 个岗位，{shifts} 个班次',
  whole: '没有空缺。',
  holes: '有 {count} 个空缺，补齐前不能发布：',
  hole: '{date} {post} {role}：{because}',
  nobody: '没有可排的人员',
  because: '{names}{obstacle}',
  obstacles: {
    away: '请假或不在',
    already: '已排在本班',
    elsewhere: '同一时间在其他岗位',
    rest: '休息时间不足',
    inRow: '连续值班过多',
    notInTerm: '不在任期内',
  },
  open: '{post}有 {count} 段时间不在班次之内，请核对班次时间',
  unwanted: '{name} {date} 不愿值班，但没有其他人可排',
  shift: '{date}（{weekday}）{post}：{holders}',
  moreShifts: '另有 {count} 个班次未列出，写明单位可逐班查看，例如“排班 历下区 9月1日到9月30日”。',
  load: '{post}：{members}',
  member: '{name} 共{shifts} 夜{nights} 休{weekends} 节{holidays}',
  more: '另有 {count} 项未列出',
  publishHint: '草案未生效，点“发布”后生效并通知有变动的人员。',
  gapHint: '请补充人员或调整规则后重新排班。',
  rulesHint:
    '可直接回复要求，按要求重排：“两班之间休息8小时”“最多连续3天”“赵明9月20日不排”“李强9月6日到9月12日不在”；回复“清除要求”恢复。已准的请假自动避开。',
  waysOut: {
    rest: '休息时间不足：可回复“两班之间休息8小时”缩短休息后重排。',
    inRow: '连续值班过多：可回复“最多连续5天”放宽后重排。',
  },
  rules: {
    said: '按要求：{rules}',
    rest: '两班之间至少休息 {hours} 小时',
    inRow: '最多连续 {days} 天',
    unwanted: '{name} {date} 不排',
    wanted: '{name} {date} 想值',
    away: '{name} {from} 至 {to} 不在',
    granted: '已准请假，自动避开：{leaves}',
    leave: '{name} {from} 至 {to}',
  },
  unheard: '这些话没有听懂，未采用：{clauses}',
  unclear: {
    clause: '没有听懂“{name}”：请写明谁、哪一天，例如“赵明9月20日不排”“李强9月6日到9月12日不在”。',
    person: '没有叫“{name}”的人员，草案未改动。',
    several: '叫“{name}”的不止一人，请写手机号后重新说，草案未改动。',
    tooMany: '要求太多，一份草案最多 60 条；草案未改动。',
  },
  empty: '空缺',
  published: '已发布：{shifts} 个班次，替换原有 {replaced} 个班次，值班表第 {version} 版。',
  told: '已通知 {count} 人各自的变动。',
  changes: {
    added: '新增：{duty}',
    gone: '取消：{duty}',
    moved: '调整：{before} 改为 {duty}',
    role: '调整：{duty}（原为{role}）',
  },
  changedMore: '另有 {count} 处变动，回复“我的班”查看全部班次。',
  roles: { shiftLeader: '带班领导', onDuty: '主班', coDuty: '副班' },
  refusals: {
    office: '只有局联络组办公室可以排班和发布值班表。',
    dates: '没有读懂日期，请写明起止日期，例如“排班 9月1日到9月30日”。',
    past: '只能从明天起排班：已经开始的班次不能重排。',
    long: '一次最多排 100 天，请缩短日期。',
    noPost: '所写单位没有值班岗位。',
    moved: '草案之后值班表或人员已有变动，没有发布。请重新排班后再发布。',
    holes: '还有空缺，没有发布。',
    begun: '草案中的班次已经开始，没有发布。请重新排班。',
  },
  unknown: {
    person: '没有叫“{name}”的人员',
    people: '叫“{name}”的不止一人，请写手机号',
    post: '没有叫“{name}”的岗位或单位，或不止一个',
    unit: '没有叫“{name}”的单位，或不止一个',
  },
  buttons: { publish: '发布', discard: '放弃', again: '换一版' },
  weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  comma: '、',
  semicolon: '；',
};

const en: DraftTexts = {
  span: '{from} to {to}: {posts} posts, {shifts} shifts',
  whole: 'No gaps.',
  holes: '{count} gaps; it cannot be published before they are filled:',
  hole: '{date} {post} {role}: {because}',
  nobody: 'there is nobody to choose from',
  because: '{names} {obstacle}',
  obstacles: {
    away: 'away',
    already: 'on this shift already',
    elsewhere: 'on another post then',
    rest: 'too little rest',
    inRow: 'too many shifts in a row',
    notInTerm: 'not appointed then',
  },
  open: '{post}: {count} stretches of time lie outside all shifts; check the hours',
  unwanted: '{name} did not want {date}, but nobody else fits',
  shift: '{date} ({weekday}) {post}: {holders}',
  moreShifts: '{count} more shifts are not shown; name a unit to see each of them.',
  load: '{post}: {members}',
  member: '{name} {shifts} in all, {nights} nights, {weekends} weekends, {holidays} holidays',
  more: '{count} more not shown',
  publishHint: 'This is a draft: "Publish" makes it count and tells everybody for whom something changes.',
  gapHint: 'Add people or change the rules, then draft again.',
  rulesHint:
    'Say what else counts and it is drafted again: "rest 8 hours", "at most 3 days in a row", "Zhao Ming off 9/20", "Li Qiang away 9/6 to 9/12"; "clear rules" takes it back. Granted leave is kept free by itself.',
  waysOut: {
    rest: 'Too little rest: say "rest 8 hours" to draft again with less.',
    inRow: 'Too many in a row: say "at most 5 days in a row" to draft again with more.',
  },
  rules: {
    said: 'As asked: {rules}',
    rest: 'at least {hours} hours of rest between shifts',
    inRow: 'at most {days} days in a row',
    unwanted: '{name} not on {date}',
    wanted: '{name} wants {date}',
    away: '{name} away {from} to {to}',
    granted: 'On leave, kept free: {leaves}',
    leave: '{name} {from} to {to}',
  },
  unheard: 'Not understood and left out: {clauses}',
  unclear: {
    clause: '"{name}" is not clear: say who and when, such as "Zhao Ming off 9/20".',
    person: 'Nobody is called {name}; the draft is unchanged.',
    several: 'Several people are called {name}: write a mobile number; the draft is unchanged.',
    tooMany: 'Too much for one draft: 60 rules at most; it is unchanged.',
  },
  empty: 'nobody',
  published: 'Published: {shifts} shifts in place of {replaced}; version {version} of the roster.',
  told: '{count} people were told what changes for them.',
  changes: { added: 'New: {duty}', gone: 'Gone: {duty}', moved: 'Changed: {before} is now {duty}', role: 'Changed: {duty} (was {role})' },
  changedMore: '{count} more changes; "my shifts" shows all.',
  roles: { shiftLeader: 'shift leader', onDuty: 'on duty', coDuty: 'second officer' },
  refusals: {
    office: 'Only the office of the liaison group drafts and publishes rosters.',
    dates: 'The dates are not clear: write from when to when, such as "draft roster 9/1 to 9/30".',
    past: 'A draft begins tomorrow at the earliest: shifts that have begun stay as they are.',
    long: 'At most 100 days at once.',
    noPost: 'That unit has no post.',
    moved: 'Roster or people have changed since this draft; nothing was published. Draft again.',
    holes: 'There are gaps; nothing was published.',
    begun: 'Shifts of this draft have begun already; nothing was published. Draft again.',
  },
  unknown: {
    person: 'nobody is called {name}',
    people: 'several people are called {name}: write a mobile number',
    post: 'no post and no unit is called {name}, or several are',
    unit: 'no unit is called {name}, or several are',
  },
  buttons: { publish: 'Publish', discard: 'Discard', again: 'Another one' },
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  comma: ', ',
  semicolon: '; ',
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const draftTextsFor = (locale: unknown): DraftTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? en : zh;
