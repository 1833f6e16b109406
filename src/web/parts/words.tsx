import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { languageAskedFor } from '../../messages/page-language.ts';
import { type PageLanguage, type PageTexts, pageTexts } from '../../messages/page-texts.ts';
import { recall, remember } from '../data/remember.ts';

type Words = { readonly texts: PageTexts; readonly switchLanguage: () => void };

const WordsContext = createContext<Words>({ texts: pageTexts['zh-CN'], switchLanguage: () => undefined });

export const useWords = (): Words => useContext(WordsContext);

/** What was chosen here before, else what the browser asks for: known before anything is drawn. */
const firstLanguage = (): PageLanguage => {
  const chosen = recall('language');
  return chosen === 'en' || chosen === 'zh-CN' ? chosen : languageAskedFor(navigator.languages);
};

export const WordsProvider = ({ children }: { readonly children: ComponentChildren }) => {
  const [language, setLanguage] = useState(firstLanguage);
  const texts = pageTexts[language];
  useEffect(() => {
    document.documentElement.lang = texts.htmlLang;
  }, [texts]);
  const switchLanguage = (): void => {
    const other = language === 'en' ? 'zh-CN' : 'en';
    remember('language', other);
    setLanguage(other);
  };
  return <WordsContext.Provider value={{ texts, switchLanguage }}>{children}</WordsContext.Provider>;
};
