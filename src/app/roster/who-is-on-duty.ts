import { holdersAt, shiftAt } from '../../domain/organisation/directory.ts';
import { incomingAt } from '../../domain/escalation/resolve.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import { buildUnitNames, findUnit, shortNameOf } from '../../domain/organisation/unit-names.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import type { Iso } from '../views/view-page.ts';

export type DutyPerson = { readonly name: string; readonly mobile: string };

export type DutyRow = {
  readonly unit: string;
  readonly post: string;
  /** ISO; null where nobody stands the post at that instant. */
  readonly from: string | null;
  readonly to: string | null;
  readonly shiftLeader: DutyPerson | null;
  readonly onDuty: readonly DutyPerson[];
  readonly coDuty: readonly DutyPerson[];
  /** Who is to take it over and has not accepted: until then the others stand it. */
  readonly notHandedOverTo?: readonly DutyPerson[];
  readonly landline: string | null;
};

export type DutyAnswer =
  | { readonly ok: true; readonly at: string; readonly posts: readonly DutyRow[] }
  /** The name means no unit, or may mean several. */
  | {
      readonly ok: false;
      readonly code: 'ZG_UNIT_UNKNOWN' | 'ZG_UNIT_AMBIGUOUS';
      readonly unit: string;
      readonly candidates: readonly string[];
    };

/** Who stands each post, or those of one unit, at an instant. */
export const whoIsOnDuty = (directory: Directory, at: number, iso: Iso, unit?: string): DutyAnswer => {
  const match = unit === undefined ? undefined : findUnit(buildUnitNames(directory.organisation.units, [], unitVocabulary), unit);
  if (unit !== undefined && match?.status !== 'found') {
    const isAmbiguous = match?.status === 'ambiguous';
    return {
      ok: false,
      code: isAmbiguous ? 'ZG_UNIT_AMBIGUOUS' : 'ZG_UNIT_UNKNOWN',
      unit,
      candidates: isAmbiguous ? match.candidates : [],
    };
  }
  const wanted = match?.status === 'found' ? match.unit.id : undefined;
  const posts = directory.roster.posts.filter((post) => wanted === undefined || post.unitId === wanted);
  const rows = posts.map((post): DutyRow => {
    const shift = shiftAt(directory, post.id, at);
    const owner = directory.units.get(post.unitId);
    const named = (personId: string): readonly DutyPerson[] => {
      const person = directory.people.get(personId);
      return person ? [{ name: person.name, mobile: person.mobile }] : [];
    };
    const people = (role: string): readonly DutyPerson[] =>
      holdersAt(directory, post.id, at).flatMap((holder) => (holder.role === role ? named(holder.personId) : []));
    const held = directory.held.get(post.id);
    const isHeld = held !== undefined && held.from <= at;
    return {
      unit: owner ? shortNameOf(owner) : post.unitId,
      post: post.name,
      from: shift ? iso(shift.from) : null,
      to: shift ? iso(shift.to) : null,
      shiftLeader: people('shiftLeader')[0] ?? null,
      onDuty: people('onDuty'),
      coDuty: people('coDuty'),
      ...(isHeld ? { notHandedOverTo: incomingAt(directory, post.id, at).flatMap(named) } : {}),
      landline: post.landline ?? null,
    };
  });
  return { ok: true, at: iso(at), posts: rows };
};
