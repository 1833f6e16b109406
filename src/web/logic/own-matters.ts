import type { Obligation, RosterRow } from '../data/types.ts';

/** What waits for one person's own answer: a check of where they stand, a test of their reach, a shift that they take over. */
export const ownMattersOf = (personId: string, open: readonly Obligation[], roster: readonly RosterRow[]): readonly Obligation[] => {
  const isTheirs = (subject: string): boolean =>
    subject === personId || roster.some(({ postId, holders }) => postId === subject && holders.some((each) => each.personId === personId));
  return open.filter(({ kind, subject, asked }) => {
    if (kind === 'handover') return asked.includes(personId);
    return (kind === 'check' || kind === 'reachTest') && isTheirs(subject);
  });
};
