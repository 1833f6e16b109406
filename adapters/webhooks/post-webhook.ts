import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import type { PostWebhook, Subscriber } from '../../src/ports/webhooks.ts';
import { limits } from './limits.ts';
import { isPrivate } from './private-addresses.ts';
import { signedHeaders } from './sign.ts';

class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
  readonly code = 'privateAddress';
}

/** Looks at what a name really stands for as it is connected to: what was looked up before may have changed meanwhile. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '', 0);
    const [first] = found;
    if (first === undefined || found.some(({ address }) => isPrivate(address))) return callback(new PrivateAddress(), '', 0);
    return options.all === true ? callback(null, found) : callback(null, first.address, first.family);
  });
};

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** The address is this machine's, and says so. */
export const isLoopbackHost = (hostname: string): boolean => loopback.test(hostname);

const hostOf = ({ url }: Subscriber): string => new URL(url).hostname;

const isRefused = (subscriber: Subscriber): boolean => {
  const bare = hostOf(subscriber).replaceAll(/[[\]]/g, '');
  return !subscriber.allowsPrivate && !isLoopbackHost(hostOf(subscriber)) && isIP(bare) !== 0 && isPrivate(bare);
};

const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: string };
  if (name === 'TimeoutError' || (typeof code === 'string' && code.includes('TIMEOUT'))) return 'timeout';
  return typeof code === 'string' ? code : (name ?? 'unknown');
};

/**
 * Signed posts over connections of each subscriber's own. Taken is what is answered with 2xx in time; nobody is followed
 * elsewhere, and the answer is read no further than its status.
 */
export const createPostWebhook = ({
  timeoutMs = limits.timeoutMs,
  now = Date.now,
}: { readonly timeoutMs?: number; readonly now?: () => number } = {}): {
  readonly post: PostWebhook;
  readonly close: () => Promise<void>;
} => {
  const agents = new Map<string, Agent>();
  const agentOf = (subscriber: Subscriber): Agent => {
    const known = agents.get(subscriber.name);
    if (known) return known;
    const mayBePrivate = subscriber.allowsPrivate || isLoopbackHost(hostOf(subscriber));
    const agent = new Agent({
      connections: 1,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: timeoutMs, ...(mayBePrivate ? {} : { lookup: publicLookup }) },
    });
    agents.set(subscriber.name, agent);
    return agent;
  };
  return {
    post: async (subscriber, message) => {
      if (isRefused(subscriber)) return { isTaken: false, code: 'privateAddress' };
      try {
        const { statusCode, body } = await request(subscriber.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': 'zaigang',
            ...signedHeaders(message, subscriber.secrets, now()),
          },
          body: message.body,
          dispatcher: agentOf(subscriber),
          signal: AbortSignal.timeout(timeoutMs),
        });
        await body.dump({ limit: limits.answerBytes }).catch(() => undefined);
        return statusCode >= 200 && statusCode < 300 ? { isTaken: true } : { isTaken: false, code: String(statusCode) };
      } catch (error) {
        return { isTaken: false, code: codeOf(error) };
      }
    },
    close: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
};
