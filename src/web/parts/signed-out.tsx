import { useState } from 'preact/hooks';
import { pageSessionTexts } from '../../messages/page-session-texts.ts';
import { wasEnded } from '../data/session.ts';
import { useWords } from './words.tsx';

/** How to come in, for whoever has not. */
export const SignedOut = ({ hasOpenId }: { readonly hasOpenId: boolean }) => {
  const { texts, switchLanguage } = useWords();
  const [isEnded] = useState(wasEnded);
  const words = pageSessionTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  return (
    <main class="signed-out">
      <div class="signed-out-sheet">
        <p class="signed-out-brand">
          {texts.product} · {texts.tagline}
        </p>
        {isEnded && (
          <p class="signed-out-note" role="status">
            {words.ended}
          </p>
        )}
        <h1>{words.title}</h1>
        <ol>
          {words.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {hasOpenId && (
          <a class="act signed-out-act" href="sign-in/openid">
            {words.openId}
          </a>
        )}
        <p class="signed-out-note" role="status">
          {words.waiting}
        </p>
        <p class="signed-out-note">{words.help}</p>
        <button type="button" class="quiet-button" lang={texts.htmlLang === 'en' ? 'zh-CN' : 'en'} onClick={switchLanguage}>
          {texts.otherLanguage}
        </button>
      </div>
    </main>
  );
};
