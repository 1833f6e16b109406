import type { EventName, LedgerEvent } from '../ledger/event.ts';
import { shiftAt, type Directory } from '../organisation/directory.ts';
import type { Override } from '../roster/roster.ts';
import { isOpen, leftOf, overlap, type DutyRequest, type ShiftPart } from './duty-request.ts';
import { brokenRules, type DutyRule, type RuleContext } from './proposal-rules.ts';

/** What another plan makes of a request: an open one that cannot be granted any more, an agreement without effect. Pure. */

/** What a new list breaks and nobody's word can mend; the others may pass by themselves. */
const final: readonly DutyRule[] = ['partGone', 'twoPosts', 'sameShift', 'inactive'];

const isStoodByHolder = (directory: Directory, { holderId }: DutyRequest, part: ShiftPart): boolean =>
  shiftAt(directory, part.postId, part.from)?.holders.some(({ personId }) => personId === holderId) === true;

/** Why an open one cannot be granted any more: its shifts are others', or the rules are against it; undefined where it can. */
const whyOver = (request: DutyRequest, context: RuleContext, now: number): 'partGone' | 'rosterChanged' | undefined => {
  const { holderId, substituteId, gives, takes, standing } = request;
  if (substituteId === undefined)
    return leftOf(gives, now).every((part) => isStoodByHolder(context.directory, request, part)) ? undefined : 'partGone';
  const proposal = { holderId, substituteId, gives, takes, ...(standing ? { standing } : {}) };
  const broken = brokenRules(context, proposal, now).filter(({ rule }) => final.includes(rule));
  if (broken.length === 0) return undefined;
  return broken.some(({ rule }) => rule === 'partGone') ? 'partGone' : 'rosterChanged';
};

const isStood = ({ shiftsOf, roster }: Directory, { id, subject, from, to, in: comes }: Override): boolean => {
  const there = (shiftsOf.get(subject) ?? []).filter((shift) => overlap(shift, { from, to }));
  const isThere = there.some(({ holders }) => holders.some(({ personId }) => personId === comes));
  // Handed on by a later agreement: that one says who stands there now.
  return (
    isThere ||
    (roster.overrides ?? []).some((one) => one.id !== id && one.subject === subject && one.out === comes && overlap(one, { from, to }))
  );
};

/** Of what an agreement put on top of the plan, shifts ahead that whoever should come does not stand. */
const withoutEffect = ({ overrideIds = [] }: DutyRequest, directory: Directory, now: number): readonly string[] =>
  (directory.roster.overrides ?? [])
    .filter((one) => overrideIds.includes(one.id) && one.subject !== one.out && one.in !== undefined && one.to > now)
    .flatMap((one) => (isStood(directory, { ...one, from: Math.max(one.from, now) }) ? [] : [one.id]));

/** What is to be told of a request after the plan has been changed; nothing where all is as before. */
export const recheckRequest = (request: DutyRequest, context: RuleContext, now: number): readonly LedgerEvent[] => {
  const tell = (event: EventName, data: LedgerEvent['data']): LedgerEvent => ({
    at: now,
    event,
    itemId: request.id,
    data: { holder: request.holderId, ...data },
  });
  if (isOpen(request)) {
    const reason = whyOver(request, context, now);
    return reason === undefined ? [] : [tell('RequestRefused', { reason })];
  }
  if (request.status !== 'effective') return [];
  const { roster } = context.directory;
  const known = request.voided ?? [];
  const without = withoutEffect(request, context.directory, now);
  const lost = without.filter((id) => !known.includes(id));
  const isAhead = (id: string): boolean => roster.overrides?.some((one) => one.id === id && one.to > now) === true;
  const back = known.filter((id) => !without.includes(id) && isAhead(id));
  return [
    ...(lost.length === 0 ? [] : [tell('RequestVoided', { overrides: lost, version: roster.version })]),
    ...(back.length === 0 ? [] : [tell('RequestRevived', { overrides: back, version: roster.version })]),
  ];
};
