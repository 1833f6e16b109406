import { getOpen, openPath } from '../data/api.ts';
import { useFetched } from '../data/use-fetched.ts';
import type { Obligation, Page } from '../data/types.ts';
import { ObligationList } from '../detail/obligation-list.tsx';
import { put } from '../logic/put.ts';
import { useWords } from './words.tsx';

/** Real ms: there may be thousands. */
const openEveryMs = 2_000;

/** Everything that is open and climbs, by its step, the highest first: what has least time left stands on top. */
export const OpenList = () => {
  const { texts } = useWords();
  const found = useFetched<Page<Obligation>>(openPath, openEveryMs, '', getOpen);
  if (found === null) return <p class="nothing">{texts.detailLoading}</p>;
  if (found === 'missing') return <p class="nothing">{texts.refused}</p>;
  const byStep = Map.groupBy(found.items, ({ stepNo }) => stepNo);
  const steps = [...byStep.keys()].toSorted((a, b) => b - a);
  if (steps.length === 0) return <p class="nothing">{texts.openNone}</p>;
  return (
    <>
      {steps.map((step) => {
        const list = (byStep.get(step) ?? []).toSorted((a, b) => ((a.nextAt ?? '~') < (b.nextAt ?? '~') ? -1 : 1));
        return (
          <section key={step} aria-label={put(texts.stepTitle, { step })}>
            <h2 class="section-title">
              {step > 0 ? put(texts.stepTitle, { step }) : texts.stepNone}
              <span class="section-count">{list.length}</span>
            </h2>
            <ObligationList list={list} isNamed />
          </section>
        );
      })}
    </>
  );
};
