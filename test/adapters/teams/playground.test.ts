import { readFileSync } from 'node:fs';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTurnRunner } from '../../../adapters/bot/turn-runner.ts';
import { toAnswer, toFault } from '../../../adapters/http/faults.ts';
import { registerBotFramework } from '../../../adapters/teams/bot-framework.ts';
import { BotFrameworkAdapter } from '../../../adapters/teams/verify.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { type Connector, startConnector } from './connector.ts';

type Recorded = { readonly [name in 'conversationUpdate' | 'message' | 'invoke']: object };
const recorded = JSON.parse(readFileSync(new URL('../../fixtures/agents-playground.json', import.meta.url), 'utf8')) as Recorded;

let connector: Connector;
let server: FastifyInstance;
let taken: InboundMessage[] = [];
let reachable: unknown[] = [];
let account: string | undefined;

const start = (appId?: string): void => {
  const log = quietLog();
  const replies = [{ to: 'm1', via: 'card', template: 'reply.confirmed' }] as const;
  const decide = async () => ({ transition: { writes: [], events: [], notices: [] }, replies });
  server = fastify();
  server.setErrorHandler((error, _request, reply) => reply.code(toAnswer(toFault(error)).status).send());
  registerBotFramework(server, {
    adapter: new BotFrameworkAdapter(appId === undefined ? {} : { appId, appPassword: 'x' }),
    inbox: { put: async (message) => taken.push(message) > 0 },
    runTurn: createTurnRunner({ decide, commit: async () => 'committed', log }),
    conversations: { rememberReference: async (_channel, personId, reference) => void reachable.push({ personId, reference }) },
    identify: async (_channel, { aadObjectId }) => (aadObjectId !== undefined && aadObjectId === account ? 'm1' : undefined),
    speakAs: async (one, text) => {
      if (text !== '13800000001') return undefined;
      account = one;
      return 'now you are m1';
    },
    answerStranger: async () => 'who are you?',
    render: async ({ template }) => ({ text: template, card: { title: template, tone: 'done', lines: [], facts: [], buttons: [] } }),
    mode: 'demo',
    hasAppId: appId !== undefined,
    count: () => {},
    clock: { now: () => 42 },
    log,
  });
};
const post = (name: keyof Recorded, more: object = {}) =>
  server.inject({ method: 'POST', url: '/api/messages', payload: { ...recorded[name], serviceUrl: connector.serviceUrl, ...more } });

beforeAll(async () => {
  connector = await startConnector();
});
afterEach(async () => {
  await server.close();
  [taken, reachable, account] = [[], [], undefined];
  connector.calls.length = 0;
});
afterAll(() => connector.close());

it('takes what the Agents Playground was recorded to send: somebody comes, says who they are, writes, and presses a button', async () => {
  start();
  expect((await post('conversationUpdate')).statusCode).toBe(200);
  expect((await post('message')).statusCode).toBe(200);
  expect(connector.calls.at(-1)).toMatchObject({ body: { text: 'who are you?' } });
  expect((await post('message', { id: 'n', text: '13800000001' })).statusCode).toBe(200);
  expect(taken).toEqual([]);
  expect(connector.calls.at(-1)).toMatchObject({ body: { text: 'now you are m1' } });
  expect(reachable).toMatchObject([{ personId: 'm1', reference: { user: { id: 'user-id-0' } } }]);
  expect((await post('message', { id: 'm' })).statusCode).toBe(200);
  expect(taken).toMatchObject([{ from: 'm1', text: '在岗', locale: 'en-US' }]);
  const answer = await post('invoke');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
});

it('makes nobody anybody in a group, or where the platform signs', async () => {
  start();
  await post('message', { conversation: { id: 'g', isGroup: true }, text: '13800000001' });
  expect([account, connector.calls]).toEqual([undefined, []]);
  await server.close();
  start('app-1');
  expect((await post('message', { text: '13800000001' })).statusCode).toBe(401);
  expect([account, connector.calls]).toEqual([undefined, []]);
});
