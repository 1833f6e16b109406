import type { Subject } from '../data/types.ts';
import { countShades, shades, type Shade } from '../logic/sort-wall.ts';
import { StatusMark } from './status-mark.tsx';
import { useWords } from './words.tsx';

type CountsProps = {
  readonly subjects: readonly Subject[];
  /** How many there are in all, where the list was cut: what is left out is calm. */
  readonly total: number;
  /** Before the wall is there nobody has been counted, and none is missing. */
  readonly isKnown: boolean;
  readonly only: Shade | null;
  readonly onOnly: (color: Shade | null) => void;
};

/** How many are in each state; pressing one shows these alone. Good news stands last, as on the wall. */
export const Counts = ({ subjects, total, isKnown, only, onOnly }: CountsProps) => {
  const { texts } = useWords();
  const shown = countShades(subjects);
  const counts = { ...shown, green: shown.green + Math.max(0, total - subjects.length) };
  return (
    <div class="counts" role="group" aria-label={texts.countsLabel}>
      {shades.map((color) => (
        <button
          type="button"
          key={color}
          class={`count is-${color} ${counts[color] === 0 ? 'is-none' : ''}`}
          aria-pressed={only === color}
          title={texts.colorHints[color]}
          onClick={() => onOnly(only === color ? null : color)}
        >
          <StatusMark color={color} />
          <span class="count-number">{isKnown ? counts[color] : '–'}</span>
          <span class="count-word">{texts.colors[color]}</span>
        </button>
      ))}
    </div>
  );
};
