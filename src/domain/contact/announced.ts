import { withoutPutOff, type PhaseSpan } from '../items/phase.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { PostId } from '../roster/roster.ts';

/** As many announcements are kept as the service itself keeps; the oldest are over long before. */
const mostPhases = 200;

/** What an event makes of the phases that the office has announced, in the order they were said. */
export const evolvePhases = (phases: readonly PhaseSpan[], { event, at, data }: LedgerEvent): readonly PhaseSpan[] => {
  if (event !== 'PhaseAnnounced') return phases;
  const { phase, fromAt, toAt, unitId } = data as PhaseSpan;
  const span: PhaseSpan = { phase, fromAt, ...(unitId === undefined ? {} : { unitId }), ...(toAt === undefined ? {} : { toAt }) };
  return [...withoutPutOff(phases, span, at), span].slice(-mostPhases);
};

/** Post to whom the group was told last to stand it, ids joined by spaces; posts that it was never told of are not there. */
export type ToldDuty = ReadonlyMap<PostId, string>;

/** What an event makes of what the group knows. Who stood where at the very first look is no event. */
export const evolveToldDuty = (told: ToldDuty, { event, data }: LedgerEvent): ToldDuty => {
  if (event !== 'ShiftsAnnounced') return told;
  const posts = data['posts'] as readonly (readonly [PostId, readonly string[]])[];
  return new Map([...told, ...posts.map(([postId, people]) => [postId, people.join(' ')] as const)]);
};
