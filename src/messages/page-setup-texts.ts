/** The words of the page's room for setting up: the frame; each section has words of its own beside it. */
const zh = {
  title: '设置',
  sections: { start: '上线准备', campaign: '保障期', import: '导入名单', policies: '通知策略', channels: '通道' },
  nav: '设置的各部分',
  refused: '设置只对局联络组办公室和审计人员开放。',
  readOnly: '您是审计人员，可以查看全部设置；修改、导入和发送由办公室办理。',
  backToWall: '回到值守墙',
  loading: '正在读取',
  lost: '没有连上，请稍后再试。',
  again: '重试',
};

export type PageSetupTexts = typeof zh;

const en: PageSetupTexts = {
  title: 'Setting up',
  sections: { start: 'Getting ready', campaign: 'Campaign', import: 'Import', policies: 'Policies', channels: 'Channels' },
  nav: 'Parts of setting up',
  refused: 'Setting up is for the office and for auditors.',
  readOnly: 'As an auditor you read all of it; changing, importing and sending is for the office.',
  backToWall: 'Back to the wall',
  loading: 'Reading',
  lost: 'No connection; please try again in a moment.',
  again: 'Try again',
};

export const pageSetupTexts: { readonly [language in 'zh-CN' | 'en']: PageSetupTexts } = { 'zh-CN': zh, en };
