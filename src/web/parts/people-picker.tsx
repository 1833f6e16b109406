import { useState } from 'preact/hooks';
import { usePage } from '../data/store.ts';
import { type ListedPerson, type PersonGroup, groupPeople, searchPeople } from '../logic/group-people.ts';
import { useWords } from './words.tsx';

export type Choice = { readonly kind: 'person'; readonly id: string } | { readonly kind: 'group' };

type PickerProps = { readonly onChoose: (choice: Choice) => void };

/** Long lists are searched, not scrolled. */
const mostInGroup = 60;

export const PeoplePicker = ({ onChoose }: PickerProps) => {
  const { texts } = useWords();
  const people = usePage('people');
  const roster = usePage('roster');
  const wall = usePage('wall');
  const [query, setQuery] = useState('');
  const listed = searchPeople(groupPeople(people, { posts: wall?.posts ?? [], standing: wall?.standing ?? [], roster }), query);
  const groups = Map.groupBy(listed, ({ group }) => group);
  return (
    <div class="picker">
      <p class="picker-lead">{texts.choosePerson}</p>
      <label class="search">
        <span class="hidden">{texts.search}</span>
        <input type="search" placeholder={texts.search} value={query} onInput={(event) => setQuery(event.currentTarget.value)} />
      </label>
      <div class="picker-list">
        <button type="button" class="person group-person" onClick={() => onChoose({ kind: 'group' })}>
          <span class="avatar is-group" aria-hidden="true">
            {texts.groupInitial}
          </span>
          <span class="person-name">{texts.groupChat}</span>
          <span class="person-place">{texts.groupChatHint}</span>
        </button>
        {listed.length === 0 && people.length > 0 && <p class="nothing">{texts.searchNone}</p>}
        {[...groups].map(([group, members]) => (
          <PersonGroupList key={group} group={group} members={members} onChoose={onChoose} />
        ))}
      </div>
    </div>
  );
};

const PersonGroupList = ({
  group,
  members,
  onChoose,
}: { readonly group: PersonGroup; readonly members: readonly ListedPerson[] } & PickerProps) => {
  const { texts } = useWords();
  return (
    <section aria-label={texts[group]}>
      <h3 class={`picker-group is-${group}`}>
        {texts[group]}
        <span class="section-count">{members.length}</span>
      </h3>
      <ul>
        {members.slice(0, mostInGroup).map(({ person, place }) => (
          <li key={person.id}>
            <button type="button" class="person" onClick={() => onChoose({ kind: 'person', id: person.id })}>
              <Avatar name={person.name} />
              <span class="person-name">{person.name}</span>
              <span class="person-place">{place}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

export const Avatar = ({ name }: { readonly name: string }) => (
  <span class="avatar" aria-hidden="true">
    {name.slice(0, 1)}
  </span>
);
