import { evolve } from '../escalation/evolve.ts';
import { nextInstant, type Context } from '../escalation/fire.ts';
import { isEnded, type Obligation } from '../escalation/obligation.ts';
import type { LedgerEvent } from '../ledger/event.ts';

/** Everything that the ledger tells of one obligation, its opening first, in the ledger's order. */
export type Story = readonly [opening: LedgerEvent, ...rest: readonly LedgerEvent[]];

/** What the rules needed to know at an instant; `roundId`: of the round that the obligation belongs to. */
export type ContextAt = (at: number, roundId: string | undefined) => Context;

const ladderEvents: ReadonlySet<string> = new Set(['StepFired', 'StepSkipped', 'ReminderFired', 'ObligationMissed']);

/** What the clock did by itself, or because somebody had it go on at once; everything else was done by somebody. */
export const isOfLadder = ({ event }: LedgerEvent): boolean => ladderEvents.has(event);

/**
 * Between the instant at which something fell due and the one at which it was looked at, nobody looked: the machine was
 * busy, or the service was away. `order`: before which event of the story that look lies.
 */
export type Unlooked = { readonly from: number; readonly to: number; readonly order: number };

/** An outage rather than a moment's work: whatever else fell due in it waited as well. */
export const outageMs = 60_000;

/** Steps were passed over because a ladder was changed meanwhile: that was no look at the clock. */
const isAdopted = ({ event, data }: LedgerEvent): boolean => event === 'StepSkipped' && data['reason'] === 'added';

const dueOf = (o: Obligation | undefined, contextAt: ContextAt, lastAt: number): number => {
  if (o === undefined || isEnded(o)) return Number.POSITIVE_INFINITY;
  return nextInstant(o, contextAt(lastAt, o.roundId).policyOf(o.policy), lastAt);
};

/** When nobody looked at an obligation that the ledgers of its day drove. `contextAt` gives the policies of that day. */
export const unlookedIn = (story: Story, contextAt: ContextAt): readonly Unlooked[] => {
  const found: Unlooked[] = [];
  let o: Obligation | undefined;
  let lastAt = story[0].at;
  for (const [order, event] of story.entries()) {
    const dueAt = dueOf(o, contextAt, lastAt);
    // what somebody did came first where both fell together
    if (dueAt <= event.at && !isAdopted(event)) found.push({ from: dueAt, to: event.at, order: isOfLadder(event) ? order : order + 0.5 });
    o = evolve(o, event);
    lastAt = event.at;
  }
  return found;
};

/** When something that falls due would have been looked at, and before which event of the story, where that is known. */
export type Look = { readonly at: number; readonly order?: number };

/** `lookedAt`: the last instant at which it was looked; what one look decided stands in the ledger as several events. */
export const lookAt = (dueAt: number, lookedAt: number, own: readonly Unlooked[], outages: readonly Unlooked[]): Look => {
  const mine = own.filter(({ from, to }) => from <= dueAt && dueAt <= to && to > lookedAt);
  const look = mine.find(({ order }) => Number.isInteger(order)) ?? mine.at(-1);
  if (look) return { at: look.to, order: look.order };
  const away = outages.find(({ from, to }) => from <= dueAt && dueAt < to);
  return { at: away?.to ?? dueAt };
};
