import type { Late } from '../data/use-late.ts';
import { useWords } from './words.tsx';

/** What stands where a part of the page is still to come, or could not be fetched. */
export const PartAway = ({ isAway }: Pick<Late<unknown>, 'isAway'>) => {
  const { texts } = useWords();
  return (
    <p class="nothing" role="status">
      {isAway ? (
        <>
          {texts.partAway}{' '}
          <button type="button" class="quiet-button" onClick={() => location.reload()}>
            {texts.reload}
          </button>
        </>
      ) : (
        texts.detailLoading
      )}
    </p>
  );
};
