import { createAnswerDoor } from '../../adapters/email/answer-page.ts';
import { limits } from '../../adapters/email/limits.ts';
import { channelName, createEmailChannel } from '../../adapters/email/outbound.ts';
import { openMailTransport } from '../../adapters/email/transport.ts';
import type { EmailSettings } from '../config/email.ts';
import type { OpenedPlatform, PlatformParts } from './platform-parts.ts';

export const openEmail = (settings: EmailSettings, { emailOf, guard, answerLinks, limits: shared }: PlatformParts): OpenedPlatform => {
  const { from, domain } = settings;
  const transport = openMailTransport(settings);
  const links = answerLinks(channelName);
  const { perRecipient, perChannel, batchTimeoutMs: timeoutMs } = limits;
  return {
    channels: [
      guard(createEmailChannel({ transport, emailOf, from, domain, answerUrlsOf: links.urlsOf }), { perRecipient, perChannel, timeoutMs }),
    ],
    doors: [createAnswerDoor(links, shared)],
    listen: async () => ({ stop: transport.close }),
  };
};
