import type { PagePolicyTexts } from '../../messages/page-policy-texts.ts';
import { put } from '../logic/put.ts';
import { useWords } from '../parts/words.tsx';
import { roleWord } from './ladder-view.tsx';
import type { Compared, Hop, Totals, Way, WhatIf } from './policy-types.ts';

const momentOf = (iso: string): string => `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;

/** What a changed ladder would have made of what really was asked. */
export const WhatIfView = ({ result, words }: { readonly result: WhatIf; readonly words: PagePolicyTexts }) => {
  const { changed, questions, doubtful, omitted, items } = result;
  const span = { from: momentOf(result.from), to: momentOf(result.to) };
  const shown = items.filter(({ isChanged }) => isChanged);
  return (
    <div class="what-if" role="status">
      <p class="what-if-summary">{put(words.summary, { ...span, questions, changed })}</p>
      <TotalsTable before={result.before} after={result.after} words={words} />
      {changed === 0 && <p>{put(words.same, { count: questions })}</p>}
      {doubtful > 0 && <p class="what-if-note">{put(words.doubtfulCount, { count: doubtful })}</p>}
      <ul class="compared">
        {shown.map((one) => (
          <ComparedItem key={`${one.id} ${one.openedAt}`} compared={one} words={words} />
        ))}
      </ul>
      {changed > 0 && questions > changed && <p class="what-if-note">{put(words.unchanged, { count: questions - changed })}</p>}
      {changed > shown.length && omitted > 0 && <p class="what-if-note">{put(words.omitted, { count: changed - shown.length })}</p>}
    </div>
  );
};

const TotalsTable = ({ before, after, words }: { readonly before: Totals; readonly after: Totals; readonly words: PagePolicyTexts }) => {
  const rows = [
    [words.totals.day, before.messages.day, after.messages.day],
    [words.totals.night, before.messages.night, after.messages.night],
    [words.totals.woken, before.woken, after.woken],
    [words.totals.missed, before.missed, after.missed],
  ] as const;
  return (
    <table class="totals">
      <thead>
        <tr>
          <td />
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
          <th scope="col">{words.difference}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, was, is]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{was}</td>
            <td>{is}</td>
            <td class={is < was ? 'is-less' : is > was ? 'is-more' : ''}>
              {is === was ? '0' : is > was ? `+${is - was}` : `−${was - is}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const tones: { readonly [verdict: string]: string } = {
  inTime: 'is-green',
  late: 'is-escalated',
  missed: 'is-missed',
  takenOver: 'is-escalated',
};

const Verdict = ({ verdict, words }: { readonly verdict: string; readonly words: PagePolicyTexts }) => (
  <span class={`verdict ${tones[verdict] ?? 'is-plain'}`}>{words.verdicts[verdict] ?? verdict}</span>
);

const ComparedItem = ({ compared, words }: { readonly compared: Compared; readonly words: PagePolicyTexts }) => {
  const { texts } = useWords();
  const { kind, subject, openedAt, before, after, isDoubtful } = compared;
  return (
    <li>
      <details>
        <summary>
          <b>{subject.name || subject.id}</b>
          <span>
            {texts.kinds[kind as keyof typeof texts.kinds] ?? kind} {momentOf(openedAt)}
          </span>
          <span class="verdicts">
            <Verdict verdict={before.verdict} words={words} />
            <span aria-hidden="true">→</span>
            <Verdict verdict={after.verdict} words={words} />
          </span>
        </summary>
        {isDoubtful && <p class="what-if-note">{words.doubtful}</p>}
        <div class="ways">
          <WayView title={words.before} way={before} words={words} />
          <WayView title={words.after} way={after} words={words} />
        </div>
      </details>
    </li>
  );
};

const WayView = ({ title, way, words }: { readonly title: string; readonly way: Way; readonly words: PagePolicyTexts }) => (
  <section class="way">
    <h4>{title}</h4>
    <ol>
      {way.hops.length === 0 && <li>{words.nothingThen}</li>}
      {way.hops.map((hop, index) => (
        <li key={`${hop.at} ${index}`}>
          <time>{hop.at.slice(11, 16)}</time> <HopWords hop={hop} words={words} />
        </li>
      ))}
      {way.endedAt !== undefined && (
        <li class="way-end">{put(words.ended, { at: way.endedAt.slice(11, 16), by: way.endedBy?.name || '—' })}</li>
      )}
    </ol>
  </section>
);

const HopWords = ({ hop, words }: { readonly hop: Hop; readonly words: PagePolicyTexts }) => {
  const { texts } = useWords();
  const nameOf = ({ id, name }: { readonly id: string; readonly name: string }): string => name || (id.startsWith('g:') ? words.group : id);
  const what = words.hops[hop.what] ?? hop.what;
  const roles = hop.roles.map((role) => roleWord(role, texts, words)).join(texts.comma);
  const people = hop.notified.map(nameOf).join(texts.comma);
  const callers = hop.callers.map(nameOf).join(texts.comma);
  const reason = hop.what === 'missed' || hop.reason === undefined ? '' : (words.reasons[hop.reason] ?? hop.reason);
  if (hop.what === 'missed') return <b class="hop-missed">{what}</b>;
  return (
    <span>
      {what} {callers === '' ? people || roles : put(words.askedToCall, { people: callers })}
      {reason && <span class="hop-reason"> {reason}</span>}
    </span>
  );
};
