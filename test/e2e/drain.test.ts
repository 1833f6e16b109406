import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { expect, it } from 'vitest';
import { eventually, onlyTheRoundOfTen, startDemo } from '../support/demo.ts';

it('says that it is not ready and still serves for a while before it ends, its streams in order', async () => {
  const demo = await startDemo({ env: { DRAIN_SECONDS: '6' }, campaign: onlyTheRoundOfTen });
  const ready = async () => {
    const answer = await fetch(new URL('readyz', demo.url));
    return { status: answer.status, body: (await answer.json()) as { readonly reasons: readonly string[] } };
  };
  await eventually(ready, ({ status }) => status === 200);
  const stream = await fetch(new URL('api/live', demo.url));
  const read = text(stream.body as unknown as WebStream);
  const ended = once(demo.child, 'exit') as Promise<[number | null]>;
  demo.child.kill('SIGTERM');
  expect(await eventually(ready, ({ status }) => status === 503)).toMatchObject({ body: { reasons: ['this process is about to end'] } });
  expect((await fetch(new URL('healthz', demo.url))).status).toBe(200);
  expect((await fetch(new URL('api/people', demo.url))).status).toBe(200);
  // whole, and not broken off in the middle of an event
  expect(await read).toMatch(/^retry: 1000\n\n(?:[^]*\n\n)?$/u);
  expect((await ended)[0]).toBe(0);
});
