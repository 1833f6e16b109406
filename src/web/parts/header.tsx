import { useEffect, useState } from 'preact/hooks';
import { pageStore, usePage } from '../data/store.ts';
import { faceOf, roughly } from '../logic/format-time.ts';
import { put } from '../logic/put.ts';
import { bigHref, figuresHref, setupHref } from '../logic/route.ts';
import { freezeAfterMs } from '../logic/virtual-clock.ts';
import { useMay } from '../data/session.ts';
import { Account } from './account.tsx';
import { useTicking } from './ticking.tsx';
import { useWords } from './words.tsx';

type HeaderProps = {
  readonly isFigures: boolean;
  readonly isSetup: boolean;
  readonly isChatOpen: boolean;
  readonly onChat: () => void;
  readonly onHint: () => void;
};

/** Asked for by the press itself: a browser allows it to nothing else. Where there is none, the wall fills the window. */
const fillScreen = (): void => {
  const { documentElement: root } = document;
  if ('requestFullscreen' in root) void root.requestFullscreen().catch(() => undefined);
};

export const Header = ({ isFigures, isSetup, isChatOpen, onChat, onHint }: HeaderProps) => {
  const { texts, switchLanguage } = useWords();
  const wall = usePage('wall');
  const isDemo = usePage('session')?.mode !== 'production';
  const [mayFigures, mayChat, maySetUp] = [useMay('seeFigures'), useMay('speak'), useMay('seeSetUp')];
  return (
    <header class="header">
      <div class="brand">
        <span class="brand-mark" aria-hidden="true">
          <svg viewBox="0 0 32 32">
            <path d="M8.5 16.5l5 5 10-11" />
          </svg>
        </span>
        <div class="brand-words">
          <h1>{texts.product}</h1>
          <p class="campaign">{wall?.campaign ?? texts.tagline}</p>
        </div>
      </div>
      <Clock />
      <div class="header-end">
        <Link />
        <Outdated />
        <div class="header-buttons">
          {mayFigures && (
            <a class="quiet-button to-figures" href={isFigures ? '#/' : figuresHref}>
              {isFigures ? texts.wall : texts.figures}
            </a>
          )}
          <a class="quiet-button to-big" href={bigHref} title={texts.bigWallHint} onClick={fillScreen}>
            {texts.bigWall}
          </a>
          {maySetUp && (
            <a class="quiet-button to-setup" href={isSetup ? '#/' : setupHref('start')}>
              {isSetup ? texts.wall : texts.setUp}
            </a>
          )}
          {isDemo && (
            <button type="button" class="quiet-button to-hint" onClick={onHint}>
              {texts.hintOpen}
            </button>
          )}
          <button
            type="button"
            class="quiet-button"
            lang={texts.htmlLang === 'en' ? 'zh-CN' : 'en'}
            title={texts.otherLanguageHint}
            onClick={switchLanguage}
          >
            {texts.otherLanguage}
          </button>
          {mayChat && (
            <button type="button" class="quiet-button chat-toggle" aria-pressed={isChatOpen} onClick={onChat}>
              {isChatOpen ? texts.chatHide : texts.chatShow}
            </button>
          )}
          <Account />
        </div>
      </div>
    </header>
  );
};

/** The service has another page by now, and somebody is in the middle of a sentence on this one. */
const Outdated = () => {
  const { texts } = useWords();
  return usePage('isOutdated') ? (
    <button type="button" class="quiet-button" onClick={() => location.reload()}>
      {texts.outdated}
    </button>
  ) : null;
};

export const Clock = () => {
  const { texts } = useWords();
  const clock = usePage('clock');
  const text = useTicking((nowMs, { offsetMinutes }) => {
    const { date, time, seconds } = faceOf(nowMs, offsetMinutes, texts);
    return `${date}|${time}|${seconds}`;
  });
  const [date, time, seconds] = (text ?? '|--:--|').split('|');
  const scale = clock?.scale ?? 1;
  return (
    <div class="clock" role="timer" aria-live="off">
      <span class="clock-date">{date}</span>
      <time class="clock-time">
        {time}
        <span class="clock-seconds">{seconds}</span>
      </time>
      {scale > 1 && (
        <span class="chip" title={put(texts.speedHint, { scale })}>
          {put(texts.speed, { scale })}
        </span>
      )}
    </div>
  );
};

/** Says how old the picture is as soon as it is no longer fresh: a wall that stands still must not look calm. */
export const Link = () => {
  const { texts } = useWords();
  const link = usePage('link');
  const [ageMs, setAgeMs] = useState(0);
  useEffect(() => {
    const look = (): void => setAgeMs(performance.now() - (pageStore.get().clock?.heardAtMs ?? performance.now()));
    const timer = setInterval(look, 1_000);
    const stop = pageStore.subscribe(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);
  const isStale = ageMs > freezeAfterMs;
  const state = link === 'live' && isStale ? 'lost' : link;
  useEffect(() => {
    document.documentElement.dataset['link'] = state;
  }, [state]);
  const words = { connecting: texts.connecting, live: texts.live, lost: texts.lost, refused: texts.refused }[state];
  return (
    <p class={`link link-${state}`} role="status">
      <span class="link-dot" aria-hidden="true" />
      <span>{words}</span>
      {state === 'lost' && ageMs >= 1_000 && <span class="link-age">{put(texts.dataAge, { age: roughly(ageMs, texts) })}</span>}
    </p>
  );
};
