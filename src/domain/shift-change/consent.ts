import { resolveRole } from '../escalation/resolve.ts';
import { isOffice, officePeople, shiftAt, type Directory } from '../organisation/directory.ts';
import type { Appointment, PersonId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import type { Consent, ConsentRule, RequestKind, ShiftPart } from './duty-request.ts';

/** Whose consent a request takes: data of the campaign, for each kind and for those who lead themselves. */
export type ConsentSettings = { readonly [kind in RequestKind | 'ofLeaders']: ConsentRule };

/** Members ask the leader of their group, people of a unit its head; a swap the shift leader; those who lead the office. */
export const shippedConsent: ConsentSettings = { leave: 'leader', cover: 'leader', swap: 'shiftLeader', ofLeaders: 'office' };

/** What is asked for, as far as it says who must consent. */
export type Asked = {
  readonly kind: RequestKind;
  readonly holderId: PersonId;
  readonly substituteId?: PersonId;
  readonly gives: readonly ShiftPart[];
};

const termsOf = (directory: Directory, personId: PersonId, at: number): readonly Appointment[] =>
  (directory.appointmentsOf.get(personId) ?? []).filter((one) => isInTerm(one, at));

/** The working group that somebody belongs to, and else the unit whose duty it is. */
const homeOf = (directory: Directory, { holderId, gives }: Asked, at: number): { readonly groupId?: string; readonly unitId?: string } => {
  const terms = termsOf(directory, holderId, at);
  const groupId = terms.find(({ role }) => role === 'member' || role === 'groupLeader')?.of;
  const post = gives[0] && directory.posts.get(gives[0].postId);
  const unitId = post?.unitId ?? terms.find(({ of }) => directory.units.has(of))?.of;
  return { ...(groupId === undefined ? {} : { groupId }), ...(unitId === undefined ? {} : { unitId }) };
};

const firstLeaderOf = (directory: Directory, { gives }: Asked): PersonId | undefined => {
  const [first] = gives;
  const shift = first && shiftAt(directory, first.postId, first.from);
  return shift?.holders.find(({ role }) => role === 'shiftLeader')?.personId;
};

const meantBy = (directory: Directory, rule: ConsentRule, asked: Asked, at: number): Consent | undefined => {
  const { groupId, unitId } = homeOf(directory, asked, at);
  const named = (of: string | undefined): Consent | undefined => (of === undefined ? undefined : { rule, of });
  switch (rule) {
    case 'leader':
      return named(groupId ?? unitId);
    case 'principal':
      return named(unitId ?? groupId);
    case 'shiftLeader':
      return named(firstLeaderOf(directory, asked));
    case 'office':
      return named(directory.officeId);
  }
};

/** Those who may give a consent at an instant. */
export const approversOf = (directory: Directory, { rule, of }: Consent, at: number): readonly PersonId[] => {
  if (rule === 'office') return officePeople(directory, at).filter((id) => directory.people.get(id)?.isDisabled !== true);
  return resolveRole(directory, rule === 'shiftLeader' ? 'onDuty' : 'principal', of, at);
};

const leads = (directory: Directory, personId: PersonId, at: number): boolean =>
  termsOf(directory, personId, at).some(({ role }) => role === 'groupLeader' || role === 'principal');

/**
 * Whose consent it takes: by the campaign's rule, and one up where that is nobody or a party to it. From outside the
 * unit, and where nobody else is left, the office.
 */
export const consentFor = (directory: Directory, asked: Asked, isOutside: boolean, settings: ConsentSettings, at: number): Consent => {
  const first = isOutside ? 'office' : leads(directory, asked.holderId, at) ? settings.ofLeaders : settings[asked.kind];
  const rules: readonly ConsentRule[] = first === 'office' ? [] : [first, 'principal'];
  for (const rule of rules) {
    const consent = meantBy(directory, rule, asked, at);
    const others = consent ? mayConsent(directory, consent, asked, at) : [];
    if (consent && others.length > 0) return consent;
  }
  return { rule: 'office', of: directory.officeId ?? asked.holderId };
};

/** Nobody consents to their own relief, nor to their own standing in. */
export const mayConsent = (
  directory: Directory,
  consent: Consent,
  { holderId, substituteId }: Pick<Asked, 'holderId' | 'substituteId'>,
  at: number,
): readonly PersonId[] => approversOf(directory, consent, at).filter((id) => id !== holderId && id !== substituteId);

/** The office has the last word where others stay silent. */
export const isOfficeFor = (
  directory: Directory,
  personId: PersonId,
  { holderId, substituteId }: Pick<Asked, 'holderId' | 'substituteId'>,
  at: number,
): boolean => isOffice(directory, personId, at) && personId !== holderId && personId !== substituteId;
