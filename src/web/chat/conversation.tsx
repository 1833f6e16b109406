import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageTexts } from '../../messages/page-texts.ts';
import { put } from '../logic/put.ts';
import { Card } from './card.tsx';
import type { Message } from './messages.ts';
import { type Line, useDirectLine } from './use-direct-line.ts';

export type ConversationProps = { readonly mobile: string; readonly name: string; readonly isGroup: boolean; readonly texts: PageTexts };

/** A person's conversation as they would see it, or the office's group to read. */
export const Conversation = ({ mobile, name, isGroup, texts }: ConversationProps) => {
  const line = useDirectLine(mobile, isGroup, texts.actions);
  return (
    <>
      {line.status === 'lost' && (
        <p class="chat-notice" role="status">
          {texts.chatLost}
        </p>
      )}
      <Messages line={line} isGroup={isGroup} texts={texts} />
      {!isGroup && line.status !== 'refused' && <Writing line={line} name={name} texts={texts} />}
    </>
  );
};

const emptyWords = ({ status }: Line, isGroup: boolean, texts: PageTexts): string => {
  if (status === 'refused') return texts.chatRefused;
  if (status !== 'open') return texts.chatLoading;
  return isGroup ? texts.groupEmpty : texts.chatEmpty;
};

const Messages = ({ line, isGroup, texts }: { readonly line: Line; readonly isGroup: boolean; readonly texts: PageTexts }) => {
  const { messages } = line;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = end.current;
    if (list) list.scrollTop = list.scrollHeight;
  }, [messages]);
  return (
    <div class="messages" role="log" aria-live="polite" aria-label={texts.chat} tabIndex={0} ref={end}>
      {messages.length === 0 && <p class="nothing">{emptyWords(line, isGroup, texts)}</p>}
      {messages.map((message) => (
        <Bubble key={message.key} message={message} isLive={!isGroup} texts={texts} onSubmit={(value) => void line.post({ value })} />
      ))}
    </div>
  );
};

type BubbleProps = {
  readonly message: Message;
  readonly isLive: boolean;
  readonly texts: PageTexts;
  readonly onSubmit: (value: object) => void;
};

const Bubble = ({ message, isLive, texts, onSubmit }: BubbleProps) => (
  <article class={`bubble ${message.isMine ? 'is-mine' : 'is-bot'} ${message.card ? 'has-card' : ''}`}>
    <h3 class="hidden">{message.isMine ? texts.you : texts.bot}</h3>
    {message.card ? (
      <Card card={message.card} isLive={isLive} unreadable={message.text || texts.cardUnreadable} onSubmit={onSubmit} />
    ) : (
      <p class="bubble-text">{message.text}</p>
    )}
    {message.edition > 0 && <p class="bubble-foot">{texts.changed}</p>}
  </article>
);

const Writing = ({ line, name, texts }: { readonly line: Line; readonly name: string; readonly texts: PageTexts }) => {
  const [text, setText] = useState('');
  const [hasFailed, setFailed] = useState(false);
  const say = async (words: string): Promise<void> => {
    if (words.trim() === '') return;
    const isSent = await line.post({ text: words.trim() });
    setFailed(!isSent);
    if (isSent) setText((before) => (before === words ? '' : before));
  };
  return (
    <form
      class="writing"
      onSubmit={(event) => {
        event.preventDefault();
        void say(text);
      }}
    >
      {hasFailed && (
        <p class="chat-notice" role="alert">
          {texts.chatNotSent}
        </p>
      )}
      <div class="quick" role="group" aria-label={texts.quick}>
        {texts.quickReplies.map((reply, index) => (
          <button type="button" key={reply} class={`quick-button quick-${index}`} onClick={() => void say(reply)}>
            {reply}
          </button>
        ))}
      </div>
      <div class="writing-line">
        <label>
          <span class="hidden">{texts.writeLabel}</span>
          <input
            type="text"
            value={text}
            placeholder={put(texts.writeHere, { name })}
            autocomplete="off"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="send" disabled={text.trim() === ''}>
          {texts.send}
        </button>
      </div>
    </form>
  );
};
