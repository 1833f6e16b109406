import { usePage } from '../data/store.ts';
import type { SubjectDetail as Subject } from '../data/types.ts';
import { sinceOf } from '../logic/format-time.ts';
import { put } from '../logic/put.ts';
import { hrefOf, subjectHref } from '../logic/route.ts';
import { useTicking } from '../parts/ticking.tsx';
import { useWords } from '../parts/words.tsx';
import { Facts, momentOf } from './facts.tsx';
import { ObligationList } from './obligation-list.tsx';
import { Offers } from './offers.tsx';
import { PersonLink } from './person-link.tsx';
import { PhoneNumber } from './phone-number.tsx';
import { timesOf } from './shift-detail.tsx';
import { Story } from './story.tsx';

type SubjectDetailProps = {
  readonly subject: Subject;
  readonly viewer: string | null;
  readonly onSpeak: ((personId: string) => void) | null;
};

/** A post, a unit or a person: who stands, what is open, what comes, what happened. */
export const SubjectDetail = ({ subject, viewer, onSpeak }: SubjectDetailProps) => {
  const { texts } = useWords();
  return (
    <>
      <Offers kind={subject.kind} id={subject.subject} viewer={viewer} />
      {subject.kind === 'person' && onSpeak && (
        <button type="button" class="act" onClick={() => onSpeak(subject.subject)}>
          {texts.speakAs}
        </button>
      )}
      <SubjectFacts subject={subject} />
      <section aria-label={texts.openTitle}>
        <h3>{texts.openTitle}</h3>
        {subject.open.length === 0 ? (
          <p class="detail-none">{texts.openNone}</p>
        ) : (
          <ObligationList list={subject.open} isNamed={subject.kind !== 'post'} />
        )}
      </section>
      <Shifts subject={subject} />
      <section aria-label={texts.story}>
        <h3>{texts.story}</h3>
        <Story query={`subject=${encodeURIComponent(subject.subject)}`} isNewestFirst isBrief about={subject.name} />
      </section>
    </>
  );
};

const SubjectFacts = ({ subject }: { readonly subject: Subject }) => {
  const { texts } = useWords();
  const { lastContactAt, lastContactBy, nextCheckAt, landline, places, people, kind } = subject;
  const mobile = usePage('people').find(({ id }) => id === subject.subject)?.mobile;
  const since = useTicking((nowMs) => (typeof lastContactAt === 'string' ? sinceOf(lastContactAt, nowMs, texts) : texts.never));
  return (
    <Facts
      facts={[
        kind === 'unit' || lastContactAt === undefined
          ? null
          : {
              label: texts.lastContact,
              value: (
                <span>
                  {since}
                  {lastContactAt !== null && ' · '}
                  {lastContactAt !== null && (
                    <time dateTime={lastContactAt} title={lastContactAt.slice(0, 19).replace('T', ' ')}>
                      {momentOf(lastContactAt)}
                    </time>
                  )}
                  {lastContactBy !== undefined && ` ${put(texts.contactBy, { name: lastContactBy })}`}
                </span>
              ),
            },
        nextCheckAt === null ? null : { label: texts.nextCheckAt, value: momentOf(nextCheckAt) },
        mobile === undefined ? null : { label: texts.mobile, value: <PhoneNumber number={mobile} /> },
        landline === undefined ? null : { label: texts.landline, value: <PhoneNumber number={landline} /> },
        places.length === 0
          ? null
          : {
              label: kind === 'unit' ? texts.postsTitle : texts.placesTitle,
              value: places.map(({ id, name, role }) => {
                const href = subjectHref(id);
                return (
                  <span key={`${id} ${role ?? ''}`} class="facts-part">
                    {href === null ? name : <a href={href}>{name}</a>}{' '}
                    {role && <span class="holder-role">{texts.roles[role] ?? role}</span>}
                  </span>
                );
              }),
            },
        people.length === 0
          ? null
          : {
              label: texts.peopleTitle,
              value: people.map(({ role, personId, name }) => (
                <span key={`${role} ${personId}`} class="facts-part">
                  <span class="holder-role">{texts.roles[role] ?? role}</span>
                  <PersonLink personId={personId} name={name} />
                </span>
              )),
            },
      ]}
    />
  );
};

/** More of them would hide what happened. */
const shiftsAtOnce = 3;

const Shifts = ({ subject }: { readonly subject: Subject }) => {
  const { texts } = useWords();
  if (subject.shifts.length === 0) return null;
  return (
    <section aria-label={texts.shiftsTitle}>
      <h3>{texts.shiftsTitle}</h3>
      <ShiftList subject={subject} shifts={subject.shifts.slice(0, shiftsAtOnce)} />
      {subject.shifts.length > shiftsAtOnce && (
        <details>
          <summary>{put(texts.shiftsMore, { count: subject.shifts.length - shiftsAtOnce })}</summary>
          <ShiftList subject={subject} shifts={subject.shifts.slice(shiftsAtOnce)} />
        </details>
      )}
    </section>
  );
};

const ShiftList = ({ subject, shifts }: { readonly subject: Subject; readonly shifts: Subject['shifts'] }) => {
  const { texts } = useWords();
  return (
    <ol class="shifts">
      {shifts.map((shift) => (
        <li key={`${shift.postId} ${shift.from}`} class={shift.isNow ? 'shift is-now' : 'shift'}>
          <span class="shift-time">
            <a href={hrefOf({ kind: 'shift', id: shift.id })}>{timesOf(shift)}</a>
            {shift.isNow && <b class="chip">{texts.shiftNow}</b>}
          </span>
          {subject.kind !== 'post' && <span class="entry-name">{shift.post}</span>}
          <span class="holders">
            {shift.holders.map(({ role, personId, name }) => (
              <span key={`${role} ${personId}`} class="holder">
                <span class="holder-role">{texts.roles[role] ?? role}</span>
                <PersonLink personId={personId} name={name} />
              </span>
            ))}
            {shift.notHandedOverTo && (
              <span class="is-nobody">{put(texts.notHandedOver, { names: shift.notHandedOverTo.map(({ name }) => name).join(' ') })}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
};
