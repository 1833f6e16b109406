import type { WebSocket } from 'ws';
import type { Passage, Transcripts } from '../../src/ports/conversations.ts';
import type { Log } from '../../src/ports/log.ts';
import { toWebChat } from './for-web-chat.ts';
import { limits } from './limits.ts';
import type { Session } from './verify.ts';

export type StreamDeps = {
  readonly transcripts: Transcripts;
  readonly seen: (session: Session, lines: Passage['lines']) => Promise<void>;
  readonly log: Log;
};

/** RFC 6455: going away is for a server that ends, try again later for one that has trouble. */
const tryAgainLater = 1013;

export const activitySet = (lines: Passage['lines'], watermark: number, isForWebChat: boolean): string =>
  `{"activities":[${lines.map(({ json }) => (isForWebChat ? toWebChat(json) : json)).join(',')}],"watermark":"${watermark}"}`;

/** Who follows, and from where. */
export type Follower = { readonly session: Session; readonly after: number | null; readonly isWebChat: boolean };

/**
 * Keeps one socket level with its conversation. What is pushed is sent at once when it is the next number; anything
 * else (a gap, a reconnect, the beginning) is read from the transcript, so that nothing is missed or said twice.
 */
export const followConversation = async (socket: WebSocket, { session, after, isWebChat }: Follower, deps: StreamDeps): Promise<void> => {
  const { transcripts, seen, log } = deps;
  let through = after;
  let isReading = false;
  let isBehind = false;

  const send = (lines: Passage['lines'], watermark: number): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.bufferedBytes) {
      socket.terminate();
      return;
    }
    socket.send(activitySet(lines, watermark, isWebChat));
    void seen(session, lines);
  };

  const catchUp = async (): Promise<void> => {
    isBehind = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isBehind) {
        isBehind = false;
        const { last, lines } = await transcripts.read(session.conversation, through);
        if (lines.length > 0) send(lines, last);
        through = last;
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'a conversation could not be read, its socket is closed');
      socket.close(tryAgainLater);
    } finally {
      isReading = false;
    }
  };

  const stop = await transcripts.listen(session.conversation, {
    heard: (number, json) => {
      if (!isReading && through !== null && number === through + 1) {
        through = number;
        send([{ number, json }], number);
      } else if (isReading || through === null || number > through) void catchUp();
    },
    missed: () => void catchUp(),
  });
  if (socket.readyState !== socket.OPEN) {
    stop();
    return;
  }
  socket.once('close', stop);
  await catchUp();
};
