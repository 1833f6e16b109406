import { pageDeskTexts } from '../../messages/page-desk-texts.ts';
import type { HandoverDetail as Shown, NamedHolder } from '../data/types.ts';
import { numberOf } from '../logic/item-number.ts';
import { put } from '../logic/put.ts';
import { hrefOf, subjectHref } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';
import { deadlineOf, Facts, momentOf } from './facts.tsx';
import { Offers } from './offers.tsx';
import { PersonLink } from './person-link.tsx';
import { Story } from './story.tsx';

/** Who goes and who comes, what was handed over and noted, and who accepted it when. */
export const HandoverDetail = ({ handover, viewer }: { readonly handover: Shown; readonly viewer: string | null }) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  return (
    <>
      <Offers kind="handover" id={handover.id} viewer={viewer} />
      <HandoverFacts handover={handover} />
      <Matters handover={handover} />
      {handover.notes.length > 0 && (
        <section aria-label={words.handoverNotes}>
          <h3>{words.handoverNotes}</h3>
          <ul class="notes">
            {handover.notes.map(({ at, by, text }) => (
              <li key={`${at} ${by} ${text}`}>
                <p class="note-text">{text}</p>
                <p class="holder-role">{put(words.handoverNoted, { by, time: momentOf(at) })}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={texts.story}>
        <h3>{texts.story}</h3>
        <Story query={`itemId=${encodeURIComponent(handover.id)}`} isNewestFirst={false} about={handover.post} />
      </section>
    </>
  );
};

const HandoverFacts = ({ handover }: { readonly handover: Shown }) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const people = (list: readonly NamedHolder[]) =>
    list.map(({ role, personId, name }) => (
      <span key={`${role} ${personId}`} class="facts-part">
        <span class="holder-role">{texts.roles[role] ?? role}</span>
        <PersonLink personId={personId} name={name} />
      </span>
    ));
  const said = (list: readonly { readonly at: string; readonly by: string }[]) =>
    list.map(({ at, by }) => (
      <span key={`${at} ${by}`} class="facts-part">
        {put(words.handoverAccepted, { by, time: momentOf(at) })}
      </span>
    ));
  const postHref = subjectHref(handover.postId);
  const shift = (id: string | null, label: string) =>
    id === null ? null : (
      <a key={id} href={hrefOf({ kind: 'shift', id })}>
        {label}
      </a>
    );
  return (
    <Facts
      facts={[
        { label: words.handoverStatus, value: words.handoverStatuses[handover.status] ?? handover.status },
        { label: words.handoverAt, value: momentOf(handover.at) },
        { label: texts.postsTitle, value: postHref === null ? handover.post : <a href={postHref}>{handover.post}</a> },
        { label: words.handoverGoes, value: people(handover.outgoing) },
        { label: words.handoverComes, value: people(handover.incoming) },
        handover.acceptances.length === 0 ? null : { label: words.shiftTaken, value: said(handover.acceptances) },
        handover.delays.length === 0 ? null : { label: words.handoverDelays, value: said(handover.delays) },
        {
          label: words.shift,
          value: [shift(handover.shiftBefore, words.shiftBefore), shift(handover.shiftAfter, words.shiftAfter)],
        },
      ]}
    />
  );
};

const Matters = ({ handover }: { readonly handover: Shown }) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const { open, due } = handover;
  return (
    <section aria-label={words.handoverMatters}>
      <h3>{words.handoverMatters}</h3>
      {open.length + due.length === 0 && <p class="detail-none">{words.handoverNothing}</p>}
      <ul class="matters">
        {open.map(({ kind, subject, since, obligationId }) => (
          <li key={`${kind} ${subject} ${since}`}>
            {obligationId === null ? (
              <b>{kinds[kind] ?? kind}</b>
            ) : (
              <a href={hrefOf({ kind: 'obligation', id: obligationId })}>{kinds[kind] ?? kind}</a>
            )}{' '}
            {subject} <span class="holder-role">{momentOf(since)}</span>
          </li>
        ))}
        {due.map(({ itemId, kind, dueAt }) => (
          <li key={`${itemId} ${kind}`}>
            <a href={hrefOf({ kind: 'item', id: itemId })}>{numberOf(itemId) || texts.detail}</a> {kinds[kind] ?? kind}{' '}
            <span class="holder-role">{deadlineOf(dueAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
