import type { PageLanguage } from './page-texts.ts';

/** The one that comes first of what a browser asks for, in its order; Chinese where it asks for neither. */
export const languageAskedFor = (tags: readonly string[]): PageLanguage => {
  const primary = tags.map((tag) => tag.trim().toLowerCase().split(/[-;]/u)[0]);
  return primary.find((one) => one === 'zh' || one === 'en') === 'en' ? 'en' : 'zh-CN';
};
