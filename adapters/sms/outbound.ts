import { hash } from 'node:crypto';
import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { Dispatches } from '../../src/ports/dispatches.ts';
import type { Log } from '../../src/ports/log.ts';
import { isStoreAway } from '../../src/ports/fault.ts';
import type { RateLimits } from '../../src/ports/rate-limits.ts';
import { toUnanswered } from '../bot/failures.ts';
import { readMobile } from '../bot/phone-number.ts';
import { fillPlaces, templateFor, type Templates } from '../bot/registered-template.ts';
import { doWork, type Work } from '../bot/send-work.ts';
import type { NumberRule, SmsGateway, TextMessage } from './gateway.ts';
import { limits } from './limits.ts';

/**
 * Text messages. They say what is registered, in the words of a template, to the number on file; whether one arrived the
 * carrier reports later. Nothing that went out can be changed.
 */

export type SmsChannelDeps = {
  readonly gateway: SmsGateway;
  readonly templates: Templates;
  /** The number on file; undefined for everybody disabled. */
  readonly mobileOf: (personId: string) => string | undefined;
  readonly nameOf: (personId: string) => string;
  readonly dispatches: Pick<Dispatches, 'remember'>;
  readonly rates: Pick<RateLimits, 'take'>;
  readonly log: Log;
};

type Addressed = { readonly index: number; readonly message: OutgoingMessage; readonly text: TextMessage };

const nothing: SendResult = { status: 'sent', isDelivered: false };

export const createSmsChannel = ({ gateway, templates, mobileOf, nameOf, dispatches, rates, log }: SmsChannelDeps): Channel => {
  const { name, signature } = gateway;

  const numberOf = (to: string): string | undefined => {
    const mobile = to.startsWith('m') ? mobileOf(to) : undefined;
    return mobile === undefined ? undefined : readMobile(mobile);
  };

  const textOf = (message: OutgoingMessage, mobile: string): TextMessage => {
    const template = templateFor(templates, message);
    const { placeUnits } = gateway.limits;
    const room = { placeUnits, messageUnits: limits.messageUnits };
    return { mobile, template, values: fillPlaces(template, message, { name: nameOf(message.to), signature, limits: room }) };
  };

  /** Which count a message falls under; undefined for one that the rule does not speak of. */
  const countOf = (by: NumberRule['by'], { message, text }: Addressed): string | undefined => {
    if (by === 'number') return 'all';
    if (by === 'content') return hash('sha256', gateway.keyOf(text), 'base64url');
    return (message.code !== undefined) === (by === 'code') ? text.template.id : undefined;
  };

  /** Not sent, and to come back later: some carriers drop the excess in silence. */
  const heldBack = async (one: Addressed): Promise<SendResult | undefined> => {
    for (const { by, rules } of gateway.limits.perNumber) {
      const count = countOf(by, one);
      const taken = count === undefined ? undefined : await rates.take(`${name}:${one.text.mobile}:${by}:${count}`, rules);
      if (!taken || taken.isTaken) continue;
      const { retryAfterMs } = taken;
      return { status: 'transient', code: 'limited', retryAfterMs, triesNext: retryAfterMs > limits.longWaitMs };
    }
    return undefined;
  };

  const holdBack = async (addressed: readonly Addressed[], results: Map<number, SendResult>): Promise<readonly Addressed[]> => {
    const free: Addressed[] = [];
    for (const one of addressed) {
      const held = await heldBack(one).catch((error: unknown) => {
        if (isStoreAway(error)) return toUnanswered(error);
        throw error;
      });
      if (held) results.set(one.index, held);
      else free.push(one);
    }
    return free;
  };

  /** Without it the message is there all the same, and only its report has nobody to go to. */
  const remember = async (reportId: string, { message }: Addressed): Promise<void> => {
    const { to, about = [] } = message;
    if (about.length === 0) return;
    await dispatches
      .remember(name, reportId, { to, about })
      .catch((error: unknown) => log.warn({ channel: name, error: String(error) }, 'a text message will have no report'));
  };

  const post = async (call: readonly Addressed[]): ReturnType<Work['run']> => {
    const texted = await gateway.send(call.map(({ text }) => text));
    await Promise.all(texted.map(async ({ reportId }, at) => reportId === undefined || remember(reportId, call[at]!)));
    return call.map(({ index }, at) => [index, texted[at]?.result ?? { status: 'transient', code: 'no result' }] as const);
  };

  const toWork = (addressed: readonly Addressed[]): readonly Work[] =>
    [...Map.groupBy(addressed, ({ text }) => gateway.keyOf(text)).values()].flatMap((alike) => {
      const calls: Work[] = [];
      for (let from = 0; from < alike.length; from += gateway.limits.numbersPerCall) {
        const call = alike.slice(from, from + gateway.limits.numbersPerCall);
        calls.push({ indexes: call.map(({ index }) => index), run: () => post(call) });
      }
      return calls;
    });

  return {
    name,
    capabilities: { vias: ['sms'], canUpdate: false, canReachGroups: false, receipts: limits.receipts, batchSize: limits.batchSize },
    canReach: async (to) => numberOf(to) !== undefined,
    send: async (messages) => {
      const results = new Map<number, SendResult>();
      const addressed = messages.flatMap((message, index): readonly Addressed[] => {
        if (message.isUpdate) {
          results.set(index, nothing);
          return [];
        }
        const mobile = numberOf(message.to);
        return mobile === undefined ? [] : [{ index, message, text: textOf(message, mobile) }];
      });
      await doWork(toWork(await holdBack(addressed, results)), results, limits.concurrent);
      return messages.map((_, index) => results.get(index) ?? { status: 'permanent', code: 'noMobile' });
    },
  };
};
