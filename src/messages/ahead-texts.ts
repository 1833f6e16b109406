/** The words of what is said ahead of shifts. `{name}` is filled in. */
export type AheadTexts = {
  readonly testTitle: string;
  readonly testLines: readonly string[];
  readonly testButton: string;
  readonly silentTitle: string;
  readonly silentLine: string;
  readonly overAnswered: string;
  readonly overWithdrawn: string;
  readonly reached: string;
  readonly remind: string;
  readonly remindMore: string;
  readonly unreachable: string;
  readonly unreachableMore: string;
  readonly unreachableHint: string;
  readonly known: { readonly [known in 'paused' | 'notDelivered' | 'silent']: string };
  readonly called: string;
  readonly replace: string;
  readonly calledRecorded: string;
  readonly comma: string;
};

const zh: AheadTexts = {
  testTitle: '{from} 起您值班，这是联通测试',
  testLines: ['{duty}', '请点“收到”或回复“收到”，最迟 {by}。回复任何消息都算联系上。'],
  testButton: '收到',
  silentTitle: '本单位有人未应答首班联通测试',
  silentLine: '{person}（{mobile}）{duty}，尚未应答。请提醒本人。',
  overAnswered: '{person}已应答。',
  overWithdrawn: '已不需要应答。',
  reached: '{from} 起您值班，届时见。',
  remind: '{duty}',
  remindMore: '另有 {count} 班，回复“我的班”查看。',
  unreachable: '{person} {mobile}：{duty}，{known}',
  unreachableMore: '另有 {count} 人未列出。',
  unreachableHint: '请打电话联系；联系上了点“已联系上”，联系不上点“换人”。',
  known: { paused: '已停止全部通知', notDelivered: '消息未送达', silent: '已送达，未回复' },
  called: '已联系上 {person}',
  replace: '换人 {person}',
  calledRecorded: '已记录：{person}电话联系上。',
  comma: '；',
};

const en: AheadTexts = {
  testTitle: 'You are on duty from {from}: this is a reach test',
  testLines: ['{duty}', 'Press "Received" or reply by {by} at the latest. Any message counts.'],
  testButton: 'Received',
  silentTitle: 'Somebody of your unit has not answered the test ahead of their first shift',
  silentLine: '{person} ({mobile}) {duty}: no answer yet. Please remind them.',
  overAnswered: '{person} has answered.',
  overWithdrawn: 'No answer is needed any more.',
  reached: 'You are on duty from {from}.',
  remind: '{duty}',
  remindMore: '{count} more; "my shifts" shows all.',
  unreachable: '{person} {mobile}: {duty}, {known}',
  unreachableMore: '{count} more not shown.',
  unreachableHint: 'Ring them; then press "Reached", or "Replace".',
  known: { paused: 'has stopped all channels', notDelivered: 'nothing was delivered', silent: 'delivered, no answer' },
  called: 'Reached {person}',
  replace: 'Replace {person}',
  calledRecorded: 'Recorded: {person} was reached by phone.',
  comma: '; ',
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const aheadTextsFor = (locale: unknown): AheadTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? en : zh;
