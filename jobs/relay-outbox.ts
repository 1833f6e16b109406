import { relayOutbox } from '../src/app/notices/relay-outbox.ts';
import type { DeliveryQueue, Outbox } from '../src/ports/outbox.ts';

const blockMs = 1_000;

/** Longest that a burst of decisions holds messages back, as looks and real ms: people see no difference. */
const mostHolds = 25;
const holdMs = 20;

/**
 * Carries what was decided into the delivery queue, on every instance. While much is being decided at once, messages
 * wait a moment: a decision that is late can't be made good, a message can.
 */
export const relayOutboxJob = (
  deps: { readonly outbox: Outbox; readonly queue: DeliveryQueue; readonly isDeciding: () => boolean },
  consumer: string,
) => {
  let holds = 0;
  return {
    name: 'relay-outbox',
    run: async (): Promise<number> => {
      if (deps.isDeciding() && holds < mostHolds) {
        holds += 1;
        return holdMs;
      }
      await relayOutbox(deps, consumer, blockMs);
      if (!deps.isDeciding()) holds = 0;
      return 0;
    },
  };
};
