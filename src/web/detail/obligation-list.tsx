import type { Obligation } from '../data/types.ts';
import { countdownOf } from '../logic/format-time.ts';
import { put } from '../logic/put.ts';
import { hrefOf } from '../logic/route.ts';
import { useTicking } from '../parts/ticking.tsx';
import { useWords } from '../parts/words.tsx';

/** What is open, each with its step and the time that is left. */
export const ObligationList = ({ list, isNamed }: { readonly list: readonly Obligation[]; readonly isNamed: boolean }) => (
  <ul class="entries">
    {list.map((o) => (
      <Entry key={o.id} obligation={o} isNamed={isNamed} />
    ))}
  </ul>
);

const toneOf = ({ status, missedAt, stepNo, kind }: Obligation): string => {
  if (status === 'withOffice' || missedAt !== undefined) return 'missed';
  return stepNo > 1 || kind !== 'check' ? 'escalated' : 'waiting';
};

const Entry = ({ obligation: o, isNamed }: { readonly obligation: Obligation; readonly isNamed: boolean }) => {
  const { texts } = useWords();
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const left = useTicking((nowMs) => (o.nextAt === null ? '' : countdownOf(o.nextAt, nowMs)));
  return (
    <li class={`entry is-${toneOf(o)}`}>
      <a href={hrefOf({ kind: 'obligation', id: o.id })}>
        <b class="entry-kind">{kinds[o.kind] ?? o.kind}</b>
        {isNamed && <span class="entry-name">{o.subjectName}</span>}
        <span class="tile-step">{o.stepNo > 0 ? put(texts.step, { step: o.stepNo }) : texts.stepNone}</span>
        {o.nextAt !== null && (
          <span class="entry-left">
            <span class="label">{texts.nextStep}</span> <b>{left ?? texts.due}</b>
          </span>
        )}
      </a>
    </li>
  );
};
