import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bindings } from '../../src/ports/bindings.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Inbox, InboundMessage } from '../../src/ports/inbox.ts';
import type { Log } from '../../src/ports/log.ts';

/**
 * What the webhooks of all platforms share: bytes as they came, refusals with the right status, each counted, and the
 * way of a verified message into the inbox. What a signature is, and what a message looks like, each platform's own
 * folder knows.
 */

export type RawRequest = {
  readonly method: string;
  /** Parts of the path that the door's own has names for. */
  readonly params: { readonly [name: string]: string | undefined };
  /** Of whoever holds the other end of the connection: a proxy's, where there is one. */
  readonly address: string;
  readonly query: { readonly [name: string]: string | undefined };
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** As it came: signatures are over bytes. Empty where there was none. */
  readonly body: Buffer;
};

export type Answer = {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  /** In place of what the server says of itself. */
  readonly headers?: { readonly [name: string]: string };
};

/** Why a request is turned away. Nobody outside learns more than the status. */
export type RefusalReason = 'malformed' | 'badSignature' | 'stale' | 'foreign' | 'replayed' | 'tooLarge';

const statusOf: { readonly [reason in RefusalReason]: number } = {
  malformed: 400,
  badSignature: 401,
  stale: 401,
  foreign: 403,
  replayed: 409,
  tooLarge: 413,
};

/** Thrown by a door for what it doesn't take. */
export class Refused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`refused: ${reason}`);
    this.name = 'Refused';
    this.reason = reason;
  }
}

export type Door = {
  /** Of the channel: counted under it. */
  readonly name: string;
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  readonly maxBytes: number;
  /** Throws `Refused` for what is not from the platform, ZG_STORE_AWAY where nothing could be kept. */
  readonly handle: (request: RawRequest) => Promise<Answer>;
};

export type DoorDeps = {
  readonly log: Log;
  /** `taken`, or why not. */
  readonly count: (channel: string, what: 'taken' | RefusalReason) => void;
};

const firstOf = (value: unknown): string | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' ? one : undefined;
};

const toRaw = (request: FastifyRequest): RawRequest => {
  const query = (request.query ?? {}) as { readonly [name: string]: unknown };
  return {
    method: request.method,
    params: (request.params ?? {}) as { readonly [name: string]: string | undefined },
    address: request.ip,
    query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, firstOf(value)])),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, firstOf(value)])),
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
};

/** The metrics count each; the log is not for whoever knocks to fill. */
const toldEveryMs = 60_000;

/** A route of its own, in which nothing parses a body before the platform's signature has been looked at. */
export const registerDoor = (server: FastifyInstance, door: Door, { log, count }: DoorDeps): void => {
  const toldAt = new Map<RefusalReason, number>();
  const tell = (reason: RefusalReason): void => {
    const now = performance.now();
    if (now - (toldAt.get(reason) ?? Number.NEGATIVE_INFINITY) < toldEveryMs) return;
    toldAt.set(reason, now);
    log.warn({ channel: door.name, reason }, 'requests to a webhook are refused');
  };
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: door.maxBytes }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, _request, reply) => {
      const isTooLarge = (error as { readonly statusCode?: number }).statusCode === statusOf.tooLarge;
      if (!(error instanceof Refused) && !isTooLarge) throw error;
      const reason = error instanceof Refused ? error.reason : 'tooLarge';
      count(door.name, reason);
      tell(reason);
      return reply.code(statusOf[reason]).send();
    });
    scope.route({
      method: [...door.methods],
      url: door.path,
      bodyLimit: door.maxBytes,
      handler: async (request, reply) => {
        const { status, type, body, headers } = await door.handle(toRaw(request));
        count(door.name, 'taken');
        if (type !== undefined) reply.type(type);
        if (headers) reply.headers(headers);
        return reply.code(status).send(body ?? '');
      },
    });
  });
};

export type TakeDeps = {
  readonly bindings: Pick<Bindings, 'personOf'>;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly clock: Clock;
  /** What an account hears that belongs to nobody. */
  readonly answerStranger: (stranger: {
    readonly channel: string;
    readonly account: string;
    readonly text: string;
    readonly locale?: string;
  }) => Promise<string>;
  /** Says something to an account by the platform's own id for it, to it alone. */
  readonly sayToAccount: (account: string, text: string) => Promise<void>;
  readonly log: Log;
};

export type FromPlatform = Omit<InboundMessage, 'from' | 'receivedAt'> & { readonly account: string };

/**
 * Takes a verified message in: durable when it resolves. Whoever nobody knows is told how to be bound, in private and
 * never in a group; anything else of theirs has no effect.
 */
export const takeMessage = async (deps: TakeDeps, { account, ...message }: FromPlatform): Promise<'taken' | 'known' | 'stranger'> => {
  const personId = await deps.bindings.personOf(message.channel, account);
  if (personId !== undefined) {
    const isNew = await deps.inbox.put({ ...message, from: personId, receivedAt: deps.clock.now() });
    return isNew ? 'taken' : 'known';
  }
  const { channel, text = '', locale } = message;
  const answer = await deps.answerStranger({
    channel,
    account,
    text: message.isGroup ? '' : text,
    ...(locale === undefined ? {} : { locale }),
  });
  await deps
    .sayToAccount(account, answer)
    .catch((error: unknown) => deps.log.warn({ channel, error: String(error) }, 'a stranger could not be answered'));
  return 'stranger';
};
