import { useEffect, useState } from 'preact/hooks';
import { recall, remember } from './data/remember.ts';
import { isIn, useMay } from './data/session.ts';
import { usePage } from './data/store.ts';
import { useLate } from './data/use-late.ts';
import { leaveDetail, useHash } from './data/use-route.ts';
import type { DetailPanelProps } from './detail/detail-panel.tsx';
import type { FiguresViewProps } from './figures/figures-view.tsx';
import { bigHref, figuresHref, hrefOf, readDetail, readFigures, readSetup, type SetupSection, setupHref } from './logic/route.ts';
import { ChatPanel } from './parts/chat-panel.tsx';
import { Header } from './parts/header.tsx';
import { Hint } from './parts/hint.tsx';
import { Ledger } from './parts/ledger.tsx';
import { PageTitle } from './parts/page-title.tsx';
import { PartAway } from './parts/part-away.tsx';
import type { Choice } from './parts/people-picker.tsx';
import { useReturnedFocus } from './parts/return-focus.ts';
import { SignedOut } from './parts/signed-out.tsx';
import { Wall } from './parts/wall.tsx';
import { useWords } from './parts/words.tsx';

type View = 'wall' | 'chat' | 'ledger';

/** As whom one looks: whoever is signed in; in a demo whoever was chosen, or somebody of the office. */
const useViewer = (choice: Choice | null): string | null => {
  const own = usePage('session')?.personId;
  const mode = usePage('wall')?.mode;
  const people = usePage('people');
  if (own !== undefined || mode !== 'demo') return own ?? null;
  return choice?.kind === 'person' ? choice.id : (people.find(({ isOffice }) => isOffice)?.id ?? null);
};

export const App = () => {
  const session = usePage('session');
  const isBig = useHash() === bigHref;
  return (
    <>
      <PageTitle />
      {session && !isIn(session) ? <SignedOut hasOpenId={session.hasOpenId} /> : isBig ? <Big /> : <ControlRoom />}
    </>
  );
};

const loadBig = () => import('./big/big-view.tsx');

/** On a screen that hangs on a wall, and nowhere else. */
const Big = () => {
  const { part, isAway } = useLate(loadBig);
  return part ? (
    <part.BigView />
  ) : (
    <main>
      <PartAway isAway={isAway} />
    </main>
  );
};

