/** The words of the page about who is signed in. */
const zh = {
  account: '{name}，{roles}：账号',
  signOut: '退出登录',
  signOutEverywhere: '在所有设备上退出',
  idle: '页面关闭{time}后自动退出',
  endsAt: '最迟 {at} 退出',
  devices: '已在 {count} 台设备登录',
  hours: '{n}小时',
  minutes: '{n}分钟',
  roles: {
    office: '局联络组办公室',
    groupLeader: '组长',
    auditor: '审计',
    principal: '主要负责人',
    liaison: '联络人',
    officer: '值班员',
  } as { readonly [role: string]: string },
  comma: '、',
  demo: '演示：未登录',
  demoHint: '演示对本机开放，可以扮演任何人；在对话里发送“看板”可以试登录，看某个人能看到什么。',
  title: '请登录值守大屏',
  ended: '刚才的登录已经结束，大屏不再更新。',
  steps: ['在值守机器人里发送“看板”。', '点开收到的链接，按“进入值守大屏”。链接5分钟内有效，只能用一次。'],
  openId: '用单位账号登录',
  waiting: '登录后，本页会自动打开。',
  help: '收不到链接？请联系局联络组办公室。',
  ownChat: '与值守机器人的对话',
  noChat: '审计人员只看不办，不能从这里发言。',
};

export type PageSessionTexts = typeof zh;

const en: PageSessionTexts = {
  account: '{name}, {roles}: account',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out on all devices',
  idle: 'Ends {time} after the page is closed',
  endsAt: 'Ends {at} at the latest',
  devices: 'Signed in on {count} devices',
  hours: '{n} h',
  minutes: '{n} min',
  roles: {
    office: 'Office',
    groupLeader: 'Group leader',
    auditor: 'Auditor',
    principal: 'Head of unit',
    liaison: 'Liaison',
    officer: 'Duty officer',
  },
  comma: ', ',
  demo: 'Demo: not signed in',
  demoHint:
    'A demo is open to this machine, and you may be anybody; write "dashboard" in a chat to try signing in and see what that person sees.',
  title: 'Please sign in to the control room',
  ended: 'You are signed in no longer, and the wall has stopped.',
  steps: [
    'Write "dashboard" to the duty bot.',
    'Open the link that it gives, and press "Open the control room". It is valid for five minutes, once.',
  ],
  openId: 'Sign in with your account',
  waiting: 'This page opens by itself once you are signed in.',
  help: 'No link? Ask the office.',
  ownChat: 'Your conversation with the duty bot',
  noChat: 'Auditors look and do not act, so nothing can be said from here.',
};

export const pageSessionTexts: { readonly [language in 'zh-CN' | 'en']: PageSessionTexts } = { 'zh-CN': zh, en };
