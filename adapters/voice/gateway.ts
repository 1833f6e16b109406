import type { SendResult } from '../../src/ports/channel.ts';
import type { RateRule } from '../../src/ports/rate-limits.ts';
import type { RegisteredTemplate } from '../bot/registered-template.ts';

/** One call that says the words of a registered template. */
export type VoiceCall = {
  /** Digits; a landline with its area. */
  readonly number: string;
  readonly template: RegisteredTemplate;
  /** In the order of the template's places. */
  readonly values: readonly string[];
  /** Keys that mean something; none where nothing is asked. */
  readonly keys: readonly string[];
};

/** A cloud that calls telephones. */
export type VoiceGateway = {
  readonly name: 'aliyunVoice' | 'tencentVoice';
  readonly limits: { readonly perRecipient: readonly RateRule[]; readonly perChannel: readonly RateRule[]; readonly placeUnits: number };
  /** Loads the SDK, which takes half a second in which nothing else is done. */
  readonly load: () => Promise<void>;
  /** The call's id, which its reports carry. Throws CloudError and PlatformUnreachable. */
  readonly call: (call: VoiceCall) => Promise<string>;
  readonly toFailure: (error: unknown) => SendResult;
};
