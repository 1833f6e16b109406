import { isCounted, type CheckCategory } from './check-category.ts';

/** A check that counts against a body, and what it rests on. */
export type Miss = {
  readonly obligationId: string;
  readonly bodyId: string;
  readonly subject: string;
  readonly openedAt: number;
  readonly category: CheckCategory;
  /** A channel reported delivery to somebody who owed the answer, or a telephone rang. */
  readonly isDelivered: boolean;
};

/** Of one body, the newest: what is older stands in the ledger. */
export const mostMisses = 500;

/** Counted, and not answered in time. */
export const isMiss = (category: CheckCategory): boolean => isCounted(category) && category !== 'onPost';

/** What counts against each body, so that whoever reads a share finds the checks behind it. */
export const keepMisses = () => {
  const byBody = new Map<string, Map<string, Miss>>();
  return {
    add: (miss: Miss): void => {
      let own = byBody.get(miss.bodyId);
      if (!own) byBody.set(miss.bodyId, (own = new Map()));
      own.set(miss.obligationId, miss);
      if (own.size > mostMisses) own.delete(own.keys().next().value!);
    },
    drop: (bodyId: string, obligationId: string): void => {
      byBody.get(bodyId)?.delete(obligationId);
    },
    of: (bodyId: string): readonly Miss[] => [...(byBody.get(bodyId)?.values() ?? [])],
  };
};
