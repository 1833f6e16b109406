import { useRef, useState } from 'preact/hooks';
import type { PageTexts } from '../../messages/page-texts.ts';
import { FileLink } from '../parts/file-link.tsx';
import { Card } from './card.tsx';
import { useKeptAtEnd } from './keep-at-end.ts';
import type { Message } from './messages.ts';
import { type Line, useDirectLine } from './use-direct-line.ts';
import { Writing } from './writing.tsx';

export type ConversationProps = { readonly mobile: string; readonly name: string; readonly isGroup: boolean; readonly texts: PageTexts };

/** A person's conversation as they would see it, or the office's group to read. */
export const Conversation = ({ mobile, name, isGroup, texts }: ConversationProps) => {
  const line = useDirectLine(mobile, isGroup, texts.actions);
  const [isPressLost, setPressLost] = useState(false);
  const press = async (value: object, title: string | undefined): Promise<void> =>
    setPressLost(!(await line.post({ value, ...(title === undefined ? {} : { title }) })).isSent);
  return (
    <>
      {(line.status === 'lost' || isPressLost) && (
        <p class="chat-notice" role="status">
          {line.status === 'lost' ? texts.chatLost : texts.chatNotSent}
        </p>
      )}
      <Messages line={line} isGroup={isGroup} texts={texts} onSubmit={(value, title) => void press(value, title)} />
      {!isGroup && line.status !== 'refused' && <Writing line={line} name={name} texts={texts} />}
    </>
  );
};

const emptyWords = ({ status }: Line, isGroup: boolean, texts: PageTexts): string => {
  if (status === 'refused') return texts.chatRefused;
  if (status !== 'open') return texts.chatLoading;
  return isGroup ? texts.groupEmpty : texts.chatEmpty;
};

type MessagesProps = {
  readonly line: Line;
  readonly isGroup: boolean;
  readonly texts: PageTexts;
  readonly onSubmit: (value: object, title: string | undefined) => void;
};

const Messages = ({ line, isGroup, texts, onSubmit }: MessagesProps) => {
  const { messages } = line;
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useKeptAtEnd(list, content, messages.filter(({ isMine }) => isMine).length);
  return (
    <div class="messages" role="log" aria-live="polite" aria-label={texts.chat} tabIndex={0} ref={list}>
      <div class="messages-content" ref={content}>
        {messages.length === 0 && <p class="nothing">{emptyWords(line, isGroup, texts)}</p>}
        {messages.map((message) => (
          <Bubble key={message.key} message={message} isLive={!isGroup} texts={texts} onSubmit={onSubmit} />
        ))}
      </div>
    </div>
  );
};

type BubbleProps = {
  readonly message: Message;
  readonly isLive: boolean;
  readonly texts: PageTexts;
  readonly onSubmit: MessagesProps['onSubmit'];
};

const Bubble = ({ message, isLive, texts, onSubmit }: BubbleProps) => (
  <article class={`bubble ${message.isMine ? 'is-mine' : 'is-bot'} ${message.card ? 'has-card' : ''}`}>
    <h3 class="hidden">{message.isMine ? texts.you : texts.bot}</h3>
    {message.card ? (
      <Card card={message.card} isLive={isLive} unreadable={message.text || texts.cardUnreadable} onSubmit={onSubmit} />
    ) : (
      message.text !== '' && <p class="bubble-text">{message.text}</p>
    )}
    {message.files.length > 0 && (
      <ul class="bubble-files">
        {message.files.map((file) => (
          <li key={file.href}>
            <FileLink {...file} />
          </li>
        ))}
      </ul>
    )}
    {message.edition > 0 && <p class="bubble-foot">{texts.changed}</p>}
  </article>
);
