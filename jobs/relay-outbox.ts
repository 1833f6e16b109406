import { relayOutbox } from '../src/app/relay-outbox.ts';
import type { DeliveryQueue, Outbox } from '../src/ports/outbox.ts';

const blockMs = 1_000;

/** Carries what was decided into the delivery queue, on every instance. */
export const relayOutboxJob = (deps: { readonly outbox: Outbox; readonly queue: DeliveryQueue }, consumer: string) => ({
  name: 'relay-outbox',
  run: async (): Promise<number> => {
    await relayOutbox(deps, consumer, blockMs);
    return 0;
  },
});
