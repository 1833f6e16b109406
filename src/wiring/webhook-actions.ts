import { randomUUID } from 'node:crypto';
import type { CliActions } from '../../adapters/cli/actions.ts';
import type { RedisClient } from '../../adapters/redis/connect.ts';
import { createWebhookStates } from '../../adapters/redis/webhook-states.ts';
import { createPostWebhook } from '../../adapters/webhooks/post-webhook.ts';
import { isoIn } from '../app/views/view-page.ts';
import { testWebhook } from '../app/webhooks/to-webhook.ts';
import { viewWebhooks } from '../app/webhooks/view-webhooks.ts';
import type { Environment } from '../config/environment.ts';
import { loadWebhooks } from '../config/webhooks.ts';
import type { CampaignSettings } from '../domain/campaign.ts';
import type { LedgerReader } from '../ports/ledger.ts';

type Bench = {
  readonly redis: RedisClient;
  readonly settings: Pick<CampaignSettings, 'bureau' | 'timeZone'>;
  readonly ledger: LedgerReader;
  readonly now: number;
};

/** What the command line does with systems that hear of events. */
export const webhookActions = (
  { webhooksFile }: Pick<Environment, 'webhooksFile'>,
  open: () => Promise<Bench>,
): Pick<CliActions, 'listWebhooks' | 'testWebhook'> => ({
  listWebhooks: async () => {
    const subscribers = loadWebhooks(webhooksFile);
    const { redis, settings, ledger } = await open();
    return viewWebhooks(subscribers, createWebhookStates(redis, settings.bureau), ledger);
  },
  testWebhook: async (name) => {
    const subscriber = loadWebhooks(webhooksFile).find((one) => one.name === name);
    if (!subscriber) return undefined;
    const { settings, now } = await open();
    const { post, close } = createPostWebhook();
    try {
      return await post(subscriber, testWebhook(settings.bureau, randomUUID(), isoIn(settings.timeZone)(now)));
    } finally {
      await close();
    }
  },
});
