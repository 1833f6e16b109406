import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../data/store.ts';
import type { Color, Person, Post, RosterRow, Standing, Wall as WallData } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { isTrouble, sortWall, worsened } from '../logic/sort-wall.ts';
import { useKeptFocus } from './keep-focus.ts';
import { Channels } from './channels.tsx';
import { Counts } from './counts.tsx';
import { StatusMark } from './status-mark.tsx';
import { ItemList } from './item-list.tsx';
import { OpenList } from './open-list.tsx';
import { Tile, type TileFacts } from './tile.tsx';
import { useWords } from './words.tsx';

type Shown = 'posts' | 'standing' | 'open' | 'items';

type WallProps = { readonly onPerson: (personId: string) => void };

export const Wall = ({ onPerson }: WallProps) => {
  const { texts } = useWords();
  const wall = usePage('wall');
  const roster = usePage('roster');
  const [shown, setShown] = useState<Shown>('posts');
  const [only, setOnly] = useState<Color | null>(null);
  const body = useRef<HTMLDivElement>(null);
  useKeptFocus(body);
  const people = usePage('people');
  const facts = useFacts(wall, { roster, people }, shown);
  const isTiled = shown === 'posts' || shown === 'standing';
  return (
    <section class="wall" id="wall" aria-label={texts.wall} tabIndex={-1}>
      <div class="wall-head">
        <Switch shown={shown} onShown={setShown} wall={wall} />
        {isTiled && <Counts subjects={facts.map(({ subject }) => subject)} total={wall?.counts[shown] ?? 0} only={only} onOnly={setOnly} />}
      </div>
      <Announcer facts={facts} />
      <div class="wall-body" ref={body}>
        <OfficeMatters wall={wall} />
        <Channels />
        {shown === 'open' && <OpenList />}
        {shown === 'items' && <ItemList />}
        {wall && isTiled && <Tiles facts={facts} only={only} shown={shown} onPerson={onPerson} />}
      </div>
    </section>
  );
};

type TilesProps = WallProps & { readonly facts: readonly TileFacts[]; readonly only: Color | null; readonly shown: Shown };

/** What needs somebody first, then what is calm. */
const Tiles = ({ facts, only, shown, onPerson }: TilesProps) => {
  const { texts } = useWords();
  const chosen = facts.filter(({ subject }) => only === null || subject.color === only);
  const trouble = chosen.filter(({ subject }) => isTrouble(subject));
  const calm = chosen.filter(({ subject }) => !isTrouble(subject));
  return (
    <>
      {trouble.length > 0 && (
        <>
          <h2 class="section-title">
            {texts.attention}
            <span class="section-count">{trouble.length}</span>
          </h2>
          <ul class="tiles troubles">
            {trouble.map((each) => (
              <Tile key={each.subject.subject} facts={each} onPerson={onPerson} />
            ))}
          </ul>
        </>
      )}
      {trouble.length === 0 && only === null && <Calm count={facts.length} isPosts={shown === 'posts'} />}
      {only !== null && chosen.length === 0 && <p class="nothing">{texts.notFound}</p>}
      {calm.length > 0 && (
        <>
          <h2 class="section-title">
            {texts.calm}
            <span class="section-count">{calm.length}</span>
          </h2>
          <ul class="tiles calms">
            {calm.map((each) => (
              <Tile key={each.subject.subject} facts={each} onPerson={onPerson} />
            ))}
          </ul>
        </>
      )}
    </>
  );
};

const Switch = ({
  shown,
  onShown,
  wall,
}: {
  readonly shown: Shown;
  readonly onShown: (shown: Shown) => void;
  readonly wall: WallData | null;
}) => {
  const { texts } = useWords();
  return (
    <div class="switch" role="group" aria-label={texts.wall}>
      {(['posts', 'standing', 'open', 'items'] as const).map((each) => {
        const count = each === 'posts' || each === 'standing' ? (wall?.[each].filter(isTrouble).length ?? 0) : 0;
        return (
          <button type="button" key={each} aria-pressed={shown === each} onClick={() => onShown(each)}>
            {{ posts: texts.posts, standing: texts.standing, open: texts.openTab, items: texts.itemsTab }[each]}
            {count > 0 && shown !== each && <span class="badge">{count}</span>}
          </button>
        );
      })}
    </div>
  );
};

