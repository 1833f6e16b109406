import { Fragment } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useMay } from '../data/session.ts';
import { usePage } from '../data/store.ts';
import type { Person, Post, RosterRow, Standing, Wall as WallData } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { setupHref } from '../logic/route.ts';
import { isTrouble, mostTiles, shadeOf, sortWall, worsened, type Shade } from '../logic/sort-wall.ts';
import { useKeptFocus } from './keep-focus.ts';
import { Channels } from './channels.tsx';
import { Counts } from './counts.tsx';
import { StatusMark } from './status-mark.tsx';
import { ItemList } from './item-list.tsx';
import { OpenList } from './open-list.tsx';
import { overdueText, useOverdue } from './overdue.ts';
import { OwnMatters } from './own-matters.tsx';
import type { TileFacts } from './tile.tsx';
import { ManyTiles, TileList, type TileListProps } from './tile-list.tsx';
import { Timeline } from './timeline.tsx';
import { useWords } from './words.tsx';

type Shown = 'posts' | 'standing' | 'open' | 'items';

type WallProps = { readonly onPerson: (personId: string) => void };

export const Wall = ({ onPerson }: WallProps) => {
  const { texts } = useWords();
  const wall = usePage('wall');
  const roster = usePage('roster');
  const [shown, setShown] = useState<Shown>('posts');
  const [only, setOnly] = useState<Shade | null>(null);
  const body = useRef<HTMLDivElement>(null);
  useKeptFocus(body);
  const people = usePage('people');
  const isTiled = shown === 'posts' || shown === 'standing';
  const subjects: readonly (Post | Standing)[] = wall?.[shown === 'standing' ? 'standing' : 'posts'] ?? none;
  const factsOf = useFacts({ roster, people });
  const overdue = useOverdue(wall !== null);
  return (
    <section class="wall" id="wall" aria-label={texts.wall} tabIndex={-1}>
      <div class="wall-head">
        <Switch shown={shown} onShown={setShown} wall={wall} overdue={overdue} />
        {isTiled && <Counts subjects={subjects} total={wall?.counts[shown] ?? 0} isKnown={wall !== null} only={only} onOnly={setOnly} />}
      </div>
      <Announcer subjects={subjects} factsOf={factsOf} />
      <div class="wall-body" ref={body}>
        <OwnMatters />
        <OfficeMatters wall={wall} />
        {overdue > 0 && shown !== 'items' && <OverdueItems count={overdue} onShow={() => setShown('items')} />}
        <Channels />
        {isTiled && <Timeline />}
        {!wall && isTiled && <p class="nothing">{texts.detailLoading}</p>}
        {shown === 'open' && <OpenList />}
        {shown === 'items' && <ItemList />}
        {wall && isTiled && <Tiles subjects={subjects} factsOf={factsOf} only={only} shown={shown} onPerson={onPerson} />}
      </div>
    </section>
  );
};

const none: readonly never[] = [];

export type FactsOf = (subject: Post | Standing) => TileFacts;

type TilesProps = WallProps & {
  readonly subjects: readonly (Post | Standing)[];
  readonly factsOf: FactsOf;
  readonly only: Shade | null;
  readonly shown: Shown;
};

/** What needs somebody first, then what is calm. */
const Tiles = ({ subjects, factsOf, only, shown, onPerson }: TilesProps) => {
  const { texts } = useWords();
  const chosen = only === null ? subjects : subjects.filter((subject) => shadeOf(subject) === only);
  const trouble = sortWall(chosen.filter(isTrouble));
  const parts = { factsOf, onPerson };
  return (
    <>
      {trouble.length > 0 && (
        <>
          <h2 class="section-title">
            {texts.attention}
            <span class="section-count">{trouble.length}</span>
          </h2>
          <Troubles subjects={trouble} {...parts} />
        </>
      )}
      {trouble.length === 0 && only === null && <Calm subjects={subjects} isPosts={shown === 'posts'} />}
      {only !== null && chosen.length === 0 && <p class="nothing">{texts.notFound}</p>}
      {(['unproven', 'green'] as const).map((shade) => {
        const calm = chosen.filter((subject) => shadeOf(subject) === shade);
        if (calm.length === 0) return null;
        return (
          <Fragment key={shade}>
            <h2 class="section-title">
              {texts.colors[shade]}
              <span class="section-count">{calm.length}</span>
            </h2>
            <ManyTiles class="calms" subjects={calm} {...parts} />
          </Fragment>
        );
      })}
    </>
  );
};

/** Who waits has only just been asked: where that is a whole city, it is summed up, and what is worse stands in full. */
const Troubles = ({ subjects, ...parts }: TileListProps) => {
  const waiting = subjects.filter(({ color }) => color === 'waiting');
  if (waiting.length <= mostTiles) return <TileList class="troubles" subjects={subjects} {...parts} />;
  return (
    <>
      <TileList class="troubles" subjects={subjects.filter(({ color }) => color !== 'waiting')} {...parts} />
      <ManyTiles class="troubles" subjects={waiting} {...parts} />
    </>
  );
};