/** Wide screens show everything side by side; a phone shows one view at a time. */
const ControlRoom = () => {
  const { texts } = useWords();
  const mode = usePage('wall')?.mode;
  const [view, setView] = useState<View>('wall');
  const [isChatOpen, setChatOpen] = useState(recall('chat') !== 'closed');
  const [chosen, setChoice] = useState<Choice | null>(null);
  const session = usePage('session');
  const own = session?.personId;
  const choice: Choice | null = own === undefined || chosen?.kind === 'group' ? chosen : { kind: 'person', id: own };
  const [isHintOpen, setHintOpen] = useState(recall('hint') !== 'seen');
  useEffect(() => remember('chat', isChatOpen ? 'open' : 'closed'), [isChatOpen]);
  const hash = useHash();
  const detail = readDetail(hash);
  const figures = readFigures(hash);
  const isFigures = figures !== null;
  const setup = readSetup(hash);
  const isRoom = isFigures || setup !== null;
  const viewer = useViewer(choice);
  const goOnAt = useReturnedFocus(detail !== null, '#wall');
  // until it is known who looks, everything keeps its place
  const mayChat = useMay('speak') || session === null;
  const mayFigures = useMay('seeFigures');
  const maySetUp = useMay('seeSetUp');
  /** Whoever is signed in speaks as nobody else, and looks at others. */
  const speakAs = (personId: string): void => {
    if (own !== undefined && personId !== own) {
      location.hash = hrefOf({ kind: 'person', id: personId });
      return;
    }
    setChoice({ kind: 'person', id: personId });
    setChatOpen(true);
    setView('chat');
    goOnAt('#chat');
    leaveDetail();
  };
  const closeHint = (): void => {
    remember('hint', 'seen');
    setHintOpen(false);
  };
  const show = (next: View): void => {
    // on a phone a detail lies over every view: what was pressed must be seen
    if (isRoom || detail) leaveDetail();
    setView(next);
  };
  const layout = isRoom
    ? `${isFigures ? 'view-figures' : 'view-setup'} without-chat`
    : `view-${view} ${(isChatOpen && mayChat) || detail ? 'with-chat' : 'without-chat'} ${detail ? 'with-detail' : ''}`;
  return (
    <div class={`page ${layout}`}>
      <Skip isFigures={isFigures} setup={setup} />
      <Header
        isFigures={isFigures}
        isSetup={setup !== null}
        isChatOpen={isChatOpen}
        onChat={() => setChatOpen(!isChatOpen)}
        onHint={() => setHintOpen(!isHintOpen)}
      />
      <main class="main">
        {figures ? (
          <Figures unitId={figures.unitId} viewer={viewer} />
        ) : setup !== null ? (
          <Setup section={setup} />
        ) : (
          <>
            {isHintOpen && mode !== 'production' && <Hint onClose={closeHint} />}
            <Wall onPerson={speakAs} />
            <Ledger />
          </>
        )}
      </main>
      {detail && (
        <Details
          key={`${detail.kind} ${detail.id}`}
          detail={detail}
          viewer={viewer}
          onSpeak={viewer === null || own !== undefined ? null : speakAs}
        />
      )}
      {mayChat && <ChatPanel choice={choice} onChoose={setChoice} />}
      <nav class="tabs" aria-label={texts.views}>
        {(['wall', ...(mayChat ? (['chat'] as const) : []), 'ledger'] as const).map((each) => (
          <button type="button" key={each} aria-current={view === each && !isRoom ? 'page' : undefined} onClick={() => show(each)}>
            {texts[each]}
          </button>
        ))}
        {mayFigures && (
          <a href={figuresHref} aria-current={isFigures ? 'page' : undefined}>
            {texts.figures}
          </a>
        )}
        {maySetUp && (
          <a href={setupHref('start')} aria-current={setup === null ? undefined : 'page'}>
            {texts.setUp}
          </a>
        )}
      </nav>
    </div>
  );
};

/** Leads past the header, to whatever the page shows. */
const Skip = ({ isFigures, setup }: { readonly isFigures: boolean; readonly setup: SetupSection | null }) => {
  const { texts } = useWords();
  if (!isFigures && setup === null)
    return (
      <a class="skip" href="#wall">
        {texts.skip}
      </a>
    );
  const room = isFigures ? 'figures' : 'setup';
  // the address says which room this is, and stays
  const skip = (event: Event): void => {
    event.preventDefault();
    document.getElementById(room)?.focus();
  };
  return (
    <a class="skip" href={`#${room}`} onClick={skip}>
      {isFigures ? texts.figures : texts.setUp}
    </a>
  );
};

const loadDetail = () => import('./detail/detail-panel.tsx');

/** Comes when something is looked at closely for the first time. */
const Details = (props: DetailPanelProps) => {
  const { texts } = useWords();
  const { part, isAway } = useLate(loadDetail);
  if (part) return <part.DetailPanel {...props} />;
  return (
    <section class="detail" aria-label={texts.detail}>
      <PartAway isAway={isAway} />
    </section>
  );
};

const loadFigures = () => import('./figures/figures-view.tsx');

/** Figures bring the charts with them, so they come only when they are asked for. */
const Figures = (props: FiguresViewProps) => {
  const { part, isAway } = useLate(loadFigures);
  return part ? <part.FiguresView {...props} /> : <PartAway isAway={isAway} />;
};

const loadSetup = () => import('./setup/setup-view.tsx');

/** Looked at seldom: it comes when it is asked for. */
const Setup = (props: { readonly section: SetupSection }) => {
  const { part, isAway } = useLate(loadSetup);
  return part ? <part.SetupView {...props} /> : <PartAway isAway={isAway} />;
};
