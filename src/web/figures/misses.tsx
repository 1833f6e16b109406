import { useEffect, useRef } from 'preact/hooks';
import { figureTexts } from '../../messages/figure-texts.ts';
import { pageMissesTexts, type PageMissesTexts } from '../../messages/page-misses-texts.ts';
import { useMay } from '../data/session.ts';
import { usePage } from '../data/store.ts';
import { useFetched } from '../data/use-fetched.ts';
import { momentOf } from '../detail/facts.tsx';
import { put } from '../logic/put.ts';
import { figuresHref, hrefOf } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';
import type { Miss, Misses as Found } from './types.ts';

/** Behind a figure, and moving as seldom; real ms. */
const lookEveryMs = 10_000;

type MissesProps = {
  readonly unitId: string;
  /** Local days, both included; undefined until it is known which are shown. */
  readonly days: { readonly from: string; readonly to: string } | undefined;
};

/** What one unit's share rests on: each check that counts against it, with the way to look at it and to appeal. */
export const Misses = ({ unitId, days }: MissesProps) => {
  const { texts } = useWords();
  const words = pageMissesTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const path = days && `api/figures/misses?${new URLSearchParams({ unit: unitId, ...days }).toString()}`;
  const found = useFetched<Found>(path ?? null, lookEveryMs);
  const heading = useRef<HTMLHeadingElement>(null);
  // whoever walks by keyboard, or listens, is led to what they asked for
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'start' });
  }, [unitId]);
  const shown = found === null || found === 'missing' ? null : found;
  return (
    <section class="figure misses" aria-labelledby="misses">
      <header class="figure-head">
        <h3 id="misses" tabIndex={-1} ref={heading}>
          {put(words.title, { unit: shown?.unit ?? '' })}
        </h3>
        <div class="figure-buttons">
          {shown?.unitId.startsWith('u') && (
            <a class="quiet-button" href={hrefOf({ kind: 'unit', id: unitId })}>
              {words.unit}
            </a>
          )}
          <a class="quiet-button" href={figuresHref}>
            {words.back}
          </a>
        </div>
      </header>
      {found === null && <p role="status">{words.loading}</p>}
      {found === 'missing' && <p role="alert">{words.lost}</p>}
      {shown && days && <p class="figure-note">{put(words.lead, days)}</p>}
      {shown?.items.length === 0 && <p class="nothing">{words.none}</p>}
      {shown && shown.items.length > 0 && <MissesTable items={shown.items} words={words} />}
      {shown?.isCut && <p class="figure-note">{put(words.cut, { count: shown.items.length })}</p>}
    </section>
  );
};

const MissesTable = ({ items, words }: { readonly items: readonly Miss[]; readonly words: PageMissesTexts }) => {
  const { texts } = useWords();
  const { categories } = figureTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const { columns } = words;
  return (
    // focusable, for it scrolls: a keyboard must be able to
    <div class="figure-table" tabIndex={0} role="region" aria-label={words.table}>
      <table>
        <thead>
          <tr>
            {(['at', 'post', 'category', 'delivery', 'appeal'] as const).map((column) => (
              <th scope="col" key={column}>
                {columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((miss) => (
            <tr key={miss.obligationId}>
              <td class="is-number">
                <a
                  href={hrefOf({ kind: 'obligation', id: miss.obligationId })}
                  aria-label={put(words.look, { post: miss.subjectName, at: momentOf(miss.openedAt) })}
                >
                  {momentOf(miss.openedAt)}
                </a>
              </td>
              <td>{miss.subjectName}</td>
              <td>{categories[miss.category]}</td>
              <td>{miss.isDelivered ? words.delivered : words.undelivered}</td>
              <td>
                <WayToAppeal miss={miss} words={words} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const WayToAppeal = ({ miss, words }: { readonly miss: Miss; readonly words: PageMissesTexts }) => {
  const mayAppeal = useMay('appeal');
  const at = usePage('wall')?.at ?? '';
  const { appeal, appealUntil, obligationId, subjectName, openedAt } = miss;
  const href = hrefOf({ kind: 'obligation', id: obligationId });
  const isOpen = at !== '' && Date.parse(at) < Date.parse(appealUntil);
  const state = appeal === null ? '' : (words.statuses[appeal] ?? appeal);
  // what was taken back may be brought anew
  if (appeal !== null && appeal !== 'withdrawn') return <a href={href}>{state}</a>;
  if (!isOpen) return <>{state || words.tooLate}</>;
  const until = put(words.until, { at: momentOf(appealUntil) });
  return mayAppeal ? (
    <a href={href} title={until} aria-label={`${words.mayAppeal} ${put(words.look, { post: subjectName, at: momentOf(openedAt) })}`}>
      {words.mayAppeal}
    </a>
  ) : (
    <>{until}</>
  );
};
