/** What the office reads about accounts that are bound to people, and about trying channels. `{name}` is filled in. */
export type AccountTexts = {
  readonly headings: {
    readonly [what in 'code' | 'bind' | 'bound' | 'revoke' | 'revoked' | 'list' | 'test' | 'refused' | 'which' | 'tested']: string;
  };
  readonly codeLines: readonly string[];
  readonly codeSent: string;
  readonly bindLine: string;
  readonly formerOwner: string;
  readonly formerAccount: string;
  readonly bound: string;
  readonly alreadyBound: string;
  readonly speakFirst: string;
  readonly revokeLine: string;
  readonly revoked: string;
  readonly confirm: string;
  readonly person: string;
  readonly byChannel: string;
  readonly ofPerson: string;
  readonly noneOfPerson: string;
  readonly byOther: string;
  readonly unbound: string;
  readonly more: string;
  readonly allBound: string;
  readonly whichHint: string;
  readonly testing: string;
  readonly testResults: { readonly [result in 'sent' | 'delivered' | 'transient' | 'permanent']: string };
  readonly testAgain: string;
  readonly comma: string;
  readonly buttons: { readonly [button in 'bind' | 'revoke' | 'cancel' | 'code' | 'list' | 'test']: string };
  readonly ways: { readonly [way in 'directory' | 'code' | 'office']: string };
  readonly refusals: {
    readonly [
      why in
        | 'office'
        | 'noPerson'
        | 'unknownPerson'
        | 'noChannel'
        | 'notInUse'
        | 'noAccounts'
        | 'noAccount'
        | 'notBound'
        | 'tooMany'
        | 'moved'
        | 'noAccountsInUse'
        | 'disabled'
    ]: string;
  };
};

const zh: AccountTexts = {
  headings: {
    code: '绑定码 {code}',
    bind: '请确认绑定',
    bound: '已绑定',
    revoke: '请确认解绑',
    revoked: '已解绑',
    list: '账号绑定情况',
    test: '正在测试{channel}',
    tested: '通道测试：{channel}',
    refused: '没有办成',
    which: '是哪一位？',
  },
  codeLines: [
    '给 {person}，10分钟内有效，只能用一次。请核对本人后，当面或电话告诉对方：',
    '用要绑定的账号，给值守机器人发“{mobile} {code}”。',
  ],
  codeSent: '同样的绑定码已用短信发到登记的手机。',
  bindLine: '{channel}账号 {account} → {person}',
  formerOwner: '这个账号现在绑定的是 {person}，确认后改为上面的人。',
  formerAccount: '此人在{channel}原来绑定的账号将同时作废。',
  bound: '{channel}账号 {account} 已绑定 {person}，已记入台账。',
  alreadyBound: '本来就是这样绑定的，没有变化。',
  speakFirst: 'Teams 要等对方先给机器人发一句话，之后才能主动通知到。',
  revokeLine: '{person} 的{channel}账号 {account} 解绑后，从这里说的话不再有效，通知也不再发到这里。',
  revoked: '{person} 的{channel}账号已解绑，已记入台账。',
  confirm: '点按钮，或回复“是”确认。',
  person: '{name}（{unit} {phone}）',
  byChannel: '{channel}：已绑定 {bound} 人，共 {people} 人',
  ofPerson: '{channel}：{account}（{way}，{date}）',
  noneOfPerson: '{channel}：未绑定',
  byOther: '另可通过：{channels}',
  unbound: '以下 {count} 人一个账号都没有绑定：{names}',
  more: '等',
  allBound: '每个人都至少绑定了一个账号。',
  whichHint: '同名的不止一位，请选择。',
  testing: '已给 {person} 发出一条测试消息，结果马上告诉您。',
  testResults: {
    sent: '{person}：平台已收下。该平台不报告是否送达本人。',
    delivered: '{person}：已送达本人。',
    transient: '{person}：暂时没有发出（{code}）。请检查该通道的网络和设置。',
    permanent: '{person}：没有发出（{code}），重试也不会成功。',
  },
  testAgain: '本次测试已记入台账。',
  comma: '、',
  buttons: { bind: '确认绑定', revoke: '确认解绑', cancel: '取消', code: '发绑定码', list: '绑定情况', test: '再测一次' },
  ways: { directory: '平台通讯录', code: '验证码', office: '办公室' },
  refusals: {
    office: '只有局联络组办公室可以管理账号和测试通道。',
    noPerson: '请写明是谁，例如“绑定码 赵明”“绑定 赵明 企业微信 zhaoming”。',
    unknownPerson: '通讯录里没有 {name}。',
    noChannel: '请写明是哪个通道：{channels}。',
    notInUse: '没有启用{channel}。已启用：{channels}。',
    noAccounts: '{channel}不用绑定账号：它按登记的手机号或邮箱找人。',
    noAccount: '请写明账号，例如“绑定 {person} {channel} zhaoming”。也可以发“绑定码 {person}”，由本人绑定。',
    notBound: '{person} 没有绑定{channel}账号。',
    tooMany: '一小时内给 {person} 的绑定码太多了，请稍后再试。',
    moved: '情况已变，请重新发一次。',
    noAccountsInUse: '没有启用需要绑定账号的通道。',
    disabled: '{person} 已停用，不能绑定。',
  },
};

