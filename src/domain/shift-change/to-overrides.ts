import type { Directory } from '../organisation/directory.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { Override } from '../roster/roster.ts';
import { leftOf, overlap, type ShiftPart, type Span } from './duty-request.ts';

/** Who would stand what instead of whom. */
export type Proposal = {
  /** Absent where the places are empty. */
  readonly holderId?: PersonId;
  readonly substituteId: PersonId;
  readonly gives: readonly ShiftPart[];
  readonly takes: readonly ShiftPart[];
  readonly standing?: Span;
};

/** Duties of others that the holder looks after at that time: they go on to the substitute. */
export const lookedAfterBy = ({ substitutes }: Directory, personId: PersonId): readonly Override[] =>
  [...substitutes.values()].flat().filter((one) => one.in === personId && one.subject !== personId);

/**
 * What a proposal puts on top of the plan, as far as it lies ahead; `id` is the beginning of their ids. `lookedAfter`:
 * leaves of others in which the holder stands in.
 */
export const overridesOf = (id: string, proposal: Proposal, lookedAfter: readonly Override[], now: number): readonly Override[] => {
  const { holderId, substituteId, gives, takes, standing } = proposal;
  const replace = (out: PersonId | undefined, comes: PersonId | undefined) => (part: ShiftPart) => ({
    subject: part.postId,
    from: part.from,
    to: part.to,
    ...(out === undefined ? { role: part.role } : { out }),
    ...(comes === undefined ? {} : { in: comes }),
    keepsPlaces: true as const,
  });
  const leave = standing && holderId !== undefined ? leftOf([standing], now) : [];
  const all = [
    ...leftOf(gives, now).map(replace(holderId, substituteId)),
    ...leftOf(takes, now).map(replace(substituteId, holderId)),
    ...leave.map(({ from, to }) => ({ subject: holderId!, from, to, out: holderId!, in: substituteId })),
    ...leave.flatMap((span) =>
      lookedAfter
        .filter((one) => overlap(one, span) && one.subject !== substituteId)
        .map(({ subject, from, to }) => ({
          subject,
          from: Math.max(from, span.from),
          to: Math.min(to, span.to),
          out: subject,
          in: substituteId,
        })),
    ),
  ];
  return all.map((one, index) => ({ id: `${id}.${index + 1}`, ...one }));
};
