import { useMemo } from 'preact/hooks';
import { pageBigTexts } from '../../messages/page-big-texts.ts';
import { usePage } from '../data/store.ts';
import type { Wall } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { countShades, shades } from '../logic/sort-wall.ts';
import { toBars } from '../logic/timeline.ts';
import { offsetMinutesOf } from '../logic/virtual-clock.ts';
import { Clock, Link } from '../parts/header.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { recalled, Strip, sumBars, Sums, useTimelineWords } from '../parts/timeline.tsx';
import { Announcer, useFacts } from '../parts/wall.tsx';
import { useWords } from '../parts/words.tsx';
import { BigSide } from './big-side.tsx';
import { BigTiles } from './big-tiles.tsx';
import { leaveBig, useAwake, useEscape } from './whole-screen.ts';
import './big.css';

/** The wall alone, to be read from five metres: all sizes are parts of the screen, and nothing scrolls. */
export const BigView = () => {
  const { texts } = useWords();
  const words = pageBigTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const wall = usePage('wall');
  const factsOf = useFacts({ roster: usePage('roster'), people: usePage('people') });
  const subjects = useMemo(() => [...(wall?.posts ?? []), ...(wall?.standing ?? [])], [wall]);
  useEscape();
  useAwake();
  return (
    <div class="big">
      <header class="big-head">
        <h1>
          {texts.product} <span>{wall?.campaign ?? words.title}</span>
        </h1>
        <Link />
        <Clock />
        <button type="button" class="quiet-button" onClick={leaveBig}>
          {words.leave}
        </button>
      </header>
      <main class="big-main">
        <Announcer subjects={subjects} factsOf={factsOf} />
        {wall ? (
          <>
            <BigCounts wall={wall} />
            <BigTiles wall={wall} factsOf={factsOf} />
            <BigSide wall={wall} />
            <LastHours wall={wall} />
          </>
        ) : (
          <p class="nothing">{texts.detailLoading}</p>
        )}
      </main>
    </div>
  );
};

const BigCounts = ({ wall }: { readonly wall: Wall }) => {
  const { texts } = useWords();
  const shown = countShades(wall.posts);
  const counts = { ...shown, green: shown.green + Math.max(0, wall.counts.posts - wall.posts.length) };
  return (
    <ul class="big-counts" aria-label={texts.countsLabel}>
      {shades.map((shade) => (
        <li key={shade} class={`big-count is-${shade} ${counts[shade] === 0 ? 'is-none' : ''}`}>
          <StatusMark color={shade} />
          <b>{counts[shade]}</b>
          <span>{texts.colors[shade]}</span>
        </li>
      ))}
    </ul>
  );
};

const LastHours = ({ wall: { at, timeline } }: { readonly wall: Wall }) => {
  const words = useTimelineWords();
  const minute = at.slice(0, 16);
  const hours = recalled();
  const bars = useMemo(() => (timeline ? toBars(timeline, Date.parse(at), hours) : []), [timeline, minute, hours]);
  if (bars.length === 0) return null;
  const title = put(words.title, { hours });
  const all = sumBars(bars);
  return (
    <section class="big-hours" aria-label={title}>
      <div class="big-hours-head">
        <h2>{title}</h2>
        <Sums all={all} />
      </div>
      <Strip bars={bars} title={title} all={all} offsetMinutes={offsetMinutesOf(at)} />
    </section>
  );
};
