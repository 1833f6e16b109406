import type { ContactPolicy } from '../../domain/contact/contact-policy.ts';
import { nextPhaseChange, phaseAt, type PhaseSpan } from '../../domain/items/phase.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import type { World } from '../world.ts';

/** Which rules of contact hold for a subject: where the inspection team is on site (下沉), posts are asked more often. */

const unitNamed = (directory: Directory, name: string): string | undefined =>
  directory.organisation.units.find((unit) => unit.name === name || unit.aliases.includes(name))?.id;

const known = new WeakMap<Directory, { readonly of: World['settings']['phases']; readonly spans: readonly PhaseSpan[] }>();

/** Phases as the campaign file names them, by ids. A unit that nobody knows has no phase. */
const filedPhases = ({ settings, directory }: World): readonly PhaseSpan[] => {
  const kept = known.get(directory);
  if (kept?.of === settings.phases) return kept.spans;
  const spans = settings.phases.flatMap(({ unit, ...span }): readonly PhaseSpan[] => {
    if (unit === undefined) return [span];
    const unitId = unitNamed(directory, unit);
    return unitId === undefined ? [] : [{ ...span, unitId }];
  });
  known.set(directory, { of: settings.phases, spans });
  return spans;
};

/** The file's phases and those that the office has announced since, the latter last. */
export const phasesOf = (world: World): readonly PhaseSpan[] => {
  const announced = world.calendar?.phases ?? [];
  return announced.length === 0 ? filedPhases(world) : [...filedPhases(world), ...announced];
};

const unitOf = (world: World, subject: string): string | undefined => world.directory.posts.get(subject)?.unitId;

export const contactPolicyFor = (world: World, subject: string, at: number): ContactPolicy => {
  if (!isPostId(subject)) return world.settings.standing;
  const phases = phasesOf(world);
  // Whose post it is matters only where a unit has phases of its own.
  const unitId = phases.some((span) => span.unitId !== undefined) ? unitOf(world, subject) : undefined;
  return phaseAt(phases, unitId, at) === 'onSite' ? world.settings.onSite : world.settings.posts;
};

/** Whether the inspection team is on site anywhere, or has been since an instant. */
export const isOnSiteSince = (world: World, fromAt: number, now: number): boolean =>
  phasesOf(world).some(({ phase, ...span }) => phase === 'onSite' && span.fromAt <= now && (span.toAt ?? Infinity) > fromAt);

/** When other rules may begin to hold for a subject. */
export const nextRulesAt = (world: World, subject: string, at: number): number | undefined =>
  isPostId(subject) ? nextPhaseChange(phasesOf(world), unitOf(world, subject), at) : undefined;
