import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { expect, it } from 'vitest';
import { limits } from '../../../adapters/webchat/limits.ts';
import { followConversation } from '../../../adapters/webchat/stream.ts';
import type { Listener, Passage, Transcripts } from '../../../src/ports/conversations.ts';
import { quietLog } from '../../support/quiet-log.ts';

/** A socket whose peer reads as slowly as we like. */
class SlowSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  isTerminated = false;
  closedWith: number | undefined;
  send(text: string): void {
    this.sent.push(text);
  }
  terminate(): void {
    this.isTerminated = true;
    this.readyState = 3;
    this.emit('close');
  }
  close(code: number): void {
    this.closedWith = code;
  }
}

const setUp = async (after: number | null = 0) => {
  const socket = new SlowSocket();
  const said: string[] = [];
  let listener: Listener | undefined;
  let failure: Error | undefined;
  const transcripts = {
    read: async (_conversation: string, from: number | null): Promise<Passage> => {
      if (failure) throw failure;
      return {
        last: said.length,
        lines: said.map((json, index) => ({ number: index + 1, json })).filter(({ number }) => number > (from ?? 0)),
      };
    },
    listen: async (_conversation: string, listening: Listener) => {
      listener = listening;
      return () => void (listener = undefined);
    },
  } as Partial<Transcripts> as Transcripts;
  const follow = (): Promise<void> =>
    followConversation(
      socket as unknown as WebSocket,
      { session: { personId: 'm1', conversation: 'c-m1' }, after, isWebChat: false },
      {
        transcripts,
        seen: async () => {},
        log: quietLog(),
      },
    );
  const watermarks = (): string[] => socket.sent.map((text) => (JSON.parse(text) as { watermark: string }).watermark);
  return {
    socket,
    said,
    follow,
    watermarks,
    fail: (error: Error | undefined) => void (failure = error),
    isListening: () => listener !== undefined,
    push: (number: number) => listener?.heard(number, said[number - 1]!),
    lose: () => listener?.missed(),
  };
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('closes a socket that does not read, and stops listening for it', async () => {
  const { socket, said, follow, push, isListening } = await setUp();
  await follow();
  said.push('{"a":1}');
  socket.bufferedAmount = limits.bufferedBytes + 1;
  push(1);
  expect(socket.sent).toEqual([]);
  expect(socket.isTerminated).toBe(true);
  expect(isListening()).toBe(false);
});

it('fetches what a push skipped, and ignores what it has', async () => {
  const { said, follow, push, watermarks } = await setUp();
  await follow();
  said.push('{"a":1}', '{"a":2}', '{"a":3}');
  push(1);
  push(3);
  await settled();
  push(2);
  push(3);
  await settled();
  expect(watermarks()).toEqual(['1', '3']);
});

it('fetches again after the connection to Redis was lost', async () => {
  const { said, follow, lose, watermarks } = await setUp();
  await follow();
  said.push('{"a":1}', '{"a":2}');
  lose();
  await settled();
  expect(watermarks()).toEqual(['2']);
});

it('sends its client away when the store cannot be read, to come back with its watermark', async () => {
  const { socket, said, follow, push, fail } = await setUp();
  await follow();
  said.push('{"a":1}', '{"a":2}');
  fail(new Error('away'));
  push(2);
  await settled();
  expect(socket.closedWith).toBe(1013);
});
