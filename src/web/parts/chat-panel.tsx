import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePage } from '../data/store.ts';
import { useLate } from '../data/use-late.ts';
import { PartAway } from './part-away.tsx';
import { type Choice, PeoplePicker } from './people-picker.tsx';
import { useWords } from './words.tsx';

type ChatPanelProps = { readonly choice: Choice | null; readonly onChoose: (choice: Choice | null) => void };

/** Its heavy half, the Direct Line client and the cards, comes only when the first conversation is opened. */
export const ChatPanel = ({ choice, onChoose }: ChatPanelProps) => {
  const { texts } = useWords();
  const session = usePage('session');
  const isOffice = session?.roles.includes('office') ?? false;
  const isOwn = session?.isSignedIn ?? false;
  /** Whoever is signed in has their own conversation, the office also the group's. */
  const back = !isOwn ? () => onChoose(null) : isOffice ? () => onChoose(choice?.kind === 'group' ? null : { kind: 'group' }) : null;
  const place = useRef<HTMLElement>(null);
  const chosen = choice && (choice.kind === 'group' ? 'group' : choice.id);
  const isKnown = session !== null;
  const before = useRef({ chosen, isKnown });
  // the button that was pressed has gone with the list that it stood in; nobody has pressed one who was only signed in
  useLayoutEffect(() => {
    const isPressed = before.current.isKnown && before.current.chosen !== chosen;
    if (isPressed && document.activeElement === document.body) place.current?.focus({ preventScroll: true });
    before.current = { chosen, isKnown };
  }, [chosen, isKnown]);
  return (
    <section class="chat" id="chat" aria-label={texts.chat} tabIndex={-1} ref={place}>
      {choice ? (
        <ChosenConversation key={choice.kind === 'group' ? 'group' : choice.id} choice={choice} onBack={back} />
      ) : (
        <PeoplePicker onChoose={onChoose} />
      )}
    </section>
  );
};

const loadConversation = () => import('../chat/conversation.tsx');

const ChosenConversation = ({ choice, onBack }: { readonly choice: Choice; readonly onBack: (() => void) | null }) => {
  const { texts } = useWords();
  const people = usePage('people');
  const isSignedIn = usePage('session')?.isSignedIn ?? false;
  const speaker = choice.kind === 'group' ? people.find(({ isOffice }) => isOffice) : people.find(({ id }) => id === choice.id);
  const { part, isAway } = useLate(loadConversation);
  const name = choice.kind === 'group' ? texts.groupChat : (speaker?.name ?? '');
  const place = choice.kind === 'group' ? texts.groupChatHint : (speaker?.posts[0]?.unit ?? speaker?.roles[0]?.name ?? '');
  return (
    <>
      <header class="chat-head">
        {onBack && (
          <button type="button" class="quiet-button back" onClick={onBack}>
            <span aria-hidden="true">‹</span> {isSignedIn && choice.kind === 'person' ? texts.groupChat : texts.back}
          </button>
        )}
        <div class="chat-who">
          <h2>{name}</h2>
          <p>{place}</p>
        </div>
      </header>
      {part && speaker ? (
        <part.Conversation mobile={speaker.mobile} name={speaker.name} isGroup={choice.kind === 'group'} texts={texts} />
      ) : isAway ? (
        <PartAway isAway />
      ) : (
        <p class="nothing">{people.length > 0 && !speaker ? texts.chatRefused : texts.chatLoading}</p>
      )}
    </>
  );
};
