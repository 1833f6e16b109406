import { buildUnitNames, findUnit, shortNameOf } from '../../domain/organisation/unit-names.ts';
import type { SingleRole } from '../../domain/organisation/change-appointment.ts';
import type { Organisation, Person } from '../../domain/organisation/organisation.ts';
import { unitVocabulary } from '../../messages/workbook-vocabulary.ts';
import { changeAppointment, type ChangeAppointmentDeps } from './change-appointment.ts';
import type { Iso } from '../views/view-page.ts';

export type AppointAnswer =
  | {
      readonly ok: true;
      readonly isChanged: boolean;
      readonly role: SingleRole;
      readonly unit: string;
      readonly person: string;
      readonly from: string;
    }
  | {
      readonly ok: false;
      readonly code: 'ZG_UNIT_UNKNOWN' | 'ZG_UNIT_AMBIGUOUS' | 'ZG_PERSON_UNKNOWN' | 'ZG_PERSON_AMBIGUOUS' | 'ZG_PERSON_DISABLED';
      readonly role: SingleRole;
      readonly unit: string;
      readonly person: string;
      readonly candidates: readonly string[];
    };

/** By number, or by name; of several people of one name those of the unit come first. */
const findPeople = (organisation: Organisation, unitId: string, text: string): readonly Person[] => {
  const folded = text.replaceAll(/[\s-]/gu, '');
  const named = organisation.people.filter((person) => person.mobile === folded || person.name === folded);
  const own = named.filter((person) => organisation.appointments.some((a) => a.personId === person.id && a.of === unitId));
  return own.length > 0 ? own : named;
};

/** Puts somebody, named as people name them, in a unit's place of liaison or contact from an instant on. */
export const appoint = async (
  deps: ChangeAppointmentDeps,
  given: { readonly role: SingleRole; readonly unit: string; readonly person: string; readonly from?: number },
  iso: Iso,
): Promise<AppointAnswer> => {
  const { role } = given;
  const { organisation } = await deps.store.loadCampaign();
  const refused = (code: Extract<AppointAnswer, { ok: false }>['code'], candidates: readonly string[] = []): AppointAnswer => ({
    ok: false,
    code,
    role,
    unit: given.unit,
    person: given.person,
    candidates,
  });
  const match = findUnit(buildUnitNames(organisation.units, [], unitVocabulary), given.unit);
  if (match.status === 'ambiguous') return refused('ZG_UNIT_AMBIGUOUS', match.candidates);
  if (match.status !== 'found') return refused('ZG_UNIT_UNKNOWN');
  const people = findPeople(organisation, match.unit.id, given.person);
  const [person] = people;
  if (!person) return refused('ZG_PERSON_UNKNOWN');
  if (people.length > 1)
    return refused(
      'ZG_PERSON_AMBIGUOUS',
      people.map((one) => `${one.name} ${one.mobile}`),
    );
  if (person.isDisabled) return refused('ZG_PERSON_DISABLED');
  const from = given.from ?? deps.clock.now();
  const status = await changeAppointment(deps, { role, unitId: match.unit.id, personId: person.id, from });
  return { ok: true, isChanged: status === 'changed', role, unit: shortNameOf(match.unit), person: person.name, from: iso(from) };
};
