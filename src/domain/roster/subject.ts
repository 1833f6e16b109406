import type { GroupId, PersonId, UnitId } from '../organisation/organisation.ts';
import type { PostId } from './roster.ts';

/** What a contact check is about: a post (`p…`) or a standing contact, who is a person (`m…`); what an item asks of: a unit (`u…`) or a group (`g…`) too. */
export type SubjectId = PostId | PersonId | UnitId | GroupId;

export const isPostId = (subject: SubjectId): subject is PostId => subject.startsWith('p');

export const isUnitId = (subject: SubjectId): subject is UnitId => subject.startsWith('u');

/** A working group; group chats are recipients and never owe anything. */
export const isGroupId = (subject: SubjectId): subject is GroupId => subject.startsWith('g') && !subject.startsWith('g:');
