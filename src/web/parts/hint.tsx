import { usePage } from '../data/store.ts';
import { hintStepsOf } from '../logic/hint-steps.ts';
import { useWords } from './words.tsx';

export const Hint = ({ onClose }: { readonly onClose: () => void }) => {
  const { texts } = useWords();
  const wall = usePage('wall');
  return (
    <aside class="hint" aria-label={texts.hintTitle}>
      <h2>{texts.hintTitle}</h2>
      <ol>
        {hintStepsOf(wall, texts).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <button type="button" class="quiet-button" onClick={onClose}>
        {texts.hintClose}
      </button>
    </aside>
  );
};
