import { useEffect, useMemo, useState } from 'preact/hooks';
import { getJson } from '../data/api.ts';
import { usePage } from '../data/store.ts';
import type { Page, Row } from '../data/types.ts';
import { tellRow } from '../logic/tell-row.ts';
import { useNames } from '../parts/use-names.ts';
import { useWords } from '../parts/words.tsx';

type StoryProps = {
  /** Conditions of `api/ledger`, in the form of a query. */
  readonly query: string;
  /** Otherwise from the beginning. */
  readonly isNewestFirst: boolean;
  /** Without book-keeping. */
  readonly isBrief?: boolean;
  /** Whom all of it is about, and who need not be named again. */
  readonly about?: string;
};

const rowsAtOnce = 60;

/** What the ledger tells of something, row by row; more on demand. */
export const Story = ({ query, isNewestFirst, isBrief = false, about = '' }: StoryProps) => {
  const { texts } = useWords();
  const names = useNames();
  const { rows, next, more } = useRows(query, isNewestFirst);
  const told = useMemo(
    () =>
      rows
        ?.map((row) => ({ ...tellRow(row, names, texts), day: row.at.slice(5, 10) }))
        .filter(({ isHighlight }) => isHighlight || !isBrief),
    [rows, names, texts, isBrief],
  );
  if (told === undefined) return <p class="nothing">{texts.detailLoading}</p>;
  if (told.length === 0) return <p class="nothing">{texts.storyNone}</p>;
  return (
    <>
      <ol class="story" aria-label={texts.story}>
        {told.map((row, index) => (
          <li key={row.seq} class={`story-row is-${row.tone}`}>
            {row.day !== told[index - 1]?.day && <span class="story-day">{row.day.replace('-', '/')}</span>}
            <time class="row-time">{row.time}</time>
            <span class="row-dot" aria-hidden="true" />
            <span class="story-words">
              <span class="row-phrase">{row.phrase}</span>
              {row.about !== about && row.about !== '' && <span class="story-about">{row.about}</span>}
              <span class="row-who">
                {row.who}
                {row.channel && <span class="row-channel">{row.channel}</span>}
              </span>
            </span>
          </li>
        ))}
      </ol>
      {next !== null && (
        <button type="button" class="quiet-button" onClick={more}>
          {texts.storyMore}
        </button>
      )}
    </>
  );
};

type Rows = { readonly query: string; readonly rows: readonly Row[]; readonly next: string | null };

const join = (before: readonly Row[], fresh: readonly Row[], isNewestFirst: boolean): readonly Row[] => {
  const known = new Map([...before, ...fresh].map((row) => [row.seq, row]));
  return [...known.values()].toSorted((a, b) => (isNewestFirst ? b.seq - a.seq : a.seq - b.seq));
};

const useRows = (query: string, isNewestFirst: boolean) => {
  const latest = usePage('rows').at(-1)?.seq;
  const [read, setRead] = useState<Rows | null>(null);
  const base = `api/ledger?limit=${rowsAtOnce}&${isNewestFirst ? 'order=newest&' : ''}${query}`;
  const current = read !== null && read.query === query ? read : null;
  const take = (page: Page<Row>, isMore: boolean): void =>
    setRead((before) => {
      const same = before !== null && before.query === query ? before : null;
      const rows = join(same?.rows ?? [], page.items, isNewestFirst);
      // what is new must not make the reader lose how far back they have read
      return { query, rows, next: isMore || same === null || !isNewestFirst ? page.next : same.next };
    });
  useEffect(() => {
    let isWanted = true;
    getJson<Page<Row>>(base)
      .then((page) => isWanted && take(page, false))
      // the wall says that the connection is lost; here what was read stays
      .catch(() => isWanted && setRead((before) => before ?? { query, rows: [], next: null }));
    return () => {
      isWanted = false;
    };
  }, [base, latest]);
  const more = (): void => {
    if (current === null || current.next === null) return;
    getJson<Page<Row>>(`${base}&after=${current.next}`)
      .then((page) => take(page, true))
      .catch(() => undefined);
  };
  return { rows: current?.rows, next: current?.next ?? null, more };
};
