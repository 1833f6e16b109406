import { render } from 'preact';
import { App } from './app.tsx';
import { follow } from './data/follow.ts';
import { followSession } from './data/session.ts';
import { WordsProvider } from './parts/words.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/wall.css';
import './styles/wall-many.css';
import './styles/timeline.css';
import './styles/channels.css';
import './styles/ledger.css';
import './styles/chat.css';
import './styles/detail.css';
import './styles/desk.css';
import './styles/session.css';
import './styles/tight.css';
import './styles/print.css';

const place = document.getElementById('page');
if (place) {
  render(
    <WordsProvider>
      <App />
    </WordsProvider>,
    place,
  );
  followSession(follow);
}
