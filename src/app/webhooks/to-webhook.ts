import { hideNumbers, mapTexts } from '../../domain/access/mask.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { Subscriber, WebhookMessage } from '../../ports/webhooks.ts';
import { toLedgerRowView } from '../ledger/view-ledger.ts';
import type { Iso } from '../views/view-page.ts';

export const wants = ({ events }: Subscriber, { event }: LedgerRow): boolean => events === 'all' || events.includes(event);

/**
 * One row of the ledger as it is sent: never what names a person. Rows hold ids alone by their own rule; a number that got in
 * all the same goes no further.
 */
export const toWebhook = (row: LedgerRow, iso: Iso): WebhookMessage => {
  const { at, event, ...view } = toLedgerRowView(row, iso);
  const data = { ...view, data: mapTexts(view.data, (text) => hideNumbers(text, '***')) };
  return { id: `${row.bureau}.${row.seq}`, body: JSON.stringify({ type: event, timestamp: at, data }) };
};

/** One that says nothing, to see whether it arrives. */
export const testWebhook = (bureau: string, id: string, at: string): WebhookMessage => ({
  id: `${bureau}.test.${id}`,
  body: JSON.stringify({ type: 'Test', timestamp: at, data: { bureau } }),
});
