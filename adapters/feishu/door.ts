import { bindingTextsOf } from '../../src/messages/binding-texts.ts';
import { fileTextsOf } from '../../src/messages/file-texts.ts';
import type { Bindings } from '../../src/ports/bindings.ts';
import type { Card } from '../../src/ports/channel.ts';
import type { Dispatches } from '../../src/ports/dispatches.ts';
import type { Notice } from '../../src/ports/notice.ts';
import type { Receipt } from '../../src/ports/receipts.ts';
import type { RunTurn } from '../bot/turn-runner.ts';
import { type Answer, type Door, type RawRequest, Refused, type TakeDeps, takeMessage } from '../bot/webhook-door.ts';
import { channelName, type FromFeishu, readEncrypted, readEvent } from './inbound.ts';
import { limits } from './limits.ts';
import { toCard } from './render.ts';
import { decrypt, verifySignature, verifyToken } from './verify.ts';

export type Shown = { readonly text: string; readonly card?: Card };

export type FeishuDoorDeps = TakeDeps & {
  readonly bindings: Pick<Bindings, 'personOf'>;
  readonly runTurn: RunTurn;
  readonly dispatches: Pick<Dispatches, 'find' | 'isReported' | 'markReported'>;
  readonly receive: (receipts: readonly Receipt[]) => Promise<void>;
  /** A reply as it is shown in answer to a pressed button. */
  readonly render: (notice: Notice) => Promise<Shown>;
  /** What could not be shown in the answer to a press. */
  readonly show: (account: string, shown: Shown, id: string) => Promise<void>;
  /** Whether this press comes for the first time: Feishu never repeats one, others may. */
  readonly isFirst: (eventId: string) => Promise<boolean>;
  readonly appId: string;
  readonly verificationToken: string;
  readonly encryptKey: string;
  readonly groupChatId?: string;
  /** Real time, epoch ms: the platform's stamps are. */
  readonly realNow: () => number;
  /** Real ms. */
  readonly pause?: (ms: number) => Promise<void>;
};

type Event = Extract<FromFeishu, { readonly kind: 'event' }>;
type Pressed = Extract<Event['said'], { readonly kind: 'press' }>;
type ReadBySomebody = Extract<Event['said'], { readonly kind: 'read' }>;

const json = (body: object): Answer => ({ status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(body) });
const toast = (content: string, type: 'info' | 'warning' = 'info'): Answer =>
  json({ toast: { type, content: content.slice(0, limits.toastLength) } });
const noNews = json({});

const pauseFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/**
 * Feishu's callback: its question whether the address is ours, messages, which are in the inbox before it hears 200, and
 * presses. To a press it wants the new card within three seconds, and puts the card back as it was if it is changed
 * before: so the turn is committed first and its reply is the answer. What takes longer is said afterwards.
 */
export const createFeishuDoor = (deps: FeishuDoorDeps): Door => {
  const { bindings, runTurn, render, show, isFirst, sayToAccount, dispatches, receive, clock, log, realNow, pause = pauseFor } = deps;
  const { appId, verificationToken, encryptKey, groupChatId } = deps;

  const open = ({ headers, body }: RawRequest): FromFeishu => {
    const signed = {
      timestamp: headers['x-lark-request-timestamp'],
      nonce: headers['x-lark-request-nonce'],
      signature: headers['x-lark-signature'],
    };
    const isSigned = signed.signature !== undefined;
    if (isSigned) verifySignature(signed, body, { encryptKey, staleAfterMs: limits.staleAfterMs }, realNow());
    const said = readEvent(decrypt(readEncrypted(body), encryptKey));
    verifyToken(said.token, verificationToken);
    // the question alone comes without a signature; whoever can encrypt and knows the token learns nothing from the answer
    if (!isSigned && said.kind !== 'challenge') throw new Refused('malformed');
    if (said.kind === 'event' && said.appId !== appId) throw new Refused('foreign');
    return said;
  };

  const warn = (what: string) => (error: unknown) => log.warn({ channel: channelName, error: String(error) }, what);

  /** A card that a group sees changes for everybody: there only the words go to whoever pressed. */
  const answerWith = async ([first, ...rest]: readonly Notice[], { account, chatId }: Pressed, id: string): Promise<Answer> => {
    for (const [index, notice] of rest.entries())
      await show(account, await render(notice), `${id}.${index}`).catch(warn('a reply to a press could not be said'));
    if (!first) return noNews;
    const shown = await render(first);
    if (!shown.card || chatId === groupChatId) return toast(shown.text);
    return json({ card: { type: 'raw', data: JSON.parse(toCard(shown.card)) as unknown } });
  };

  const press = async (said: Pressed, id: string): Promise<Answer> => {
    const { account, chatId, value } = said;
    const isGroup = chatId === groupChatId;
    const personId = await bindings.personOf(channelName, account);
    const message = { id: `${channelName}/${id}`, channel: channelName, conversation: chatId, isGroup, value };
    if (personId === undefined) {
      await takeMessage(deps, { ...message, account });
      return toast(bindingTextsOf('').unbound, 'warning');
    }
    if (!(await isFirst(id))) throw new Refused('replayed');
    const turn = runTurn({ ...message, from: personId, receivedAt: clock.now() });
    const isLate = await Promise.race([turn.then(() => false), pause(limits.answerWithinMs).then(() => true)]);
    if (!isLate) return answerWith(await turn, said, id);
    const showLate = async (): Promise<void> => {
      for (const [index, notice] of (await turn).entries()) await show(account, await render(notice), `${id}.${index}`);
    };
    void showLate().catch(warn('a press that took long came to nothing'));
    return noNews;
  };

  /** Of what was sent to them, and once: Feishu repeats what it has had no answer to. */
  const takeRead = async ({ account, messageIds }: ReadBySomebody): Promise<void> => {
    const personId = await bindings.personOf(channelName, account);
    if (personId === undefined) return;
    const receipts: Receipt[] = [];
    const told: string[] = [];
    for (const messageId of messageIds) {
      const dispatch = await dispatches.find(channelName, messageId);
      if (dispatch?.to !== personId || (await dispatches.isReported(channelName, messageId))) continue;
      receipts.push({ to: personId, about: dispatch.about, channel: channelName, outcome: { status: 'read' } });
      told.push(messageId);
    }
    await receive(receipts);
    for (const messageId of told) await dispatches.markReported(channelName, messageId);
  };

  const hear = async ({ id, said }: Event): Promise<Answer> => {
    if (said.kind === 'press') return press(said, id);
    if (said.kind === 'other') return noNews;
    if (said.kind === 'read') {
      await takeRead(said);
      return noNews;
    }
    const { account, isGroup } = said;
    if (said.kind === 'text') {
      const { messageId, chatId, text } = said;
      await takeMessage(deps, { id: `${channelName}/${messageId}`, channel: channelName, conversation: chatId, isGroup, account, text });
    } else if (!isGroup) {
      // nothing is fetched for anybody; a courtesy, said once or not at all
      await sayToAccount(account, fileTextsOf('').notHere).catch(warn('the refusal of a file could not be said'));
    }
    return noNews;
  };

  return {
    name: channelName,
    path: '/channels/feishu',
    methods: ['POST'],
    maxBytes: limits.callbackBytes,
    handle: async (request) => {
      const said = open(request);
      return said.kind === 'challenge' ? json({ challenge: said.challenge }) : hear(said);
    },
  };
};
