import type { RateRule } from '../../src/ports/rate-limits.ts';
import type { SendResult } from '../../src/ports/channel.ts';
import type { RegisteredTemplate } from '../bot/registered-template.ts';

/** One text message: what is put into the places of a registered template, for one number. */
export type TextMessage = {
  readonly mobile: string;
  readonly template: RegisteredTemplate;
  /** In the order of the template's places. */
  readonly values: readonly string[];
};

/** `reportId` comes back with the carrier's report. */
export type Texted = { readonly result: SendResult; readonly reportId?: string };

/** What may go to one number: of all messages, of those with a one-time code, of one template, or of the same content. */
export type NumberRule = { readonly by: 'number' | 'code' | 'template' | 'content'; readonly rules: readonly RateRule[] };

/** A cloud that sends text messages. */
export type SmsGateway = {
  readonly name: 'aliyunSms' | 'tencentSms';
  /** The name that the carriers put before each message, as it is registered. */
  readonly signature: string;
  readonly limits: {
    readonly perNumber: readonly NumberRule[];
    readonly perChannel: readonly RateRule[];
    readonly numbersPerCall: number;
    readonly placeUnits: number;
  };
  /** Loads the SDK, which takes half a second in which nothing else is done. */
  readonly load: () => Promise<void>;
  /** Messages with the same key may go in one call. */
  readonly keyOf: (message: TextMessage) => string;
  /** One call, of at most `numbersPerCall` messages with one key. One result for each, in order; never rejects. */
  readonly send: (messages: readonly TextMessage[]) => Promise<readonly Texted[]>;
};
