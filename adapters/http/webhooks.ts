import type { FastifyInstance } from 'fastify';
import type { WebhookView } from '../../src/app/webhooks/view-webhooks.ts';

export type WebhooksDoor = () => Promise<{ readonly items: readonly WebhookView[] }>;

/** How far each subscriber to webhooks has come. */
export const registerWebhooks = (api: FastifyInstance, view: WebhooksDoor): void => {
  api.get('/webhooks', { config: { may: 'seeChannels' } }, () => view());
};
