import type { PageLanguage } from './page-texts.ts';

/** What the wall says before there is anything to watch. */
export const pageEmptyTexts: {
  readonly [language in PageLanguage]: { readonly title: string; readonly todo: string; readonly link: string };
} = {
  'zh-CN': {
    title: '还没有任何岗位，现在不会查岗',
    todo: '由办公室在“设置”页先导入通讯录，再导入值班表；导入后本屏自动显示岗位并开始查岗。',
    link: '去导入',
  },
  en: {
    title: 'No post is known yet, and nobody is asked',
    todo: 'The office imports the contact list under set-up, then the roster: posts appear here by themselves, and checks begin.',
    link: 'Import',
  },
};
