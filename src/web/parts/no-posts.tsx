import { pageEmptyTexts } from '../../messages/page-empty-texts.ts';
import { useMay } from '../data/session.ts';
import { useWords } from './words.tsx';

/** A wall without posts must not look like one on which all is well. */
export const NoPosts = () => {
  const { texts } = useWords();
  const words = pageEmptyTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const maySetUp = useMay('setUp');
  return (
    <div class="nothing">
      <h2>{words.title}</h2>
      <p>{words.todo}</p>
      {maySetUp && (
        <a class="act" href="#/setup/import">
          {words.link}
        </a>
      )}
    </div>
  );
};
