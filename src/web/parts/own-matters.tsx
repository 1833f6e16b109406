import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../data/store.ts';
import type { Obligation } from '../data/types.ts';
import { useLate } from '../data/use-late.ts';
import { hrefOf } from '../logic/route.ts';
import { PartAway } from './part-away.tsx';
import { StatusMark } from './status-mark.tsx';
import { Countdown } from './tile.tsx';
import { useWords } from './words.tsx';

/** What waits for whoever is signed in, with its buttons, above all else: at three in the morning nobody looks for them. */
export const OwnMatters = () => {
  const { texts } = useWords();
  const matters = usePage('ownMatters');
  const own = usePage('session')?.personId;
  const { ended, dismiss } = useEnded(matters);
  if (own === undefined || (matters.length === 0 && ended === null)) return null;
  return (
    <section class="own" aria-label={texts.ownMatters}>
      <ul>
        {[...matters, ...(ended === null ? [] : [ended])].map((matter) => (
          <Matter key={matter.id} matter={matter} own={own} onDismiss={matter === ended ? dismiss : null} />
        ))}
      </ul>
    </section>
  );
};

/** The last one that was settled stays until it is put away: what came of the press stands there. */
const useEnded = (matters: readonly Obligation[]) => {
  const before = useRef(matters);
  const [ended, setEnded] = useState<Obligation | null>(null);
  useEffect(() => {
    const gone = before.current.find(({ id }) => matters.every((each) => each.id !== id));
    before.current = matters;
    if (gone) setEnded(gone);
  }, [matters]);
  const isBack = ended !== null && matters.some(({ id }) => id === ended.id);
  return { ended: isBack ? null : ended, dismiss: () => setEnded(null) };
};

const loadOffers = () => import('../detail/offers.tsx');

type MatterProps = { readonly matter: Obligation; readonly own: string; readonly onDismiss: (() => void) | null };

const Matter = ({ matter, own, onDismiss }: MatterProps) => {
  const { texts } = useWords();
  const { part, isAway } = useLate(loadOffers);
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const color = onDismiss ? 'green' : 'waiting';
  return (
    <li class={`own-matter is-${color}`}>
      <p class="own-title">
        <StatusMark color={color} />
        <b>{kinds[matter.kind] ?? matter.kind}</b>
        <a href={hrefOf({ kind: 'obligation', id: matter.id })}>{matter.subjectName}</a>
        {onDismiss ? <span>{texts.ownEnded}</span> : matter.nextAt && <Countdown iso={matter.nextAt} label={texts.nextStep} />}
      </p>
      {part ? <part.Offers kind="obligation" id={matter.id} viewer={own} about={matter.subjectName} /> : <PartAway isAway={isAway} />}
      {onDismiss && (
        <button type="button" class="quiet-button" onClick={onDismiss}>
          {texts.hintClose}
        </button>
      )}
    </li>
  );
};
