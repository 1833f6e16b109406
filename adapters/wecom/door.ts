import type { Bindings } from '../../src/ports/bindings.ts';
import type { Conversations } from '../../src/ports/conversations.ts';
import type { EnvelopeKey } from '../bot/envelope.ts';
import { type Door, type RawRequest, type TakeDeps, takeMessage } from '../bot/webhook-door.ts';
import { channelName, readEncrypted, readMessage } from './inbound.ts';
import { limits } from './limits.ts';
import { verify } from './verify.ts';

export type WecomDoorDeps = TakeDeps & {
  readonly bindings: Pick<Bindings, 'personOf'>;
  readonly conversations: Pick<Conversations, 'rememberMessages'>;
  readonly token: string;
  readonly key: EnvelopeKey;
  /** Real time, epoch ms: the platform's stamps are. */
  readonly realNow: () => number;
};

const noNews = { status: 200 } as const;

/**
 * WeCom's callback: first its question whether the address is ours, then messages and presses. It waits five seconds
 * and tries three times; whatever is taken is in the inbox before it hears 200.
 */
export const createWecomDoor = (deps: WecomDoorDeps): Door => {
  const { token, key, realNow, conversations, bindings } = deps;

  const open = ({ query }: RawRequest, encrypted: string | undefined): string =>
    verify(
      { timestamp: query['timestamp'], nonce: query['nonce'], signature: query['msg_signature'], encrypted },
      { token, key, staleAfterMs: limits.staleAfterMs },
      realNow(),
    );

  const hear = async (text: string): Promise<void> => {
    const said = readMessage(text);
    if (said.kind === 'other') return;
    const { id, account } = said;
    const message = { id: `wecom/${id}`, channel: channelName, conversation: account, isGroup: false, account };
    if (said.kind === 'text') {
      await takeMessage(deps, { ...message, text: said.text });
      return;
    }
    const { pressed, responseCode } = said;
    const personId = await bindings.personOf(channelName, account);
    // each press brings the right to change the card once more
    if (personId !== undefined && pressed.cardKey !== undefined && responseCode !== undefined)
      await conversations.rememberMessages(channelName, [{ to: personId, cardKey: pressed.cardKey, platformMessageId: responseCode }]);
    await takeMessage(deps, { ...message, value: pressed.value });
  };

  return {
    name: channelName,
    path: '/channels/wecom',
    methods: ['GET', 'POST'],
    maxBytes: limits.callbackBytes,
    handle: async (request) => {
      if (request.method === 'GET') return { status: 200, type: 'text/plain', body: open(request, request.query['echostr']) };
      await hear(open(request, readEncrypted(request.body)));
      return noNews;
    },
  };
};
