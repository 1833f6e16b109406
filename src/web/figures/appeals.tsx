import { useRef } from 'preact/hooks';
import { figureTexts } from '../../messages/figure-texts.ts';
import { pageAppealTexts } from '../../messages/page-appeal-texts.ts';
import { pageMissesTexts, type PageMissesTexts } from '../../messages/page-misses-texts.ts';
import type { Appeal, Page } from '../data/types.ts';
import { useFetched } from '../data/use-fetched.ts';
import { Facts, momentOf } from '../detail/facts.tsx';
import { Offers } from '../detail/offers.tsx';
import { put } from '../logic/put.ts';
import { hrefOf } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';

const lookEveryMs = 5_000;
/** Of those that wait all are read, of the others so many. */
const mostEnded = 200;
/** More of them would hide what comes below. */
const endedAtOnce = 5;

const tones: { readonly [status: string]: string } = { asked: 'is-waiting', upheld: 'is-green', rejected: 'is-missed' };

type Shown = Appeal & { readonly id: string };

const withId = (appeal: Appeal): appeal is Shown => appeal.id !== null;

/**
 * Those that wait and those that are over. What waited when it was first seen stays where it was: whoever has just decided it
 * reads in its place what came of it.
 */
const useAppeals = () => {
  const waiting = useFetched<Page<Appeal>>('api/appeals?status=asked&limit=1000', lookEveryMs);
  const newest = useFetched<Page<Appeal>>(`api/appeals?order=newest&limit=${mostEnded}`, lookEveryMs);
  const words = useRef(new Map<string, string>());
  if (waiting === 'missing' || newest === 'missing') return 'missing';
  if (waiting === null || newest === null) return null;
  for (const { id, wordId } of waiting.items) if (id !== null && wordId !== null) words.current.set(id, wordId);
  // what was decided between the two is told by the second
  const all = new Map([...waiting.items, ...newest.items].filter(withId).map((appeal) => [appeal.id, appeal]));
  const open = [...words.current].flatMap(([id, wordId]) => {
    const appeal = all.get(id);
    return appeal ? [{ appeal, wordId }] : [];
  });
  const ended = [...newest.items].filter(withId).filter(({ id, status }) => status !== 'asked' && !words.current.has(id));
  return { open, ended, isCut: newest.next !== null };
};

/** Every appeal that whoever looks may see, with the word of the office to be given where it waits. */
export const Appeals = ({ viewer }: { readonly viewer: string | null }) => {
  const { texts } = useWords();
  const words = pageMissesTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const found = useAppeals();
  const read = found === null || found === 'missing' ? null : found;
  const isNone = read !== null && read.open.length + read.ended.length === 0;
  const rest = read?.ended.slice(endedAtOnce) ?? [];
  return (
    <section class="figure appeals" aria-labelledby="appeals">
      <header class="figure-head">
        <h3 id="appeals">{words.appeals}</h3>
      </header>
      {found === null && <p role="status">{words.loading}</p>}
      {found === 'missing' && <p role="alert">{words.lost}</p>}
      <p class="figure-note">{isNone ? words.noAppeals : words.appealsLead}</p>
      {read && (
        <ul class="appeal-list">
          {read.open.map(({ appeal, wordId }) => (
            <Entry key={appeal.id} appeal={appeal} words={words}>
              <Offers kind="obligation" id={wordId} viewer={viewer} about={appeal.unit} />
            </Entry>
          ))}
          {read.ended.slice(0, endedAtOnce).map((appeal) => (
            <Entry key={appeal.id} appeal={appeal} words={words} />
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <details>
          <summary>{put(words.more, { count: rest.length })}</summary>
          <ul class="appeal-list">
            {rest.map((appeal) => (
              <Entry key={appeal.id} appeal={appeal} words={words} />
            ))}
          </ul>
          {read?.isCut && <p class="figure-note">{put(words.older, { count: mostEnded })}</p>}
        </details>
      )}
    </section>
  );
};

type EntryProps = { readonly appeal: Shown; readonly words: PageMissesTexts; readonly children?: preact.ComponentChildren };

const Entry = ({ appeal, words, children }: EntryProps) => {
  const { texts } = useWords();
  const language = texts.htmlLang === 'en' ? 'en' : 'zh-CN';
  const facts = pageAppealTexts[language];
  const categories: { readonly [category: string]: string } = figureTexts[language].categories;
  const { obligationId, unit, openedAt, category, status, askedAt, askedBy, reason, dueAt, decidedAt, decidedBy, verdict } = appeal;
  const { withdrawnAt, withdrawnBy } = appeal;
  const when = (person: { readonly name: string } | null, at: string): string => `${person?.name ?? ''} ${momentOf(at)}`.trim();
  return (
    <li class="appeal">
      <h4>
        {unit} <span class={`verdict ${tones[status] ?? 'is-plain'}`}>{words.statuses[status] ?? status}</span>
      </h4>
      <Facts
        facts={[
          {
            label: facts.check,
            value: (
              <a href={hrefOf({ kind: 'obligation', id: obligationId })}>{`${momentOf(openedAt)} ${categories[category] ?? category}`}</a>
            ),
          },
          askedAt === null ? null : { label: facts.by, value: when(askedBy, askedAt) },
          { label: facts.reason, value: reason },
          status !== 'asked' || dueAt === null ? null : { label: words.due, value: momentOf(dueAt) },
          decidedAt === null ? null : { label: facts.decided, value: when(decidedBy, decidedAt) },
          verdict === null || verdict === '' ? null : { label: facts.verdict, value: verdict },
          withdrawnAt === null ? null : { label: facts.withdrawn, value: when(withdrawnBy, withdrawnAt) },
        ]}
      />
      {children}
    </li>
  );
};