const Calm = ({ count, isPosts }: { readonly count: number; readonly isPosts: boolean }) => {
  const { texts } = useWords();
  return (
    <div class="all-calm">
      {count > 0 && <StatusMark color="green" />}
      <p>
        <b>{count > 0 ? texts.allCalm : texts.nothingYet}</b>
        <span>{count > 0 ? put(isPosts ? texts.allCalmDetail : texts.allCalmPeople, { count }) : texts.nothingYetDetail}</span>
      </p>
    </div>
  );
};

/** What is about no post: a channel that fails, a gap ahead. It stands above everything. */
const OfficeMatters = ({ wall }: { readonly wall: WallData | null }) => {
  const { texts } = useWords();
  if (!wall || wall.office.length === 0) return null;
  return (
    <ul class="office">
      {wall.office.map(({ id, kind, subjectName }) => (
        <li key={id} class="office-matter is-missed">
          <StatusMark color="missed" />
          <b>{texts.kinds[kind]}</b>
          <span>{subjectName}</span>
        </li>
      ))}
    </ul>
  );
};

/** Says aloud what turned worse, and nothing else: a wall that is read out whole each second helps nobody. */
const Announcer = ({ facts }: { readonly facts: readonly TileFacts[] }) => {
  const { texts } = useWords();
  const before = useRef<readonly TileFacts[]>([]);
  const [said, say] = useState('');
  useEffect(() => {
    const subjects = (list: readonly TileFacts[]) => list.map(({ subject }) => subject);
    const worse = new Set(worsened(subjects(before.current), subjects(facts)));
    before.current = facts;
    const words = facts
      .filter(({ subject }) => worse.has(subject.subject))
      .map(({ title, subject }) => `${title} ${texts.colors[subject.color]}`);
    if (words.length > 0) say(words.slice(0, 5).join(texts.comma));
  }, [facts, texts]);
  return (
    <p class="hidden" role="status" aria-live="polite">
      {said}
    </p>
  );
};

type Known = { readonly roster: readonly RosterRow[]; readonly people: readonly Person[] };

const useFacts = (wall: WallData | null, { roster, people }: Known, shown: Shown): TileFacts[] => {
  const { texts } = useWords();
  if (!wall) return [];
  if (shown === 'standing') {
    const known = new Map(people.map((person) => [person.id, person]));
    return sortWall(wall.standing).map((each) => factsOfPerson(each, known.get(each.subject), texts.roles));
  }
  const holders = new Map(roster.map((row) => [row.postId, row.holders]));
  const roles = { onDuty: texts.onDuty, coDuty: texts.coDuty, notHandedOver: texts.notHandedOver };
  return sortWall(wall.posts).map((post) => factsOfPost(post, holders.get(post.subject) ?? [], roles));
};

const factsOfPerson = (subject: Standing, person: Person | undefined, roles: { readonly [role: string]: string }): TileFacts => ({
  subject,
  title: subject.name,
  titlePersonId: subject.subject,
  detail: [...new Set(subject.roles.map((role) => roles[role] ?? role))].join(' '),
  place: [...new Set(person?.roles.map(({ name }) => name))].join(' '),
  holders: [],
});

const factsOfPost = (
  post: Post,
  holders: RosterRow['holders'],
  roles: { readonly onDuty: string; readonly coDuty: string; readonly notHandedOver: string },
): TileFacts => {
  const waiting = post.notHandedOverTo?.length ? put(roles.notHandedOver, { names: post.notHandedOverTo.join(' ') }) : '';
  const named = (names: readonly string[], role: 'onDuty' | 'coDuty') =>
    names.map((name) => ({
      role: roles[role],
      name,
      personId: holders.find((holder) => holder.role === role && holder.name === name)?.personId,
    }));
  return {
    subject: post,
    title: post.unit,
    detail: [post.post === post.unit ? '' : post.post, waiting].filter(Boolean).join(' '),
    holders: [...named(post.onDuty, 'onDuty'), ...named(post.coDuty, 'coDuty')],
  };
};
