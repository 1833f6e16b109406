import { useRef } from 'preact/hooks';
import { pageBigTexts, type PageBigTexts } from '../../messages/page-big-texts.ts';
import type { Post, Standing, Wall } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { isTrouble, shadeOf, sortWall } from '../logic/sort-wall.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { Countdown, LastContact, type TileFacts } from '../parts/tile.tsx';
import type { FactsOf } from '../parts/wall.tsx';
import { useWords } from '../parts/words.tsx';
import { useFit } from './fit.ts';

/** No screen holds more, and a city has thousands. */
const mostDrawn = 120;

type BigTilesProps = { readonly wall: Wall; readonly factsOf: FactsOf };

/** Posts, what is wrong first: the worst, then who was not heard of yet, whom nobody relieved, and as many of the others as fit. */
export const BigTiles = ({ wall, factsOf }: BigTilesProps) => {
  const { texts } = useWords();
  const words = pageBigTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const place = useRef<HTMLDivElement>(null);
  const fits = useFit(place);
  const trouble = sortWall<Post | Standing>([...wall.posts, ...wall.standing].filter(isTrouble));
  const unproven = wall.posts.filter((post) => shadeOf(post) === 'unproven');
  const green = wall.posts.filter((post) => shadeOf(post) === 'green');
  const [waiting, settled] = [green.filter(isNotHandedOver), green.filter((post) => !isNotHandedOver(post))];
  const calm = [...unproven, ...waiting, ...settled];
  const drawn = [...trouble, ...calm].slice(0, mostDrawn);
  return (
    <section class="big-posts" aria-label={texts.posts}>
      <div class="big-tiles" ref={place}>
        <h2 class="hidden">{texts.posts}</h2>
        <ul>
          {drawn.map((subject) => {
            const facts = factsOf(subject);
            return isTrouble(subject) ? (
              <WrongTile key={subject.subject} facts={facts} left={words.left} />
            ) : (
              <WellTile key={subject.subject} facts={facts} />
            );
          })}
        </ul>
      </div>
      <Rest wall={wall} fits={Math.min(fits, drawn.length)} wrong={trouble.length} unproven={unproven.length} words={words} />
    </section>
  );
};

const isNotHandedOver = ({ notHandedOverTo = [] }: Post): boolean => notHandedOverTo.length > 0;

type RestProps = {
  readonly wall: Wall;
  readonly fits: number;
  readonly wrong: number;
  readonly unproven: number;
  readonly words: PageBigTexts;
};

/** What has no place, said plainly; how many are wrong above all. */
const Rest = ({ wall, fits, wrong, unproven, words }: RestProps) => {
  const wrongLeft = Math.max(0, wrong - fits);
  const unprovenLeft = Math.min(unproven, Math.max(0, wrong + unproven - fits));
  const wrongStanding = wall.standing.filter(isTrouble).length;
  // where the list was cut, what is left out is calm
  const posts = Math.max(wall.posts.length, wall.counts.posts);
  const wellLeft = posts + wrongStanding - Math.max(fits, wrong) - unprovenLeft;
  return (
    <p class="big-rest">
      {wrongLeft > 0 && (
        <b class="big-rest-wrong is-missed">
          <StatusMark color="missed" />
          {put(words.moreWrong, { count: wrongLeft })}
        </b>
      )}
      {unprovenLeft > 0 && <span>{put(words.moreUnproven, { count: unprovenLeft })}</span>}
      {wellLeft > 0 && <span>{put(words.moreWell, { count: wellLeft })}</span>}
      {wrongLeft + unprovenLeft + wellLeft === 0 && posts > 0 && <span>{put(words.allShown, { count: posts })}</span>}
      {wall.counts.standing > 0 && <span>{sayStanding(wall, wrongStanding, words)}</span>}
    </p>
  );
};

const sayStanding = ({ standing, counts }: Wall, wrong: number, words: PageBigTexts): string => {
  const unproven = standing.filter((each) => shadeOf(each) === 'unproven').length;
  const text = wrong > 0 ? words.standingWrong : unproven > 0 ? words.standingUnproven : words.standing;
  return put(text, { count: counts.standing, wrong, unproven });
};

type TileProps = { readonly facts: TileFacts };

const WrongTile = ({ facts, left }: TileProps & { readonly left: string }) => {
  const { texts } = useWords();
  const { color, obligation, lastContactAt, lastContactBy } = facts.subject;
  return (
    <li class={`big-tile is-wrong is-${color}`} data-fit>
      <p class="big-state">
        <StatusMark color={color} />
        <b>{texts.colors[color]}</b>
        {obligation && (
          <span class="big-step">
            {obligation.kind === 'check' ? put(texts.step, { step: Math.max(1, obligation.stepNo) }) : texts.kinds[obligation.kind]}
          </span>
        )}
      </p>
      <div class="big-line">
        <Name facts={facts} />
        {obligation?.nextAt && <Countdown iso={obligation.nextAt} label={left} />}
      </div>
      <Holders facts={facts} />
      <LastContact iso={lastContactAt} by={lastContactBy} />
    </li>
  );
};

const WellTile = ({ facts }: TileProps) => {
  const { texts } = useWords();
  const shade = shadeOf(facts.subject);
  const { lastContactAt, lastContactBy } = facts.subject;
  return (
    <li class={`big-tile is-${shade}`} data-fit>
      <div class="big-line">
        <StatusMark color={shade} />
        <Name facts={facts} />
        <b class="big-word">{texts.colors[shade]}</b>
      </div>
      <div class="big-line">
        <Holders facts={facts} />
        <LastContact iso={lastContactAt} by={lastContactBy} />
      </div>
    </li>
  );
};

const Name = ({ facts: { title, detail, waiting } }: TileProps) => (
  <h3 class="big-name">
    {title}
    {detail && <span class="big-detail"> {detail}</span>}
    {waiting && <span class="big-detail is-waiting"> {waiting}</span>}
  </h3>
);

const Holders = ({ facts: { holders, place } }: TileProps) => {
  const { texts } = useWords();
  if (place !== undefined) return <p class="big-holders">{place}</p>;
  if (holders.length === 0) return <p class="big-holders is-nobody">{texts.nobody}</p>;
  return <p class="big-holders">{holders.map(({ name }) => name).join(' ')}</p>;
};
