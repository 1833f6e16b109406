import { z } from 'zod';
import type { Passage, Transcripts } from '../../src/ports/conversations.ts';
import type { Log } from '../../src/ports/log.ts';
import { groupConversation } from './conversation-id.ts';
import type { Session } from './verify.ts';

export type OnDelivered = (seen: { readonly obligationId: string; readonly personId: string }) => Promise<void>;

const Asking = z.object({ channelData: z.object({ zaigang: z.object({ obligationId: z.string() }) }) });

const obligationsIn = (lines: Passage['lines']): readonly string[] => {
  const ids = new Set<string>();
  for (const { json } of lines) {
    if (!json.includes('"zaigang":{')) continue; // spares most of the parsing
    const asking = Asking.safeParse(JSON.parse(json));
    if (asking.success) ids.add(asking.data.channelData.zaigang.obligationId);
  }
  return [...ids];
};

/**
 * Reports once for each person and obligation that a question reached them after it was sent. A lost report only
 * makes the product milder: a miss counts against nobody who is not known to have been reached.
 */
export const createSeen =
  (transcripts: Transcripts, onDelivered: OnDelivered, log: Log) =>
  async ({ personId, conversation }: Session, lines: Passage['lines']): Promise<void> => {
    if (conversation === groupConversation) return;
    const obligationIds = obligationsIn(lines);
    if (obligationIds.length === 0) return;
    try {
      const firstSeen = await transcripts.markSeen(conversation, obligationIds);
      await Promise.all(firstSeen.map((obligationId) => onDelivered({ obligationId, personId })));
    } catch (error) {
      log.warn({ obligationIds, error: String(error) }, 'a delivery could not be recorded');
    }
  };
