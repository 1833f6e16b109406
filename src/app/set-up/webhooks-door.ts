import type { PersonId } from '../../domain/organisation/organisation.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Posted } from '../../ports/webhooks.ts';
import type { World } from '../world.ts';

export type WebhookTested =
  | { readonly result: 'taken' }
  | { readonly result: 'refused'; readonly code: string }
  | { readonly result: 'tooOften'; readonly retryAfterS: number }
  | { readonly result: 'unknown' };

type Deps = {
  readonly world: Pick<World, 'store' | 'clock'>;
  readonly limits: Pick<RateLimits, 'take'>;
  /** Undefined where nobody is called so. */
  readonly post: (name: string) => Promise<Posted | undefined>;
};

const testsPerPerson = [{ count: 5, perMs: 60_000 }];

/** Systems outside that hear of events, tried by hand from the page; what came of it is in the ledger. */
export const createWebhooksDoor = ({ world, limits, post }: Deps) => ({
  test: async (name: string, actor?: PersonId): Promise<WebhookTested> => {
    const taken = await limits.take(`test:webhook:${actor ?? ''}`, testsPerPerson);
    if (!taken.isTaken) return { result: 'tooOften', retryAfterS: Math.ceil(taken.retryAfterMs / 1_000) };
    const posted = await post(name);
    if (!posted) return { result: 'unknown' };
    const data = posted.isTaken ? { result: 'sent' } : { result: 'transient', code: posted.code };
    const by = actor === undefined ? {} : { actor };
    await world.store.append([{ at: world.clock.now(), event: 'ChannelTested', channel: `webhook:${name}`, ...by, data }]);
    return posted.isTaken ? { result: 'taken' } : { result: 'refused', code: posted.code };
  },
});

export type WebhooksTestDoor = ReturnType<typeof createWebhooksDoor>;
