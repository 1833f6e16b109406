import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { readOlderRows } from '../data/follow-rows.ts';
import { usePage } from '../data/store.ts';
import { tellRow } from '../logic/tell-row.ts';
import { useNamedPosts, useNames } from './use-names.ts';
import { useWords } from './words.tsx';

const rowsShown = 150;

/** The newest on top, so that what just happened never has to be looked for. */
export const Ledger = () => {
  const { texts } = useWords();
  const rows = usePage('rows');
  const areRowsRead = usePage('areRowsRead');
  const names = useNames();
  const [unit, setUnit] = useState('');
  const [isEverything, setEverything] = useState(false);
  const told = useMemo(() => rows.map((row) => tellRow(row, names, texts)).toReversed(), [rows, names, texts]);
  const shown = told.filter((row) => (isEverything || row.isHighlight) && (unit === '' || row.about.startsWith(unit))).slice(0, rowsShown);
  const hasMore = usePage('olderThan') !== null && shown.length < rowsShown;
  const posts = useNamedPosts();
  const units = useMemo(() => [...new Set(posts.map((post) => post.unit))], [posts]);
  return (
    <section class="ledger" aria-label={texts.ledger}>
      <div class="ledger-head">
        <h2>{texts.ledger}</h2>
        <p class="ledger-hint">{texts.ledgerHint}</p>
        <div class="switch small" role="group" aria-label={texts.ledger}>
          <button type="button" aria-pressed={!isEverything} onClick={() => setEverything(false)}>
            {texts.highlights}
          </button>
          <button type="button" aria-pressed={isEverything} onClick={() => setEverything(true)}>
            {texts.everything}
          </button>
        </div>
        <label class="select">
          <select aria-label={texts.filterUnit} value={unit} onChange={(event) => setUnit(event.currentTarget.value)}>
            <option value="">{texts.allUnits}</option>
            {units.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      </div>
      {shown.length === 0 && !hasMore ? (
        <p class="nothing">{areRowsRead ? texts.ledgerEmpty : texts.detailLoading}</p>
      ) : (
        <ol class="rows" tabIndex={0} aria-label={texts.ledger}>
          {shown.map((row) => (
            <li key={row.seq} class={`row is-${row.tone}`}>
              <time class="row-time">{row.time}</time>
              <span class="row-dot" aria-hidden="true" />
              <b class="row-about">{row.about}</b>
              <span class="row-phrase">{row.phrase}</span>
              <span class="row-who">
                {row.who}
                {row.channel && <span class="row-channel">{row.channel}</span>}
              </span>
            </li>
          ))}
          {hasMore && <MoreRows />}
        </ol>
      )}
    </section>
  );
};

/** More come as somebody scrolls to the end, or where what is there does not fill the place; by keyboard they are asked for. */
const MoreRows = () => {
  const { texts } = useWords();
  const olderThan = usePage('olderThan');
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!end.current) return undefined;
    const watching = new IntersectionObserver(([entry]) => entry?.isIntersecting && void readOlderRows());
    watching.observe(end.current);
    return () => watching.disconnect();
  }, [olderThan]);
  return (
    <li class="more-rows">
      <button type="button" class="quiet-button" ref={end} onClick={() => void readOlderRows()}>
        {texts.storyMore}
      </button>
    </li>
  );
};
