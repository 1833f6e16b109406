import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { setUpWebhooks } from '../../adapters/http/set-up-webhooks.ts';
import type { SetUpSection } from '../../adapters/http/set-up.ts';
import { createWebhookStates } from '../../adapters/redis/webhook-states.ts';
import { createPostWebhook } from '../../adapters/webhooks/post-webhook.ts';
import { tellTakenAgain, tellUntaken } from '../app/notices/watch-channels.ts';
import { createWebhooksDoor } from '../app/set-up/webhooks-door.ts';
import { isoIn } from '../app/views/view-page.ts';
import { sendWebhooks } from '../app/webhooks/send-webhooks.ts';
import { testWebhook } from '../app/webhooks/to-webhook.ts';
import { viewWebhooks, type WebhookView } from '../app/webhooks/view-webhooks.ts';
import type { World } from '../app/world.ts';
import { loadWebhooks } from '../config/webhooks.ts';
import type { LedgerReader } from '../ports/ledger.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Posted } from '../ports/webhooks.ts';
import type { Connections } from './redis.ts';

export type WebhooksParts = {
  /** The file that names the subscribers; null: nobody hears. */
  readonly file: string | null;
  readonly world: World;
  readonly connections: Connections;
  readonly ledger: LedgerReader;
  readonly consumer: string;
};

export type Webhooks = {
  readonly view: () => Promise<{ readonly items: readonly WebhookView[] }>;
  /** Has each tried from the page. */
  readonly setUp: (limits: Pick<RateLimits, 'take'>) => SetUpSection;
  readonly stop: () => Promise<void>;
};

/** Systems outside that hear of events: beside the engine, which knows nothing of them. */
export const startWebhooks = ({ file, world, connections, ledger, consumer }: WebhooksParts): Webhooks => {
  const subscribers = loadWebhooks(file);
  const { bureau, timeZone } = world.settings;
  const states = createWebhookStates(connections.commands, bureau);
  const { post, close } = createPostWebhook();
  const sending = sendWebhooks({
    subscribers,
    reader: ledger,
    states,
    post,
    iso: isoIn(timeZone),
    holder: consumer,
    onFailing: (name, failures, sinceMs) => tellUntaken(world, `webhook:${name}`, failures, sinceMs),
    onBack: (name, failures, sinceMs) => tellTakenAgain(world, `webhook:${name}`, failures, sinceMs),
    log: world.log,
    now: Date.now,
    pause: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
  });
  /** One message that says nothing; undefined where nobody is called so. */
  const test = async (name: string): Promise<Posted | undefined> => {
    const subscriber = subscribers.find((one) => one.name === name);
    return subscriber && post(subscriber, testWebhook(bureau, randomUUID(), isoIn(timeZone)(world.clock.now())));
  };
  return {
    view: () => viewWebhooks(subscribers, states, ledger),
    setUp: (limits) => setUpWebhooks(createWebhooksDoor({ world, limits, post: test })),
    stop: async () => {
      const stopped = sending.stop();
      await close();
      await stopped;
    },
  };
};
