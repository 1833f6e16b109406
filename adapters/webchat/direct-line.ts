import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FileRef } from '../../src/domain/items/item.ts';
import type { Callers } from '../../src/ports/callers.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transcripts, Utterance } from '../../src/ports/conversations.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Files } from '../../src/ports/files.ts';
import type { Inbox } from '../../src/ports/inbox.ts';
import type { Log } from '../../src/ports/log.ts';
import { countRefusals } from '../bot/count-refusals.ts';
import { isLocalCaller } from '../bot/local-caller.ts';
import { createWindow } from '../bot/window.ts';
import type { DoorDeps } from '../bot/webhook-door.ts';
import { activityId } from './conversation-id.ts';
import { allowOtherPages } from './cross-origin.ts';
import { createDoors } from './doors.ts';
import { parsePosted, readPosted } from './inbound.ts';
import { isWebChat } from './for-web-chat.ts';
import { limits } from './limits.ts';
import { createSeen, type OnDelivered } from './seen.ts';
import { createSockets } from './sockets.ts';
import { activitySet } from './stream.ts';
import { takeDataUrls } from './take-files.ts';
import { registerUpload } from './upload.ts';
import type { Session, Tokens } from './verify.ts';
import { parseWatermark } from './watermark.ts';

export type DirectLineDeps = {
  readonly transcripts: Transcripts;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly files: Pick<Files, 'put'>;
  readonly callers: Callers;
  readonly tokens: Tokens;
  readonly mode: 'demo' | 'production';
  readonly directLineSecret?: string;
  readonly lasts?: (sessionKey: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  /** Messages `taken`, and whatever is refused. */
  readonly count: DoorDeps['count'];
  readonly onDelivered: OnDelivered;
  /** Real ms. */
  readonly realNow?: () => number;
  /** Where clients reach us, `https://duty.example.cn`; without it, the address they called. */
  readonly publicUrl?: string;
};

type InConversation = { Params: { id: string }; Querystring: { watermark?: unknown } };

/** In bytes; not a number where the sender does not say. */
const statedSize = ({ headers }: FastifyRequest): number => Number(headers['content-length']);

const channelName = 'webchat';

const hasAttachments = (body: unknown): boolean => typeof body === 'object' && body !== null && 'attachments' in body;

/** A socket's own request carries no name: the address that it is opened with does. */
const isFromWebChat = ({ headers }: FastifyRequest): boolean => isWebChat(headers['x-ms-bot-agent']);

const expiresInS = limits.tokenLifeMs / 1_000;

/**
 * Direct Line 3.0 as the product's own service, judged by `botframework-directlinejs` and `botframework-webchat`.
 * What differs from Microsoft's: a person has one lasting conversation; `messageUpdate` carries a card changed in
 * place, with the id of the message that it changes; Web Chat gets it as that message again.
 * Source: learn.microsoft.com, "Direct Line API 3.0 reference".
 */
export const registerDirectLine = (server: FastifyInstance, deps: DirectLineDeps): void => {
  const { transcripts, inbox, files, tokens, clock, log, count, realNow = () => performance.now() } = deps;
  const { saidPerWindow: most, saidWindowMs: windowMs } = limits;
  // nobody who speaks as people do costs a word to the other processes
  const maySay = createWindow({ of: 'said', most, windowMs, realNow, alone: most / 4 }, server.sharedLimits);
  const mayFile = createWindow({ of: 'filed', most: limits.filedPerWindow, windowMs: limits.filedWindowMs, realNow }, server.sharedLimits);
  const { readPerWindow, readWindowMs } = limits;
  const mayRead = createWindow(
    { of: 'read', most: readPerWindow, windowMs: readWindowMs, realNow, alone: readPerWindow / 4 },
    server.sharedLimits,
  );
  allowOtherPages(server, deps.mode);
  const doors = createDoors(deps);
  const seen = createSeen(transcripts, deps.onDelivered, log);
  const refusedSockets = new WeakMap<IncomingMessage, unknown>();
  /** A socket that is refused is answered like any other request. */
  const refuseSocket = (request: IncomingMessage, socket: Duplex, error: unknown): void => {
    refusedSockets.set(request, error);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once('finish', () => socket.end());
    server.server.emit('request', request, response);
  };
  const sockets = createSockets(doors, { transcripts, seen, log }, refuseSocket);

  const streamUrl = (request: FastifyRequest, session: Session, watermark: number | null): string => {
    const forwarded = request.headers['x-forwarded-proto'] === 'https' ? 'https' : request.protocol;
    const base = (deps.publicUrl ?? `${forwarded}://${request.headers.host}`).replace(/^http/, 'ws').replace(/\/$/, '');
    const client = isFromWebChat(request) ? '&client=WebChat' : '';
    const query = `watermark=${watermark ?? ''}&t=${tokens.issue(session, 'stream')}${client}`;
    return `${base}/v3/directline/conversations/${session.conversation}/stream?${query}`;
  };
  const toToken = (session: Session) => ({ conversationId: session.conversation, token: tokens.issue(session), expires_in: expiresInS });
  const toConversation = (request: FastifyRequest, session: Session, watermark: number | null) => ({
    ...toToken(session),
    streamUrl: streamUrl(request, session, watermark),
    referenceGrammarId: session.conversation,
  });

  /** What the inbox has taken has its effect: a client that heard of a failure now would post it, and cause it, again. */
  const show = async (utterance: Utterance): Promise<number> => {
    try {
      return (await transcripts.append(utterance)).number;
    } catch (error) {
      log.warn({ error: String(error) }, 'a message was taken, but its conversation could not be shown it');
      return 0;
    }
  };

  const post = async (session: Session, body: unknown, uploaded: readonly FileRef[] = []): Promise<string> => {
    const posted = parsePosted(body, uploaded.length > 0);
    // typing, joining and the like: heard, and of no consequence
    if (posted.type !== 'message') return activityId(session.conversation, 0);
    // Kept before the inbox takes the message: what a message names is there.
    const kept = posted.attachments ? [...uploaded, ...(await takeDataUrls(posted.attachments, files, uploaded.length))] : uploaded;
    const { message, utterance } = readPosted(posted, session, clock.now(), kept);
    // Written together, and the line first: an answer must never stand above what it answers.
    const shown = show(utterance);
    await inbox.put(message);
    count(channelName, 'taken');
    return activityId(session.conversation, await shown);
  };

  const enterFrom = (request: FastifyRequest): Promise<Session> =>
    doors.enter(request.headers.authorization, (request.params as InConversation['Params']).id);

  const enterToRead = async ({ headers: { authorization } }: FastifyRequest, conversation?: string): Promise<Session> => {
    const session = await doors.enter(authorization, conversation);
    await mayRead(session.personId);
    return session;
  };

  const refusalOf = (request: FastifyRequest): Promise<Error | undefined> =>
    enterFrom(request).then(
      () => undefined,
      (error: Error) => error,
    );
  /** Nobody unknown has us read more than a message's worth; not async, because every message passes here. */
  const knowSenderOfMuch = (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    const admit = async (): Promise<void> => done(await refusalOf(request));
    if (statedSize(request) <= limits.bodyBytes) done();
    else void admit();
  };

  const routes = async (scope: FastifyInstance): Promise<void> => {
    countRefusals(scope, channelName, count);
    scope.post('/tokens/generate', async (request) => {
      const knock = { isLocal: isLocalCaller(request.raw), authorization: request.headers.authorization, body: request.body };
      return toToken(await doors.open(knock));
    });
    scope.post('/tokens/refresh', async (request) => toToken(await enterToRead(request)));
    scope.post('/conversations', async (request, reply) => {
      const session = await enterToRead(request);
      return reply.code(201).send(toConversation(request, session, null));
    });
    scope.get<InConversation>('/conversations/:id', async (request) => {
      const session = await enterToRead(request, request.params.id);
      return toConversation(request, session, parseWatermark(request.query.watermark));
    });
    scope.get<InConversation>('/conversations/:id/activities', async (request, reply) => {
      const session = await enterToRead(request, request.params.id);
      const { last, lines } = await transcripts.read(session.conversation, parseWatermark(request.query.watermark));
      void seen(session, lines);
      return reply.type('application/json; charset=utf-8').send(activitySet(lines, last, isFromWebChat(request)));
    });
    const posting = { bodyLimit: limits.bodyWithFilesBytes, onRequest: knowSenderOfMuch };
    scope.post<InConversation>('/conversations/:id/activities', posting, async (request) => {
      const session = await doors.enter(request.headers.authorization, request.params.id);
      await maySay(session.personId);
      if (hasAttachments(request.body)) await mayFile(session.personId);
      if (statedSize(request) > limits.bodyBytes && !hasAttachments(request.body)) throw new Fault('ZG_TOO_LARGE');
      return { id: await post(session, request.body) };
    });
    scope.get('/conversations/:id/stream', async (request) => {
      throw refusedSockets.get(request.raw) ?? new Fault('ZG_NO_SUCH_PATH', 'a stream is opened as a WebSocket');
    });
    scope.get('/session/getsessionid', async () => ({ sessionId: '' }));
    await scope.register((uploads) =>
      registerUpload(uploads, {
        files,
        enter: async (request) => {
          const { personId } = await enterFrom(request);
          await maySay(personId);
          await mayFile(personId);
        },
        post: async (request, upload) => post(await enterFrom(request), upload.activity ?? { type: 'message' }, upload.files),
      }),
    );
  };

  server.register(routes, { prefix: '/v3/directline' });
  server.server.on('upgrade', sockets.upgrade);
  server.addHook('preClose', async () => sockets.close());
};