const Switch = ({
  shown,
  onShown,
  wall,
  overdue,
}: {
  readonly shown: Shown;
  readonly onShown: (shown: Shown) => void;
  readonly wall: WallData | null;
  readonly overdue: number;
}) => {
  const { texts } = useWords();
  return (
    <div class="switch" role="group" aria-label={texts.wall}>
      {(['posts', 'standing', 'open', 'items'] as const).map((each) => {
        const count =
          each === 'open' ? (wall?.counts.open ?? 0) : each === 'items' ? overdue : (wall?.[each].filter(isTrouble).length ?? 0);
        return (
          <button type="button" key={each} aria-pressed={shown === each} onClick={() => onShown(each)}>
            {{ posts: texts.posts, standing: texts.standing, open: texts.openTab, items: texts.itemsTab }[each]}
            {count > 0 && shown !== each && <span class="badge">{each === 'items' ? overdueText(count) : count}</span>}
          </button>
        );
      })}
    </div>
  );
};

/** Where there is nothing at all yet, whoever sets up is led there. */
const Calm = ({ subjects, isPosts }: { readonly subjects: readonly (Post | Standing)[]; readonly isPosts: boolean }) => {
  const { texts } = useWords();
  const count = subjects.length;
  const waiting = subjects.filter((each) => 'notHandedOverTo' in each && (each.notHandedOverTo?.length ?? 0) > 0).length;
  const unproven = subjects.filter((each) => shadeOf(each) === 'unproven').length;
  const detail = !isPosts ? texts.allCalmPeople : waiting > 0 ? texts.allCalmWaiting : texts.allCalmDetail;
  const said = `${put(detail, { count, waiting })}${unproven > 0 ? ` ${put(texts.stillUnproven, { unproven })}` : ''}`;
  const maySetUp = useMay('setUp');
  return (
    <div class="all-calm">
      {count > 0 && <StatusMark color={unproven > 0 ? 'unproven' : 'green'} />}
      <p>
        <b>{count === 0 ? texts.nothingYet : unproven > 0 ? texts.allCalmUnproven : texts.allCalm}</b>
        <span>{count > 0 ? said : texts.nothingYetDetail}</span>
      </p>
      {count === 0 && isPosts && maySetUp && (
        <a class="quiet-button" href={setupHref('start')}>
          {texts.nothingYetStart}
        </a>
      )}
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

/** Paper that is late is nobody's empty post, and no less urgent for it. */
const OverdueItems = ({ count, onShow }: { readonly count: number; readonly onShow: () => void }) => {
  const { texts } = useWords();
  return (
    <button type="button" class="office-matter is-missed overdue-items" onClick={onShow}>
      <StatusMark color="missed" />
      <b>{put(texts.itemsOverdue, { count: overdueText(count) })}</b>
    </button>
  );
};

/** Says aloud what turned worse, and nothing else: a wall that is read out whole each second helps nobody. */
export const Announcer = ({ subjects, factsOf }: Pick<TilesProps, 'subjects' | 'factsOf'>) => {
  const { texts } = useWords();
  const before = useRef<readonly (Post | Standing)[]>(none);
  const [said, say] = useState('');
  useEffect(() => {
    const worse = sortWall(worsened(before.current, subjects)).slice(0, mostSaid);
    before.current = subjects;
    const words = worse.map((subject) => `${factsOf(subject).title} ${texts.colors[subject.color]}`);
    if (words.length > 0) say(words.join(texts.comma));
  }, [subjects, factsOf, texts]);
  return (
    <p class="hidden" role="status" aria-live="polite">
      {said}
    </p>
  );
};
const mostSaid = 5;

type Known = { readonly roster: readonly RosterRow[]; readonly people: readonly Person[] };

/** The words of each tile, made once as long as nothing in them is another. */
export const useFacts = ({ roster, people }: Known): FactsOf => {
  const { texts } = useWords();
  return useMemo(() => {
    const known = new WeakMap<Post | Standing, TileFacts>();
    const persons = new Map(people.map((person) => [person.id, person]));
    const holders = new Map(roster.map((row) => [row.postId, row.holders]));
    const roles = { onDuty: texts.onDuty, coDuty: texts.coDuty, notHandedOver: texts.notHandedOver };
    const make = (each: Post | Standing): TileFacts =>
      'name' in each
        ? factsOfPerson(each, persons.get(each.subject), texts.roles)
        : factsOfPost(each, holders.get(each.subject) ?? none, roles);
    return (each) => {
      const facts = known.get(each) ?? make(each);
      known.set(each, facts);
      return facts;
    };
  }, [roster, people, texts]);
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
    detail: post.post === post.unit ? '' : post.post,
    waiting,
    holders: [...named(post.onDuty, 'onDuty'), ...named(post.coDuty, 'coDuty')],
  };
};
