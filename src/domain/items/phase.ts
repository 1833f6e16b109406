import type { UnitId } from '../organisation/organisation.ts';

/** The phases of a campaign: before arrival (进驻前), during (督察期间), team on site in a district (下沉), afterwards (下沉后). */
export type CampaignPhase = 'before' | 'during' | 'onSite' | 'after';

/** A phase from one instant (inclusive) to another (exclusive, open where absent); without `unitId` it is everybody's. */
export type PhaseSpan = { readonly phase: CampaignPhase; readonly fromAt: number; readonly toAt?: number; readonly unitId?: UnitId };

const covers = ({ fromAt, toAt }: PhaseSpan, at: number): boolean => fromAt <= at && (toAt === undefined || at < toAt);

/** What governs a unit at an instant: its own phase before everybody's; of several the one that began last, and the one that was said last. */
export const phaseSpanAt = (spans: readonly PhaseSpan[], unitId: UnitId | undefined, at: number): PhaseSpan | undefined => {
  const latest = (own: boolean): PhaseSpan | undefined =>
    spans
      .filter((span) => covers(span, at) && (own ? span.unitId !== undefined && span.unitId === unitId : span.unitId === undefined))
      .reduce<PhaseSpan | undefined>((last, span) => (last && last.fromAt > span.fromAt ? last : span), undefined);
  return latest(true) ?? latest(false);
};

export const phaseAt = (spans: readonly PhaseSpan[], unitId: UnitId | undefined, at: number): CampaignPhase | undefined =>
  phaseSpanAt(spans, unitId, at)?.phase;

/** Before the inspection arrives: said so, or nothing of what is to come has begun yet. */
export const isBeforeArrival = (spans: readonly PhaseSpan[], unitId: UnitId, at: number): boolean => {
  const phase = phaseAt(spans, unitId, at);
  if (phase !== undefined) return phase === 'before';
  return spans.every((span) => span.fromAt > at || (span.unitId !== undefined && span.unitId !== unitId) || span.phase === 'before');
};

/** Whether an announcement says what holds from that instant anyway. */
export const saysNothingNew = (spans: readonly PhaseSpan[], said: PhaseSpan, now: number): boolean => {
  const governing = phaseSpanAt(spans, said.unitId, said.fromAt);
  if (governing?.phase !== said.phase || governing.unitId !== said.unitId || governing.toAt !== said.toAt) return false;
  return governing.fromAt === said.fromAt || governing.fromAt <= now;
};

/** Without the announcement that a later one moves: the same phase of the same unit, put off before it has begun. */
export const withoutPutOff = (announced: readonly PhaseSpan[], said: PhaseSpan, now: number): readonly PhaseSpan[] => {
  const governing = phaseSpanAt(announced, said.unitId, said.fromAt);
  const isPutOff = governing?.phase === said.phase && governing.unitId === said.unitId && governing.fromAt > now;
  return isPutOff ? announced.filter((span) => span !== governing) : announced;
};

/** The first instant after `at` at which a unit may come into another phase. */
export const nextPhaseChange = (spans: readonly PhaseSpan[], unitId: UnitId | undefined, at: number): number | undefined => {
  let next: number | undefined;
  for (const { fromAt, toAt, unitId: of } of spans) {
    if (of !== undefined && of !== unitId) continue;
    for (const change of [fromAt, toAt]) if (change !== undefined && change > at && (next === undefined || change < next)) next = change;
  }
  return next;
};

/** Phases that end between two instants: after the first, up to and including the second. Named ends only, or the next phase's beginning. */
export const phasesEndedBetween = (
  spans: readonly PhaseSpan[],
  afterAt: number,
  throughAt: number,
): readonly (PhaseSpan & { readonly endAt: number })[] =>
  spans.flatMap((span) => {
    const later = spans.filter((other) => other.unitId === span.unitId && other.fromAt > span.fromAt).map(({ fromAt }) => fromAt);
    const endAt = Math.min(span.toAt ?? Number.POSITIVE_INFINITY, ...later);
    return endAt > afterAt && endAt <= throughAt ? [{ ...span, endAt }] : [];
  });
