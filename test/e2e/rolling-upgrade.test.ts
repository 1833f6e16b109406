import { expect, it, onTestFinished } from 'vitest';
import { eventually, startDemo, type Demo } from '../support/demo.ts';
import { startRedis } from '../support/redis.ts';

const secret = 'a-secret-of-the-rolling-upgrade-long-enough-for-production';
const mobile = '138-0000-0037';

type Line = { readonly text?: string; readonly from: { readonly role?: string } };

const call = async (url: string, token: string, body?: object): Promise<Response> =>
  fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });

/** Most that a conversation keeps, less as many answers. */
const mostSaid = 90;

it('loses and doubles no message while one instance after the other is replaced', { timeout: 240_000 }, async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const start = (): Promise<Demo> =>
    startDemo({ campaign: {}, env: { ZAIGANG_MODE: 'production', DIRECTLINE_SECRET: secret, REDIS_URL: redis.url, WORKERS: '1' } });
  const instances: (Demo | undefined)[] = [await start(), await start()];
  const first = instances[0]!;
  const asked = await call(`${first.url}v3/directline/tokens/generate`, secret, { user: { id: mobile } });
  const { token, conversationId } = (await asked.json()) as { readonly token: string; readonly conversationId: string };
  const pathOf = ({ url }: Demo): string => `${url}v3/directline/conversations/${conversationId}/activities`;

  /** As a balancer does: to one that says it is ready; what was refused goes to the other under the same name. */
  const say = async (text: string): Promise<boolean> => {
    for (const one of instances.toSorted(() => Math.random() - 0.5)) {
      if (!one) continue;
      const taken = await call(pathOf(one), token, { type: 'message', text, channelData: { clientActivityID: text } }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (taken) return true;
    }
    return false;
  };
  let isOver = false;
  const said: string[] = [];
  const talking = (async () => {
    for (let count = 1; !isOver && count <= mostSaid; count++) {
      const text = `qqq ${count}`;
      await eventually(() => say(text), Boolean, 60_000);
      said.push(text);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();

  for (const index of [0, 1]) {
    const old = instances[index]!;
    const before = said.length;
    await eventually(
      async () => said.length,
      (count) => count > before + 3 || count === mostSaid,
      60_000,
    );
    instances[index] = undefined;
    // ends in order, though messages come in all the while
    expect(await old.end()).toBe(0);
    const ready = await fetch(`${instances[1 - index]!.url}readyz`);
    expect(ready.status).toBe(200);
    instances[index] = await start();
  }
  isOver = true;
  await talking;

  const heard = async (): Promise<readonly Line[]> =>
    ((await (await call(`${pathOf(instances[0]!)}?watermark=0`, token)).json()) as { readonly activities: readonly Line[] }).activities;
  const fromBot = ({ from }: Line): boolean => from.role === 'bot';
  const lines = await eventually(heard, (all) => all.filter(fromBot).length >= said.length, 60_000);
  expect(said.length).toBeGreaterThan(6);
  expect(lines.filter((line) => !fromBot(line)).map(({ text }) => text)).toEqual(said);
  expect(lines.filter(fromBot)).toHaveLength(said.length);
  for (const instance of instances) expect(await instance!.end()).toBe(0);
});