const en: AccountTexts = {
  headings: {
    code: 'Binding code {code}',
    bind: 'Please confirm the binding',
    bound: 'Bound',
    revoke: 'Please confirm the unbinding',
    revoked: 'Unbound',
    list: 'Bound accounts',
    test: 'Trying {channel}',
    tested: 'Test of {channel}',
    refused: 'Nothing was done',
    which: 'Who is meant?',
  },
  codeLines: [
    'For {person}, good for 10 minutes and one use. Make sure who they are, then tell them in person or on the phone:',
    'send “{mobile} {code}” to the duty bot from the account that is to be bound.',
  ],
  codeSent: 'The same code went to the phone on file by text message.',
  bindLine: '{channel} account {account} → {person}',
  formerOwner: 'This account is bound to {person} now; it moves to the person above.',
  formerAccount: 'The account that they had on {channel} so far will be void.',
  bound: '{channel} account {account} is bound to {person}; it is in the ledger.',
  alreadyBound: 'It was bound like that already; nothing has changed.',
  speakFirst: 'In Teams they have to write to the bot once before it can speak to them of its own accord.',
  revokeLine: 'Once the {channel} account {account} of {person} is unbound, nothing said from it counts, and no notice goes there.',
  revoked: 'The {channel} account of {person} is unbound; it is in the ledger.',
  confirm: 'Press the button, or reply "yes".',
  person: '{name} ({unit} {phone})',
  byChannel: '{channel}: {bound} of {people} people',
  ofPerson: '{channel}: {account} ({way}, {date})',
  noneOfPerson: '{channel}: none',
  byOther: 'Also reached through: {channels}',
  unbound: '{count} people have no account bound at all: {names}',
  more: ' …',
  allBound: 'Everybody has at least one account bound.',
  whichHint: 'Several people have this name: choose one.',
  testing: 'A test message is on its way to {person}; what comes back follows at once.',
  testResults: {
    sent: '{person}: the platform has taken it. It does not report whether it reached them.',
    delivered: '{person}: it has reached them.',
    transient: '{person}: it did not go out for now ({code}). Look at the network and the settings of this channel.',
    permanent: '{person}: it did not go out ({code}), and trying again will not help.',
  },
  testAgain: 'This test is in the ledger.',
  comma: ', ',
  buttons: { bind: 'Bind', revoke: 'Unbind', cancel: 'Cancel', code: 'Binding code', list: 'Bound accounts', test: 'Try again' },
  ways: { directory: 'directory', code: 'code', office: 'office' },
  refusals: {
    office: 'Only the office of the liaison group looks after accounts and tries channels.',
    noPerson: 'Say who is meant, as in "binding code Ann Lee" or "bind Ann Lee wecom annlee".',
    unknownPerson: '{name} is not in the contact list.',
    noChannel: 'Say which channel: {channels}.',
    notInUse: '{channel} is not in use. In use: {channels}.',
    noAccounts: '{channel} needs no account: it finds people by the number or address on file.',
    noAccount: 'Say which account, as in "bind {person} {channel} annlee"; or "binding code {person}", and they bind it themselves.',
    notBound: '{person} has no account bound on {channel}.',
    tooMany: 'Too many codes for {person} within the hour. Try again later.',
    moved: 'Things have changed since. Please say it once more.',
    noAccountsInUse: 'No channel is in use that accounts have to be bound for.',
    disabled: '{person} is disabled and cannot be bound.',
  },
};

/** By a BCP 47 tag; Chinese where it says nothing else. */
export const accountTextsFor = (locale: unknown): AccountTexts =>
  typeof locale === 'string' && locale.toLowerCase().startsWith('en') ? en : zh;
