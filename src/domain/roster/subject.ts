import type { PersonId } from '../organisation/organisation.ts';
import type { PostId } from './roster.ts';

/** What a contact check is about: a post (`p…`) or a standing contact, who is a person (`m…`). */
export type SubjectId = PostId | PersonId;

export const isPostId = (subject: SubjectId): subject is PostId => subject.startsWith('p');
