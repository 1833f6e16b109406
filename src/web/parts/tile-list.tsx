import { useEffect, useRef, useState } from 'preact/hooks';
import type { Post, Standing } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { groupByUnit, mostTiles, shadeOf } from '../logic/sort-wall.ts';
import { StatusMark } from './status-mark.tsx';
import { Tile, type TileFacts } from './tile.tsx';
import { useWords } from './words.tsx';

export type TileListProps = {
  readonly subjects: readonly (Post | Standing)[];
  readonly factsOf: (subject: Post | Standing) => TileFacts;
  readonly onPerson: (personId: string) => void;
};

type ClassedProps = TileListProps & { readonly class: 'troubles' | 'calms' };

/** Tiles, of a long list the first; more come as somebody scrolls to its end, or asks for them by keyboard. */
export const TileList = ({ subjects, factsOf, onPerson, class: name }: ClassedProps) => {
  const { texts } = useWords();
  const [most, setMost] = useState(mostTiles);
  const end = useRef<HTMLButtonElement>(null);
  const left = subjects.length - most;
  useEffect(() => {
    if (!end.current || left <= 0) return undefined;
    const watching = new IntersectionObserver(([entry]) => entry?.isIntersecting && setMost(most + mostTiles), { rootMargin: '50%' });
    watching.observe(end.current);
    return () => watching.disconnect();
  }, [left > 0, most]);
  if (subjects.length === 0) return null;
  return (
    <>
      <ul class={`tiles ${name}`}>
        {subjects.slice(0, most).map((subject) => (
          <Tile key={subject.subject} facts={factsOf(subject)} onPerson={onPerson} />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" class="quiet-button more-tiles" ref={end} onClick={() => setMost(most + mostTiles)}>
          {put(texts.moreTiles, { count: left })}
        </button>
      )}
    </>
  );
};

const isPost = (subject: Post | Standing): subject is Post => 'unit' in subject;

/** So many of one kind are summed up by unit, and each unit opens. */
export const ManyTiles = ({ subjects, ...parts }: ClassedProps) => {
  const [open, setOpen] = useState<string | null>(null);
  const posts = subjects.filter(isPost);
  const groups = posts.length > mostTiles ? groupByUnit(posts) : [];
  if (groups.length < 2) return <TileList subjects={subjects} {...parts} />;
  return (
    <ul class="units">
      {groups.map(({ unit, tiles }) => (
        <li key={unit} class={open === unit ? 'unit-group is-open' : 'unit-group'}>
          <button
            type="button"
            class={`unit is-${shadeOf(tiles[0]!)}`}
            data-key={`unit ${unit}`}
            aria-expanded={open === unit}
            onClick={() => setOpen(open === unit ? null : unit)}
          >
            <StatusMark color={shadeOf(tiles[0]!)} />
            <span class="unit-name">{unit}</span>
            <b class="unit-count">{tiles.length}</b>
          </button>
          {open === unit && <TileList subjects={tiles} {...parts} />}
        </li>
      ))}
    </ul>
  );
};
