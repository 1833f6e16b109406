import { useEffect, useRef } from 'preact/hooks';
import { pageSessionTexts, type PageSessionTexts } from '../../messages/page-session-texts.ts';
import { signOut } from '../data/session.ts';
import type { Session } from '../data/session-types.ts';
import { usePage } from '../data/store.ts';
import { put } from '../logic/put.ts';
import { useWords } from './words.tsx';

/** Who is signed in, as what, and the way out. */
export const Account = () => {
  const { texts } = useWords();
  const words = pageSessionTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const session = usePage('session');
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const { current } = menu;
      if (!current?.open) return;
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !current.contains(event.target as Node)) current.open = false;
    };
    addEventListener('keydown', close);
    addEventListener('pointerdown', close);
    return () => {
      removeEventListener('keydown', close);
      removeEventListener('pointerdown', close);
    };
  }, []);
  if (!session) return null;
  if (!session.isSignedIn)
    return (
      <span class="chip demo-chip" title={words.demoHint}>
        {words.demo}
      </span>
    );
  const name = session.name ?? '';
  const roles = session.roles.map((role) => words.roles[role] ?? role).join(words.comma);
  return (
    <details class="account" ref={menu}>
      <summary class="quiet-button" aria-label={put(words.account, { name, roles })}>
        <span class="account-name">{name}</span>
        <span class="account-role">{roles}</span>
      </summary>
      <div class="account-menu">
        <p>{[roles, ...(session.units ?? [])].join(' · ')}</p>
        {session.session && <Lasting lasting={session.session} words={words} language={texts.htmlLang} />}
        <button type="button" class="quiet-button" onClick={() => void signOut(false)}>
          {words.signOut}
        </button>
        <button type="button" class="quiet-button" onClick={() => void signOut(true)}>
          {words.signOutEverywhere}
        </button>
      </div>
    </details>
  );
};

type LastingProps = {
  readonly lasting: NonNullable<Session['session']>;
  readonly words: PageSessionTexts;
  readonly language: string;
};

/** How long the session lasts, and where else there is one. */
const Lasting = ({ lasting: { idleMinutes, endsAt, devices }, words, language }: LastingProps) => {
  const time = idleMinutes % 60 === 0 ? put(words.hours, { n: idleMinutes / 60 }) : put(words.minutes, { n: idleMinutes });
  const at = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
  return (
    <ul class="account-lasting">
      <li>{put(words.idle, { time })}</li>
      <li>{put(words.endsAt, { at: at.format(new Date(endsAt)) })}</li>
      {devices > 1 && <li>{put(words.devices, { count: devices })}</li>}
    </ul>
  );
};
