/** What is said of the inputs of a card: beside one that is missing, and to readers who see no card. */
export type InputTexts = {
  /** Beside a required input that is empty. */
  readonly missing: string;
  readonly lead: string;
  /** Between the names of buttons. */
  readonly or: string;
  readonly line: string;
  readonly optional: string;
  readonly forms: { readonly [type in 'text' | 'date' | 'time' | 'choice']: string };
  readonly between: string;
};

export const inputTexts: { readonly [language in 'zh-CN' | 'en']: InputTexts } = {
  'zh-CN': {
    missing: '请填写“{label}”',
    lead: '看不到卡片时，请回复“{buttons}”并写明：',
    or: '”或“',
    line: '· {label}：{form}',
    optional: '，可不写',
    forms: { text: '文字', date: '日期，如 2021-08-30', time: '时间，如 15:00', choice: '选一项，{choices}' },
    between: '、',
  },
  en: {
    missing: 'Please fill in “{label}”',
    lead: 'Without the card, reply “{buttons}” and say:',
    or: '” or “',
    line: '· {label}: {form}',
    optional: ', may be left out',
    forms: { text: 'text', date: 'a date such as 2021-08-30', time: 'a time such as 15:00', choice: 'one of {choices}' },
    between: ', ',
  },
};
