import { useMemo, useRef } from 'preact/hooks';
import { usePage } from '../data/store.ts';
import type { Post } from '../data/types.ts';
import type { Names } from '../logic/tell-row.ts';

const isNamedAlike = (one: Post, other: Post | undefined): boolean =>
  one === other || (one.subject === other?.subject && one.unit === other.unit && one.post === other.post);

/** The posts of the wall, the same list as long as their names are: the wall is another object with each news. */
export const useNamedPosts = (): readonly Post[] => {
  const posts = usePage('wall')?.posts ?? none;
  const kept = useRef(posts);
  const isSame = posts.length === kept.current.length && posts.every((post, index) => isNamedAlike(post, kept.current[index]));
  if (!isSame) kept.current = posts;
  return kept.current;
};
const none: readonly Post[] = [];

/** Posts by their unit, people by their name, units and groups as those call them who are of them. */
export const useNames = (): Names => {
  const posts = useNamedPosts();
  const people = usePage('people');
  return useMemo(() => {
    const names = new Map(people.flatMap(({ roles }) => roles.map(({ of, name }) => [of, name] as const)));
    for (const { id, name } of people) names.set(id, name);
    for (const { subject, unit, post } of posts) names.set(subject, unit === post ? unit : `${unit} ${post}`);
    return names;
  }, [posts, people]);
};
