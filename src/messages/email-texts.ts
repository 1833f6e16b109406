/** What a mail says beside the message itself. */
const zh = {
  answerHere: '在这里应答：',
  answer: '应答',
  footer: '本邮件由值守系统自动发出，回信无人查看。请通过上面的链接或值守群、值守网页应答。',
  gone: '这个链接无效',
  goneHint: '链接可能没有复制完整，或已作废。请在您绑定的即时通讯账号或值守网页中应答。',
  over: '这件事已经办结，不需要再应答',
  overHint: '如果您现在有情况要报，请在值守对话里说明，或致电局联络组办公室。',
  footerAlone: '本邮件由值守系统自动发出，回信无人查看。请在您绑定的即时通讯账号或值守网页中应答。',
};

const en: typeof zh = {
  answerHere: 'Answer here:',
  answer: 'Answer',
  footer: 'Sent by the duty system; nobody reads replies to this mail. Use the link above, your chat or the duty page to answer.',
  gone: 'This link opens nothing',
  goneHint: 'It may have been cut short. Answer in the chat that is bound to you or on the duty page.',
  over: 'This is over: nobody has to answer it any more',
  overHint: 'If there is something to report now, say it in the duty chat or call the office of the liaison group.',
  footerAlone: 'Sent by the duty system; nobody reads replies to this mail. Answer in the chat that is bound to you or on the duty page.',
};

/** In the language of the message that it stands beneath. */
export const emailTextsFor = (message: string): typeof zh => (/\p{Script=Han}/u.test(message) ? zh : en);
