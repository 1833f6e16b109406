import type { Person, Post, RosterRow, Standing } from '../data/types.ts';

export type PersonGroup = 'askedNow' | 'officeAndLeaders' | 'onDutyNow' | 'others';

export type ListedPerson = {
  readonly person: Person;
  readonly group: PersonGroup;
  /** Unit and post, or the role, for the second line. */
  readonly place: string;
};

const order: readonly PersonGroup[] = ['askedNow', 'onDutyNow', 'officeAndLeaders', 'others'];

type Known = { readonly posts: readonly Post[]; readonly standing: readonly Standing[]; readonly roster: readonly RosterRow[] };

/** Whose answer is awaited stands first, then who is on duty, then the office, then everybody else by unit. */
export const groupPeople = (people: readonly Person[], { posts, standing, roster }: Known): ListedPerson[] => {
  const open = new Set([...posts, ...standing].filter(({ obligation }) => obligation !== undefined).map(({ subject }) => subject));
  const postOf = new Map<string, string>();
  for (const { postId, holders } of roster)
    for (const { role, personId } of holders)
      if (role !== 'shiftLeader') postOf.set(personId, open.has(postId) ? postId : (postOf.get(personId) ?? postId));
  const names = new Map(posts.map(({ subject, unit, post }) => [subject, unit === post ? unit : `${unit} ${post}`]));
  const groupOf = (person: Person): PersonGroup => {
    const post = postOf.get(person.id);
    if (open.has(person.id) || (post !== undefined && open.has(post))) return 'askedNow';
    if (post !== undefined) return 'onDutyNow';
    return person.isOffice ? 'officeAndLeaders' : 'others';
  };
  return people
    .filter((person) => !person.isDisabled)
    .map((person) => {
      const post = postOf.get(person.id);
      const place =
        (post === undefined ? undefined : names.get(post)) ?? person.posts[0]?.unit ?? person.roles[0]?.name ?? person.title ?? '';
      return { person, group: groupOf(person), place };
    })
    .toSorted(
      (a, b) => order.indexOf(a.group) - order.indexOf(b.group) || (a.group === 'others' ? a.place.localeCompare(b.place, 'zh-CN') : 0),
    );
};

/** Every word must be found in the name, the unit, the post, a role or the number. */
export const searchPeople = (listed: readonly ListedPerson[], query: string): readonly ListedPerson[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return listed;
  return listed.filter(({ person, place }) => {
    const posts = person.posts.flatMap(({ name, unit }) => [name, unit]);
    const text = [person.name, place, person.mobile, person.mobile.replaceAll('-', ''), ...posts, ...person.roles.map(({ name }) => name)]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
};
