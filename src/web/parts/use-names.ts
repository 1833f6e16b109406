import { useMemo } from 'preact/hooks';
import { usePage } from '../data/store.ts';
import type { Names } from '../logic/tell-row.ts';

/** Posts by their unit, people by their name. */
export const useNames = (): Names => {
  const posts = usePage('wall')?.posts;
  const people = usePage('people');
  const key = posts?.map(({ subject, unit, post }) => `${subject} ${unit} ${post}`).join('|');
  return useMemo(() => {
    const names = new Map(people.map(({ id, name }) => [id, name]));
    for (const { subject, unit, post } of posts ?? []) names.set(subject, unit === post ? unit : `${unit} ${post}`);
    return names;
    // the wall is another object each second; its names are the same
  }, [key, people]);
};
