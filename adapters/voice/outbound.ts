import type { Card, Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { Dispatch, Dispatches } from '../../src/ports/dispatches.ts';
import type { Log } from '../../src/ports/log.ts';
import { readLandline, readMobile } from '../bot/phone-number.ts';
import { fillPlaces, templateFor, type Templates } from '../bot/registered-template.ts';
import { doWork, type Work } from '../bot/send-work.ts';
import type { VoiceGateway } from './gateway.ts';
import { limits } from './limits.ts';

/**
 * Telephone calls, to the mobile of a person and to the landline of a post. A call says the words of a registered
 * template; keys stand for the buttons of the card: 1 acknowledges, 2 passes on, 3 calls for help. That somebody was
 * called, that it rang and that it was picked up are receipts; a key alone is an answer.
 */

export type VoiceChannelDeps = {
  readonly gateway: VoiceGateway;
  readonly templates: Templates;
  /** The number on file: of a person who is not disabled, or of a post's landline. */
  readonly numberOf: (to: string) => string | undefined;
  readonly nameOf: (to: string) => string;
  readonly dispatches: Pick<Dispatches, 'remember'>;
  readonly log: Log;
};

const keyOf: { readonly [action: string]: string } = { acknowledge: '1', passOn: '2', help: '3' };

/** What each key stands for. */
export const keysOf = (card: Card | undefined): NonNullable<Dispatch['keys']> =>
  Object.fromEntries(
    (card?.buttons ?? []).flatMap(({ value }) => {
      const key = keyOf[value.action];
      const said = Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const]));
      return key === undefined ? [] : [[key, Object.fromEntries(said)] as const];
    }),
  );

type Addressed = { readonly index: number; readonly message: OutgoingMessage; readonly number: string };

export const createVoiceChannel = ({ gateway, templates, numberOf, nameOf, dispatches, log }: VoiceChannelDeps): Channel => {
  const { name } = gateway;

  const dialled = (to: string): string | undefined => {
    const number = numberOf(to);
    if (number === undefined) return undefined;
    return to.startsWith('l:') ? readLandline(number) : readMobile(number);
  };

  const ring = async ({ message, number }: Addressed): Promise<SendResult> => {
    const { to, card, about = [] } = message;
    const keys = keysOf(card);
    const template = templateFor(templates, message);
    const room = { placeUnits: gateway.limits.placeUnits, messageUnits: limits.messageUnits };
    const values = fillPlaces(template, message, { name: nameOf(to), signature: '', limits: room });
    try {
      const callId = await gateway.call({ number, template, values, keys: Object.keys(keys).toSorted() });
      await dispatches
        .remember(name, callId, { to, about, keys })
        .catch((error: unknown) => log.error({ channel: name, error: String(error) }, 'keys pressed in a call will find nobody'));
      return { status: 'sent', isDelivered: false, platformMessageId: callId };
    } catch (error) {
      return gateway.toFailure(error);
    }
  };

  return {
    name,
    capabilities: { vias: ['voice'], canUpdate: false, canReachGroups: false, receipts: limits.receipts, batchSize: limits.batchSize },
    canReach: async (to) => dialled(to) !== undefined,
    send: async (messages) => {
      const results = new Map<number, SendResult>();
      const work: Work[] = [];
      for (const [index, message] of messages.entries()) {
        const number = dialled(message.to);
        if (message.isUpdate) results.set(index, { status: 'sent', isDelivered: false });
        else if (number !== undefined) work.push({ indexes: [index], run: async () => [[index, await ring({ index, message, number })]] });
      }
      await doWork(work, results, limits.concurrent);
      return messages.map((_, index) => results.get(index) ?? { status: 'permanent', code: 'noNumber' });
    },
  };
};
