import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPlatformHttp } from '../../adapters/bot/platform-http.ts';
import { createPulse } from '../../adapters/bot/pulse.ts';
import { guardChannel } from '../../adapters/guard/guard-channel.ts';
import { createRateLimits } from '../../adapters/limits/redis-rate-limits.ts';
import { createSharedTokens } from '../../adapters/redis/shared-tokens.ts';
import { createWecomApi } from '../../adapters/wecom/api.ts';
import { limits } from '../../adapters/wecom/limits.ts';
import { createWecomChannel, sendPath } from '../../adapters/wecom/outbound.ts';
import { createBindings } from '../../src/app/binding/bindings.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { breaker } from '../../src/wiring/platform-parts.ts';
import type { Stage } from './stage.ts';

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** WeCom as far as sending goes, on loopback: it counts, and can fall silent. */
export const startWecomSink = async () => {
  const seen = { calls: 0, recipients: 0, isSilent: false };
  const server = createServer((request, response) => {
    if (seen.isSilent) return;
    const answer = (body: object): void => void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url?.includes('/gettoken')) return answer({ errcode: 0, access_token: 'token', expires_in: 7_200 });
    void bodyOf(request).then((body) => {
      if (request.url?.includes(sendPath)) {
        const { touser, msgtype } = JSON.parse(body) as { readonly touser: string; readonly msgtype: string };
        // somebody may be asked at a time of their own meanwhile, with a card
        if (msgtype === 'text') {
          seen.calls += 1;
          seen.recipients += touser.split('|').length;
        }
      }
      answer({ errcode: 0, msgid: 'x' });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    seen,
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** As the service puts it together. */
export const openWecomChannel = ({ redis, keys, settings, world }: Stage, base: string): Channel => {
  const pulse = createPulse();
  const rates = createRateLimits(redis, keys.prefix);
  const http = createPlatformHttp({ base, timeoutMs: limits.timeoutMs, pulse });
  const api = createWecomApi({
    http,
    tokens: createSharedTokens(redis, settings.bureau),
    rates,
    corpId: 'ww1',
    agentId: 1,
    secret: 'secret',
  });
  const channel = createWecomChannel({
    api,
    agentId: 1,
    bindings: createBindings(world),
    mobileOf: (personId) => world.directory.people.get(personId)?.mobile,
  });
  const rules = { ...breaker, perRecipient: limits.perRecipient, perChannel: [], timeoutMs: limits.batchTimeoutMs };
  return guardChannel(channel, { limits: rates, rules, silentForMs: pulse.silentForMs });
};

const atATime = 100;

/** Everybody's account on a platform, as its directory would have given it. */
export const bindPeople = async ({ world }: Stage, channel: string, people: readonly string[]): Promise<void> => {
  const bindings = createBindings(world);
  for (let from = 0; from < people.length; from += atATime)
    await Promise.all(people.slice(from, from + atATime).map((id) => bindings.bindByDirectory(channel, `account.${id}`, id)));
};
