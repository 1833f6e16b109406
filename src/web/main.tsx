import { render } from 'preact';
import { App } from './app.tsx';
import { follow } from './data/follow.ts';
import { followSession } from './data/session.ts';
import { WordsProvider } from './parts/words.tsx';
import './styles/base.css';
import './styles/layout.css';
import './styles/wall.css';
import './styles/wall-many.css';
import './styles/own.css';
import './styles/timeline.css';
import './styles/channels.css';
import './styles/ledger.css';
import './styles/chat.css';
import './styles/detail.css';
import './styles/desk.css';
import './styles/session.css';
import './styles/tight.css';
import './styles/print.css';

const begin = (): void => {
  const place = document.getElementById('page');
  if (!place) return;
  // what stood there while the page was opening
  place.replaceChildren();
  render(
    <WordsProvider>
      <App />
    </WordsProvider>,
    place,
  );
  followSession(follow);
};

// kept from holding up the first paint; a page without it can still be read
const sheet = document.querySelector<HTMLLinkElement>('link#page-sheet');
if (sheet) sheet.media = 'all';
if (!sheet || sheet.sheet) begin();
else for (const end of ['load', 'error']) sheet.addEventListener(end, begin, { once: true });
