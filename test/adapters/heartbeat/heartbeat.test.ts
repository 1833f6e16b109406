import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHeartbeat } from '../../../adapters/heartbeat/heartbeat.ts';
import type { Log } from '../../../src/ports/log.ts';
import { eventually } from '../../support/demo.ts';
import { quietLog } from '../../support/quiet-log.ts';

const url = 'https://hc.example.cn/ping/secret';

const start = (answer: () => Promise<Response>) => {
  let faults: readonly string[] | Error = [];
  let beats = 0;
  let looks = 0;
  const lines: string[] = [];
  const write = (facts: object, text: string): void => void lines.push(`${text} ${JSON.stringify(facts)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const heartbeat = startHeartbeat({
    url,
    everyMs: 5,
    log,
    faults: async () => {
      looks += 1;
      if (faults instanceof Error) throw faults;
      return faults;
    },
    fetch: async (asked) => {
      expect(asked).toBe(url);
      beats += 1;
      return answer();
    },
  });
  const reach = (what: () => number, least: number): Promise<number> =>
    eventually(
      async () => what(),
      (found) => found >= least,
    );
  return {
    stop: heartbeat.stop,
    lines,
    beats: () => beats,
    breaks: (fault: readonly string[] | Error) => (faults = fault),
    untilBeats: (more: number) => reach(() => beats, beats + more),
    untilLooks: (more: number) => reach(() => looks, looks + more),
  };
};

describe('the sign of life', () => {
  it('is given again and again while everything works, and not once while something does not', async () => {
    const heart = start(async () => new Response('OK'));
    await heart.untilBeats(3);
    heart.breaks(['the delivery worker does not run']);
    await heart.untilLooks(2);
    const before = heart.beats();
    await heart.untilLooks(5);
    expect(heart.beats()).toBe(before);
    heart.breaks(new Error('Redis is away'));
    await heart.untilLooks(3);
    expect(heart.beats()).toBe(before);
    heart.breaks([]);
    await heart.untilBeats(2);
    heart.stop();
    // said once when it stops and once when it is given again
    expect(heart.lines.filter((line) => line.startsWith('no sign of life'))).toHaveLength(1);
    expect(heart.lines.filter((line) => line.startsWith('signs of life are given again'))).toHaveLength(1);
  });

  it('goes on where the address does not answer, and keeps the address to itself', async () => {
    const heart = start(async () => {
      throw new Error(`connect ECONNREFUSED ${url}`);
    });
    await heart.untilBeats(3);
    heart.stop();
    expect(heart.lines.length).toBeGreaterThan(0);
    expect(heart.lines.join('\n')).not.toContain('secret');
  });

  it('is not given any more once it has ended, also where somebody was still looking', async () => {
    const { promise: looking, resolve: found } = Promise.withResolvers<readonly string[]>();
    let beats = 0;
    const beat = async (): Promise<Response> => {
      beats += 1;
      return new Response('OK');
    };
    const heartbeat = startHeartbeat({ url, log: quietLog(), faults: () => looking, fetch: beat });
    heartbeat.stop();
    found([]);
    await new Promise(setImmediate);
    expect(beats).toBe(0);
  });

  it('goes on where whoever is called never answers', async () => {
    let calls = 0;
    const server = createServer(() => void (calls += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const silent = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const heartbeat = startHeartbeat({ url: silent, everyMs: 5, timeoutMs: 50, faults: async () => [], log: quietLog() });
    onTestFinished(async () => {
      heartbeat.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    await eventually(
      async () => calls,
      (made) => made >= 3,
    );
  });
});
