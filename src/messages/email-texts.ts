/** What a mail says beside the message itself. */
const zh = {
  answerHere: '在这里应答：',
  answer: '应答',
  footer: '本邮件由值守系统自动发出，回信无人查看。请通过上面的链接或值守群、值守网页应答。',
  footerAlone: '本邮件由值守系统自动发出，回信无人查看。请在您绑定的即时通讯账号或值守网页中应答。',
};

const en: typeof zh = {
  answerHere: 'Answer here:',
  answer: 'Answer',
  footer: 'Sent by the duty system; nobody reads replies to this mail. Use the link above, your chat or the duty page to answer.',
  footerAlone: 'Sent by the duty system; nobody reads replies to this mail. Answer in the chat that is bound to you or on the duty page.',
};

/** In the language of the message that it stands beneath. */
export const emailTextsFor = (message: string): typeof zh => (/\p{Script=Han}/u.test(message) ? zh : en);
