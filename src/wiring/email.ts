import { limits } from '../../adapters/email/limits.ts';
import { createEmailChannel } from '../../adapters/email/outbound.ts';
import { openMailTransport } from '../../adapters/email/transport.ts';
import type { EmailSettings } from '../config/email.ts';
import type { OpenedPlatform, PlatformParts } from './platform-parts.ts';

export const openEmail = (settings: EmailSettings, { emailOf, guard }: PlatformParts): OpenedPlatform => {
  const { from, domain } = settings;
  const transport = openMailTransport(settings);
  const { perRecipient, perChannel, batchTimeoutMs: timeoutMs } = limits;
  return {
    channels: [guard(createEmailChannel({ transport, emailOf, from, domain }), { perRecipient, perChannel, timeoutMs })],
    doors: [],
    listen: async () => ({ stop: transport.close }),
  };
};
