import type { Obligation } from '../data/types.ts';
import { countdownOf } from '../logic/format-time.ts';
import { numberOf } from '../logic/item-number.ts';
import { isOverdue, toneOf } from '../logic/obligation-standing.ts';
import { put } from '../logic/put.ts';
import { hrefOf } from '../logic/route.ts';
import { useTicking } from '../parts/ticking.tsx';
import { useWords } from '../parts/words.tsx';
import { deadlineOf } from './facts.tsx';

/** What is open, each with its step and the time that is left. */
export const ObligationList = ({ list, isNamed }: { readonly list: readonly Obligation[]; readonly isNamed: boolean }) => (
  <ul class="entries">
    {list.map((o) => (
      <Entry key={o.id} obligation={o} isNamed={isNamed} />
    ))}
  </ul>
);

const Entry = ({ obligation: o, isNamed }: { readonly obligation: Obligation; readonly isNamed: boolean }) => {
  const { texts } = useWords();
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const left = useTicking((nowMs) => (o.nextAt === null ? '' : countdownOf(o.nextAt, nowMs)));
  const tone = useTicking((nowMs) => toneOf(o, nowMs)) ?? 'plain';
  const late = useTicking((nowMs) => (isOverdue(o, nowMs) ? texts.overdue : ''));
  const number = numberOf(o.itemId ?? '');
  const step = o.stepNo > 0 ? put(texts.step, { step: o.stepNo }) : late ? '' : texts.stepNone;
  return (
    <li class={`entry is-${tone}`}>
      <a href={hrefOf({ kind: 'obligation', id: o.id })}>
        <b class="entry-kind">{kinds[o.kind] ?? o.kind}</b>
        {isNamed && <span class="entry-name">{o.subjectName}</span>}
        {number !== '' && <span class="entry-number">{number}</span>}
        {late && <span class="tile-step">{late}</span>}
        {step !== '' && <span class="tile-step">{step}</span>}
        {o.itemId !== undefined && (
          <span class="entry-limit">
            <span class="label">{texts.limit}</span> <b>{deadlineOf(o.answerBy)}</b>
          </span>
        )}
        {o.nextAt !== null && (
          <span class="entry-left">
            <span class="label">{texts.nextStep}</span> <b>{left ?? texts.due}</b>
          </span>
        )}
      </a>
    </li>
  );
};
