import { pageTextsEn } from './page-texts-en.ts';
import { pageTextsZh } from './page-texts-zh.ts';

/** The words of the local page. `{name}` is filled in. Both languages have every key: the type holds them to it. */
export type PageTexts = typeof pageTextsZh;

export type PageLanguage = 'zh-CN' | 'en';

export const pageTexts: { readonly [language in PageLanguage]: PageTexts } = { 'zh-CN': pageTextsZh, en: pageTextsEn };
