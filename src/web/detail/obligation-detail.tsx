import { pageDeskTexts } from '../../messages/page-desk-texts.ts';
import { usePage } from '../data/store.ts';
import type { ObligationDetail as Shown } from '../data/types.ts';
import { countdownOf } from '../logic/format-time.ts';
import type { Forgotten } from '../logic/forgotten.ts';
import { numberOf } from '../logic/item-number.ts';
import { put } from '../logic/put.ts';
import { hrefOf, subjectHref } from '../logic/route.ts';
import { tellRow } from '../logic/tell-row.ts';
import { useTicking } from '../parts/ticking.tsx';
import { useNames } from '../parts/use-names.ts';
import { useWords } from '../parts/words.tsx';
import { AppealFacts } from './appeal-facts.tsx';
import { deadlineOf, Facts, momentOf } from './facts.tsx';
import { Offers } from './offers.tsx';
import { PersonLink } from './person-link.tsx';
import { PhoneNumber } from './phone-number.tsx';
import { Story } from './story.tsx';

type ObligationDetailProps = {
  readonly id: string;
  readonly shown: Shown | null;
  readonly forgotten: Forgotten | undefined;
  readonly viewer: string | null;
};

/** Its whole story, hop by hop; what has been over for long is told by the ledger alone. */
export const ObligationDetail = ({ id, shown, forgotten, viewer }: ObligationDetailProps) => {
  const { texts } = useWords();
  const names = useNames();
  return (
    <>
      {shown ? <Standing shown={shown} viewer={viewer} /> : <Offers kind="obligation" id={id} viewer={viewer} />}
      {forgotten && <Over forgotten={forgotten} />}
      <section aria-label={texts.story}>
        <h3>{texts.story}</h3>
        <Story
          query={`obligationId=${encodeURIComponent(id)}`}
          isNewestFirst={false}
          about={shown?.subjectName ?? names.get(forgotten?.subject ?? '') ?? ''}
        />
      </section>
    </>
  );
};

const Over = ({ forgotten: { openedAt, limit, end } }: { readonly forgotten: Forgotten }) => {
  const { texts } = useWords();
  const names = useNames();
  return (
    <Facts
      facts={[
        { label: texts.openedAt, value: momentOf(openedAt) },
        limit === null ? null : { label: texts.answerBy, value: deadlineOf(limit) },
        end === undefined ? null : { label: texts.endedAt, value: `${momentOf(end.at)} ${tellRow(end, names, texts).phrase}` },
      ]}
    />
  );
};

const Standing = ({ shown, viewer }: { readonly shown: Shown; readonly viewer: string | null }) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const names = useNames();
  const mobiles = new Map(usePage('people').map(({ id, mobile }) => [id, mobile]));
  const left = useTicking((nowMs) => (shown.nextAt === null ? '' : countdownOf(shown.nextAt, nowMs)));
  const href = subjectHref(shown.subject);
  /** Whoever is out of the reader's sight is counted, not named. */
  const people = (ids: readonly string[], isRung = false) => {
    const unseen = ids.filter((id) => id.startsWith('m') && !names.has(id)).length;
    return [
      ...ids
        .filter((id) => !id.startsWith('m') || names.has(id))
        .map((id) => (
          <span key={id} class="facts-part">
            {id.startsWith('m') ? <PersonLink personId={id} name={names.get(id) ?? ''} /> : (names.get(id) ?? texts.groupChat)}{' '}
            {isRung && mobiles.has(id) && <PhoneNumber number={mobiles.get(id)!} />}
          </span>
        )),
      ...(unseen > 0 && names.size > 0 ? [put(texts.othersCount, { n: unseen })] : []),
    ];
  };
  const itemId = shown.itemId?.startsWith('i') ? shown.itemId : undefined;
  return (
    <>
      <Offers kind="obligation" id={shown.id} viewer={viewer} />
      <AppealFacts shown={shown} />
      <Facts
        facts={[
          { label: texts.statusTitle, value: texts.statuses[shown.status] ?? shown.status },
          { label: texts.placesTitle, value: href === null ? shown.subjectName : <a href={href}>{shown.subjectName}</a> },
          itemId === undefined
            ? null
            : { label: texts.itemNumber, value: <a href={hrefOf({ kind: 'item', id: itemId })}>{numberOf(itemId) || texts.detail}</a> },
          shown.itemId?.startsWith('h') === true
            ? {
                label: words.handover,
                value: <a href={hrefOf({ kind: 'handover', id: shown.itemId })}>{momentOf(shown.answerBy)}</a>,
              }
            : null,
          shown.shiftId === undefined
            ? null
            : { label: words.shift, value: <a href={hrefOf({ kind: 'shift', id: shown.shiftId })}>{words.shiftSee}</a> },
          { label: texts.openedAt, value: momentOf(shown.openedAt) },
          { label: texts.answerBy, value: deadlineOf(shown.answerBy) },
          shown.nextAt === null
            ? null
            : { label: `${texts.nextStep} (${put(texts.step, { step: shown.stepNo + 1 })})`, value: left ?? texts.due },
          shown.missedAt === undefined ? null : { label: texts.missedAt, value: momentOf(shown.missedAt) },
          shown.callResult === undefined
            ? null
            : { label: texts.callResult, value: texts.callResults[shown.callResult] ?? shown.callResult },
          shown.endedAt === undefined ? null : { label: texts.endedAt, value: momentOf(shown.endedAt) },
          shown.asked.length === 0 ? null : { label: texts.asked, value: people(shown.asked, true) },
          shown.landline === undefined ? null : { label: texts.landline, value: <PhoneNumber number={shown.landline} /> },
          shown.told.length === 0 ? null : { label: texts.told, value: people(shown.told) },
        ]}
      />
    </>
  );
};
