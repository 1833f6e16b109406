import { pageSetupTexts } from '../../messages/page-setup-texts.ts';
import { type Asked, useLanguage } from './ask.ts';

/** In place of what is still being read, or was not to be had. */
export const NotThere = ({ answer, again }: { readonly answer: Asked<unknown> | null; readonly again: () => void }) => {
  const words = pageSetupTexts[useLanguage()];
  if (answer === null) return <p role="status">{words.loading}</p>;
  if (answer.ok) return null;
  return (
    <p class="setup-fault" role="alert">
      {answer.why === 'lost' ? words.lost : answer.detail}{' '}
      <button type="button" class="quiet-button" onClick={again}>
        {words.again}
      </button>
    </p>
  );
};
