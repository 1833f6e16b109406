/** The words of signing in: in the chat, and on the pages that a link opens. */
export type SignInTexts = {
  readonly htmlLang: string;
  readonly heading: string;
  readonly link: string;
  readonly hint: string;
  readonly page: string;
  /** By how it stands with a link, a title and what to do. */
  readonly states: {
    readonly [state in SignInPage]: { readonly title: string; readonly lines: readonly string[]; readonly button?: string };
  };
};

export type SignInPage =
  | 'ready'
  | 'used'
  | 'expired'
  | 'unknown'
  | 'noRole'
  | 'otherPerson'
  | 'crossSite'
  | 'tooOften'
  | 'openIdFailed'
  | 'openIdUnknown';

const zh: SignInTexts = {
  htmlLang: 'zh-CN',
  heading: '值守大屏',
  link: '进入：{url}',
  hint: '5分钟内有效，只能使用一次，只对您本人有效，请勿转发。',
  page: '打开值守大屏',
  states: {
    ready: { title: '{name}，您好', lines: ['点击下面的按钮进入值守大屏。链接只能使用一次。'], button: '进入值守大屏' },
    used: {
      title: '这个链接已经用过了',
      lines: [
        '每个链接只能使用一次。',
        '请在值守机器人里重新发送“看板”，会收到新的链接。',
        '如果不是您本人打开的，请告诉局联络组办公室：链接可能被转发过。在新打开的页面里可以点“在所有设备上退出”。',
      ],
    },
    expired: { title: '这个链接已经过期', lines: ['链接只在5分钟内有效。', '请在值守机器人里重新发送“看板”，会收到新的链接。'] },
    unknown: { title: '这个链接打不开', lines: ['可能没有复制完整。', '请在值守机器人里重新发送“看板”，直接点开收到的链接。'] },
    noRole: {
      title: '目前没有可以给您看的内容',
      lines: ['您在联系人名单和值班表里都没有角色，或者已被停用。', '如果不对，请联系局联络组办公室核对名单。'],
    },
    otherPerson: {
      title: '这个链接是给另一位同志的',
      lines: [
        '这台设备上已经登录了别人，链接没有被使用。',
        '要看自己的内容，请打开值守大屏，或在值守机器人里发送“看板”。',
        '如果链接是给您的，请先在值守大屏右上角退出登录，再打开它。',
      ],
    },
    crossSite: { title: '请在本页面上操作', lines: ['这个请求来自别的网站，没有生效。', '请重新打开值守机器人给您的链接。'] },
    tooOften: { title: '打开得太频繁了', lines: ['请过一分钟再试。'] },
    openIdFailed: {
      title: '单位账号登录没有完成',
      lines: ['统一登录没有给出结果，或者等待太久。', '请重新登录，或在值守机器人里发送“看板”，用收到的链接进入。'],
    },
    openIdUnknown: {
      title: '名单里找不到这个账号',
      lines: ['统一登录给出的手机号或工号不在联系人名单里，或者目前没有角色。', '请联系局联络组办公室核对名单。'],
    },
  },
};

const en: SignInTexts = {
  htmlLang: 'en',
  heading: 'Control room',
  link: 'Open: {url}',
  hint: 'Valid for five minutes, once, and for you alone; do not pass it on.',
  page: 'Open the control room',
  states: {
    ready: {
      title: 'Hello, {name}',
      lines: ['Press the button to open the control room. The link works once.'],
      button: 'Open the control room',
    },
    used: {
      title: 'This link has been used',
      lines: [
        'Each link works once.',
        'Write "dashboard" to the duty bot again, and you get a new one.',
        'If it was not you who opened it, tell the office: it may have been passed on. On the page you can choose "Sign out on all devices".',
      ],
    },
    expired: {
      title: 'This link has expired',
      lines: ['A link is valid for five minutes.', 'Write "dashboard" to the duty bot again, and you get a new one.'],
    },
    unknown: {
      title: 'This link opens nothing',
      lines: ['It may not have been copied whole.', 'Write "dashboard" to the duty bot again, and open the link as it comes.'],
    },
    noRole: {
      title: 'There is nothing to show you at present',
      lines: [
        'You have no role in the contact list or the roster, or you were disabled.',
        'If that is wrong, ask the office to check the lists.',
      ],
    },
    otherPerson: {
      title: 'This link was given to somebody else',
      lines: [
        'Another person is signed in on this device; the link was not used.',
        'For what is yours, open the control room, or write "dashboard" to the duty bot.',
        'If the link is yours, sign out at the top of the control room first, then open it.',
      ],
    },
    crossSite: {
      title: 'Please act on this page itself',
      lines: ['The request came from another site and had no effect.', 'Open the link of the duty bot again.'],
    },
    tooOften: { title: 'Opened too often', lines: ['Please try again in a minute.'] },
    openIdFailed: {
      title: 'Signing in with your account did not finish',
      lines: [
        'The sign-in service gave no result, or it took too long.',
        'Sign in again, or write "dashboard" to the duty bot and open its link.',
      ],
    },
    openIdUnknown: {
      title: 'This account is not on the list',
      lines: [
        'Its phone number or staff number is not on the contact list, or has no role at present.',
        'Ask the office to check the lists.',
      ],
    },
  },
};

export const signInTextsFor = (locale: string | undefined): SignInTexts => (locale?.startsWith('en') ? en : zh);
