import { useEffect, useMemo } from 'preact/hooks';
import { useMay } from '../data/session.ts';
import { pageStore, usePage } from '../data/store.ts';
import type { Obligation, SubjectDetail } from '../data/types.ts';
import { useFetched } from '../data/use-fetched.ts';
import { put } from '../logic/put.ts';
import { ownMattersOf } from '../logic/own-matters.ts';
import { useOverdue } from './overdue.ts';
import { useWords } from './words.tsx';

/** Real ms: somebody is asked for minutes, and what is asked of their own post is seen at once. */
const everyMs = 10_000;

/** What is open about where somebody stands, and about themselves, as the wall has it. */
const useOwnAsked = (own: string | undefined): string => {
  const wall = usePage('wall');
  const roster = usePage('roster');
  return useMemo(() => {
    if (own === undefined || wall === null) return '';
    const stood = roster.filter(({ holders }) => holders.some(({ personId }) => personId === own)).map(({ postId }) => postId);
    const about = new Set([own, ...stood]);
    return [...wall.posts, ...wall.standing]
      .flatMap(({ subject, obligation }) => (about.has(subject) ? (obligation?.id ?? []) : []))
      .join(' ');
  }, [own, wall, roster]);
};

/** Keeps in the store what waits for whoever is signed in. */
const useOwnMatters = (): readonly Obligation[] => {
  const own = usePage('session')?.personId;
  const maySpeak = useMay('speak');
  const roster = usePage('roster');
  const path = own !== undefined && maySpeak ? `api/subjects/${encodeURIComponent(own)}` : null;
  const found = useFetched<SubjectDetail>(path, everyMs, useOwnAsked(own));
  const open = found === null || found === 'missing' ? none : found.open;
  const matters = useMemo(() => (own === undefined ? none : ownMattersOf(own, open, roster)), [own, open, roster]);
  const before = usePage('ownMatters');
  const isNew = JSON.stringify(before) !== JSON.stringify(matters);
  useEffect(() => {
    if (isNew) pageStore.set({ ownMatters: matters });
  }, [isNew, matters]);
  return isNew ? matters : before;
};
const none: readonly never[] = [];

/** What is lost, empty or late, over all posts, for those who answer for all of it. */
const useWrong = (): number => {
  const session = usePage('session');
  const wall = usePage('wall');
  const isOffice = session !== null && (session.roles.includes('office') || (session.mode === 'demo' && !session.isSignedIn));
  const overdue = useOverdue(isOffice && wall !== null);
  if (!isOffice || wall === null) return 0;
  const lost = [...wall.posts, ...wall.standing].filter(({ color }) => color === 'missed' || color === 'empty');
  return lost.length + wall.office.length + overdue;
};

/** The page's name, and before it what must be seen where the page is one tab of many. */
export const PageTitle = () => {
  const { texts } = useWords();
  const [first] = useOwnMatters();
  const wrong = useWrong();
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const name = `${texts.product} · ${texts.tagline}`;
  const title = first
    ? put(texts.titleAsked, { kind: kinds[first.kind] ?? first.kind, name: first.subjectName, product: texts.product })
    : wrong > 0
      ? `(${wrong}) ${name}`
      : name;
  useEffect(() => void (document.title = title), [title]);
  return null;
};
