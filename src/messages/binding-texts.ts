/** What an account hears that belongs to nobody yet: how to come in, and nothing about anybody. */
const zh = {
  unbound:
    '此账号尚未与值守人员绑定，刚才的操作没有生效。请联系局联络组办公室，由办公室核对本人后绑定此账号；在此之前请在值守网页的对话里应答。',
};

const en: typeof zh = {
  unbound:
    'This account is not bound to anybody on duty yet: what you pressed had no effect. Ask the office of the liaison group to check who you are and bind it; until then answer in the conversation on the duty page.',
};

/** By language tag; Chinese where it names neither. */
export const bindingTextsOf = (language: string): typeof zh => (/^en\b/iu.test(language) ? en : zh);
