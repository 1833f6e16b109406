import { useEffect, useState } from 'preact/hooks';
import { recall, remember } from './data/remember.ts';
import { usePage } from './data/store.ts';
import { ChatPanel } from './parts/chat-panel.tsx';
import { Header } from './parts/header.tsx';
import { Hint } from './parts/hint.tsx';
import { Ledger } from './parts/ledger.tsx';
import type { Choice } from './parts/people-picker.tsx';
import { Wall } from './parts/wall.tsx';
import { useWords } from './parts/words.tsx';

type View = 'wall' | 'chat' | 'ledger';

/** Wide screens show everything side by side; a phone shows one view at a time. */
export const App = () => {
  const { texts } = useWords();
  const mode = usePage('wall')?.mode;
  const [view, setView] = useState<View>('wall');
  const [isChatOpen, setChatOpen] = useState(recall('chat') !== 'closed');
  const [choice, setChoice] = useState<Choice | null>(null);
  const [isHintOpen, setHintOpen] = useState(recall('hint') !== 'seen');
  useEffect(() => remember('chat', isChatOpen ? 'open' : 'closed'), [isChatOpen]);
  const speakAs = (personId: string): void => {
    setChoice({ kind: 'person', id: personId });
    setChatOpen(true);
    setView('chat');
  };
  const closeHint = (): void => {
    remember('hint', 'seen');
    setHintOpen(false);
  };
  return (
    <div class={`page view-${view} ${isChatOpen ? 'with-chat' : 'without-chat'}`}>
      <a class="skip" href="#wall">
        {texts.skip}
      </a>
      <Header isChatOpen={isChatOpen} onChat={() => setChatOpen(!isChatOpen)} onHint={() => setHintOpen(!isHintOpen)} />
      <main class="main">
        {isHintOpen && mode !== 'production' && <Hint onClose={closeHint} />}
        <Wall onPerson={speakAs} />
        <Ledger />
      </main>
      <ChatPanel choice={choice} onChoose={setChoice} />
      <nav class="tabs" aria-label={texts.views}>
        {(['wall', 'chat', 'ledger'] as const).map((each) => (
          <button type="button" key={each} aria-current={view === each ? 'page' : undefined} onClick={() => setView(each)}>
            {texts[each]}
          </button>
        ))}
      </nav>
    </div>
  );
};
