import type { Appointment, Organisation } from './organisation.ts';

export const isInTerm = ({ from, to }: Pick<Appointment, 'from' | 'to'>, at: number): boolean =>
  from <= at && (to === undefined || at < to);

/** The first instant after `at` at which some appointment begins or ends; undefined where everything stays as it is. */
export const nextTermChange = ({ appointments }: Pick<Organisation, 'appointments'>, at: number): number | undefined => {
  let next = Number.POSITIVE_INFINITY;
  for (const { from, to } of appointments) {
    if (from > at && from < next) next = from;
    if (to !== undefined && to > at && to < next) next = to;
  }
  return next === Number.POSITIVE_INFINITY ? undefined : next;
};
