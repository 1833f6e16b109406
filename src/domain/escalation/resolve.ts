import { newcomersOf } from '../handover/relief.ts';
import { appointedAt, holdersAt, officePeople, shiftAt, standingAt, type Directory } from '../organisation/directory.ts';
import type { AppointmentRole, PersonId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import type { DutyRole } from '../roster/roster.ts';
import { isGroupId, isPostId, isUnitId, type SubjectId } from '../roster/subject.ts';
import type { Role } from './policy.ts';

/** The office's group chat, the only one so far. */
export const officeGroup = 'g:office';

/** A post's telephone, as a recipient. */
export const landlineOf = (postId: string): string => `l:${postId}`;

/** The post whose telephone it is; undefined for every other recipient. */
export const postOfLandline = (to: string): string | undefined => (to.startsWith('l:') ? to.slice(2) : undefined);

export const isActive = (directory: Directory, personId: PersonId): boolean => {
  const person = directory.people.get(personId);
  return person !== undefined && !person.isDisabled;
};

const inUnits = (directory: Directory, units: readonly string[], role: AppointmentRole, at: number): readonly PersonId[] =>
  units.flatMap((unit) => appointedAt(directory, role, unit, at));

/** The units and groups that answer for a standing contact; for anybody else those they belong to or whose posts they stand. */
const homesOf = (directory: Directory, personId: PersonId, at: number): readonly string[] => {
  const terms = (directory.appointmentsOf.get(personId) ?? []).filter((a) => isInTerm(a, at));
  const bound = terms.filter((a) => a.role === 'liaison' || a.role === 'contact' || a.role === 'member' || a.role === 'groupLeader');
  const units = () => (directory.postsOf.get(personId) ?? []).flatMap((postId) => directory.posts.get(postId)?.unitId ?? []);
  return [...new Set(bound.length > 0 ? bound.map((a) => a.of) : [...terms.map((a) => a.of), ...units()])];
};

const onPost = (directory: Directory, subject: SubjectId, role: DutyRole, at: number): readonly PersonId[] => {
  const people: PersonId[] = [];
  for (const holder of holdersAt(directory, subject, at)) if (holder.role === role) people.push(holder.personId);
  return people;
};

/** Those who are to relieve whoever stands a post that has not been handed over. */
export const incomingAt = (directory: Directory, postId: string, at: number): readonly PersonId[] => {
  const held = directory.held.get(postId);
  if (!held) return [];
  const coming = newcomersOf(shiftAt(directory, postId, Math.max(at, held.from))?.holders ?? [], held.holders);
  return held.come ? coming.filter((personId) => !held.come!.includes(personId)) : coming;
};

const forPost = (directory: Directory, role: Role, subject: SubjectId, at: number): readonly string[] => {
  const post = directory.posts.get(subject);
  if (!post) return [];
  switch (role) {
    case 'onDuty':
    case 'coDuty':
    case 'shiftLeader':
      return onPost(directory, subject, role, at);
    case 'incoming':
      return incomingAt(directory, post.id, at);
    case 'landline':
      return post.landline ? [landlineOf(post.id)] : [];
    case 'liaison':
    case 'contact':
    case 'principal':
      return appointedAt(directory, role, post.unitId, at);
    case 'groupLeader':
      return directory.officeId === undefined ? [] : appointedAt(directory, 'groupLeader', directory.officeId, at);
    case 'office':
    case 'groupChat':
      return [];
  }
};

/** A unit answers through its people, and by night through whoever stands its post; where it has no liaison its contact speaks for it. */
const forUnit = (directory: Directory, role: Role, unitId: string, at: number): readonly string[] => {
  switch (role) {
    case 'liaison': {
      const liaisons = appointedAt(directory, 'liaison', unitId, at);
      return liaisons.length > 0 ? liaisons : appointedAt(directory, 'contact', unitId, at);
    }
    case 'contact':
    case 'principal':
      return appointedAt(directory, role, unitId, at);
    case 'groupLeader':
      return directory.officeId === undefined ? [] : appointedAt(directory, 'groupLeader', directory.officeId, at);
    default:
      return (directory.postsOfUnit.get(unitId) ?? []).flatMap((postId) => forPost(directory, role, postId, at));
  }
};

/** A working group answers through its leader. */
const forGroup = (directory: Directory, role: Role, groupId: string, at: number): readonly string[] =>
  role === 'liaison' || role === 'principal' || role === 'groupLeader' ? appointedAt(directory, 'groupLeader', groupId, at) : [];

/** A standing contact stands alone: nobody's answer replaces theirs, so there is no co-duty officer to ask. */
const forStandingContact = (directory: Directory, role: Role, subject: SubjectId, at: number): readonly string[] => {
  const homes = homesOf(directory, subject, at);
  const others = (people: readonly PersonId[]) => people.filter((personId) => personId !== subject);
  switch (role) {
    case 'onDuty':
      return directory.people.has(subject) ? [standingAt(directory, subject, at)] : [];
    case 'liaison': {
      const liaisons = others(inUnits(directory, homes, 'liaison', at));
      return liaisons.length > 0 ? liaisons : others(inUnits(directory, homes, 'contact', at));
    }
    case 'contact':
    case 'principal':
      return others(inUnits(directory, homes, role, at));
    case 'groupLeader':
    case 'shiftLeader':
      return others(inUnits(directory, homes, 'groupLeader', at));
    default:
      return [];
  }
};

const forSubject = (directory: Directory, role: Role, subject: SubjectId, at: number): readonly string[] => {
  if (isPostId(subject)) return forPost(directory, role, subject, at);
  if (isUnitId(subject)) return forUnit(directory, role, subject, at);
  return isGroupId(subject) ? forGroup(directory, role, subject, at) : forStandingContact(directory, role, subject, at);
};

/** Who a role means for a subject at an instant: people (`m…`), landlines (`l:…`), group chats (`g:…`). */
export const resolveRole = (directory: Directory, role: Role, subject: SubjectId, at: number): readonly string[] => {
  if (role === 'groupChat') return [officeGroup];
  const found = role === 'office' ? officePeople(directory, at) : forSubject(directory, role, subject, at);
  const isThere = (to: string): boolean => !to.startsWith('m') || isActive(directory, to);
  // mostly one or nobody: every step and every answer asks
  if (found.length < 2) return found.every(isThere) ? found : [];
  return [...new Set(found)].filter(isThere);
};

const takeOverRoles: readonly Role[] = ['shiftLeader', 'liaison', 'contact', 'principal', 'groupLeader', 'office'];

/** Those who may take an obligation over though they don't owe its answer. */
export const mayTakeOver = (directory: Directory, personId: PersonId, subject: SubjectId, at: number): boolean =>
  takeOverRoles.some((role) => resolveRole(directory, role, subject, at).includes(personId));
