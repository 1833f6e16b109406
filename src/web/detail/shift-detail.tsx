import { pageDeskTexts } from '../../messages/page-desk-texts.ts';
import type { DutyRequest, NamedHolder, ShiftDetail as Shown } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { hrefOf, subjectHref } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';
import { Facts, momentOf } from './facts.tsx';
import { Offers } from './offers.tsx';
import { PersonLink } from './person-link.tsx';
import { PhoneNumber } from './phone-number.tsx';
import { Story } from './story.tsx';

/** `08/27 08:30 – 17:00`, with the day again where it is another. */
export const timesOf = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  `${momentOf(from)} – ${to.slice(0, 10) === from.slice(0, 10) ? to.slice(11, 16) : momentOf(to)}`;

type ShiftDetailProps = { readonly shift: Shown; readonly viewer: string | null };

/** Who stands it, how it was taken over, what was asked in it, and what was asked for about it. */
export const ShiftDetail = ({ shift, viewer }: ShiftDetailProps) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  return (
    <>
      <Offers kind="shift" id={shift.id} viewer={viewer} />
      <ShiftFacts shift={shift} />
      {shift.requests.length > 0 && (
        <section aria-label={words.shiftRequests}>
          <h3>{words.shiftRequests}</h3>
          <ul class="requests">
            {shift.requests.map((request) => (
              <Request key={request.id} request={request} viewer={viewer} />
            ))}
          </ul>
        </section>
      )}
      <section aria-label={words.shiftStory}>
        <h3>{words.shiftStory}</h3>
        <Story
          query={`subject=${encodeURIComponent(shift.postId)}&from=${encodeURIComponent(shift.from)}&to=${encodeURIComponent(shift.to)}`}
          isNewestFirst={false}
          isBrief
          about={shift.post}
        />
      </section>
      <nav class="neighbours" aria-label={texts.shiftsTitle}>
        {shift.before && <a href={hrefOf({ kind: 'shift', id: shift.before })}>‹ {words.shiftBefore}</a>}
        {shift.after && <a href={hrefOf({ kind: 'shift', id: shift.after })}>{words.shiftAfter} ›</a>}
      </nav>
    </>
  );
};

const ShiftFacts = ({ shift }: { readonly shift: Shown }) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const people = (list: readonly NamedHolder[]) =>
    list.map(({ role, personId, name }) => (
      <span key={`${role} ${personId}`} class="facts-part">
        <span class="holder-role">{texts.roles[role] ?? role}</span>
        <PersonLink personId={personId} name={name} />
      </span>
    ));
  const change = (ref: Shown['takenOver']) =>
    ref && (
      <span class="facts-part">
        <a href={hrefOf({ kind: 'handover', id: ref.id })}>{words.handoverStatuses[ref.status] ?? ref.status}</a>{' '}
        {ref.acceptedAt && (
          <span class="holder-role">{put(words.handoverAccepted, { by: ref.acceptedBy ?? '', time: momentOf(ref.acceptedAt) })}</span>
        )}
      </span>
    );
  const state = shift.isNow ? texts.shiftNow : shift.isOver ? words.shiftOver : null;
  const postHref = subjectHref(shift.postId);
  const unitHref = subjectHref(shift.unit.id);
  return (
    <Facts
      facts={[
        state === null ? null : { label: texts.statusTitle, value: state },
        {
          label: words.shiftHolders,
          value: shift.holders.length > 0 ? people(shift.holders) : <span class="is-nobody">{words.shiftNobody}</span>,
        },
        shift.notHandedOverTo === undefined
          ? null
          : {
              label: words.shiftTaken,
              value: (
                <span class="is-nobody">
                  {put(texts.notHandedOver, { names: shift.notHandedOverTo.map(({ name }) => name).join(texts.comma) })}
                </span>
              ),
            },
        { label: texts.postsTitle, value: postHref === null ? shift.post : <a href={postHref}>{shift.post}</a> },
        unitHref === null ? null : { label: words.shiftUnit, value: <a href={unitHref}>{shift.unit.name}</a> },
        shift.landline === undefined ? null : { label: texts.landline, value: <PhoneNumber number={shift.landline} /> },
        shift.people.length === 0 ? null : { label: texts.peopleTitle, value: people(shift.people) },
        shift.takenOver === null ? null : { label: words.shiftTaken, value: change(shift.takenOver) },
        shift.givenOn === null ? null : { label: words.shiftGiven, value: change(shift.givenOn) },
      ]}
    />
  );
};

/** A leave, a swap or a cover that touches the shift, with what one may do about it. */
const Request = ({ request, viewer }: { readonly request: DutyRequest; readonly viewer: string | null }) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const { kind, status, holder, substitute, gives, takes } = request;
  return (
    <li class="request">
      <p class="request-head">
        <b>{words.requestKinds[kind] ?? kind}</b>
        <PersonLink personId={holder.personId} name={holder.name} />
        <span aria-hidden="true">→</span>
        {substitute ? (
          <PersonLink personId={substitute.personId} name={substitute.name} />
        ) : (
          <span class="holder-role">{words.requestNobody}</span>
        )}
        <span class="chip">{words.requestStatuses[status] ?? status}</span>
      </p>
      {[...gives, ...takes].map((part) => (
        <p key={`${part.postId} ${part.from}`} class="request-part">
          {part.post} {timesOf(part)}
        </p>
      ))}
      <Offers kind="request" id={request.id} viewer={viewer} about={`${words.requestKinds[kind] ?? kind} ${holder.name}`} />
    </li>
  );
};
