import { figureTexts } from '../../messages/figure-texts.ts';
import { pageAppealTexts } from '../../messages/page-appeal-texts.ts';
import { useMay } from '../data/session.ts';
import type { Appeal, ObligationDetail, Page } from '../data/types.ts';
import { useFetched } from '../data/use-fetched.ts';
import { hrefOf } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';
import { Facts, momentOf } from './facts.tsx';

/** What stands beside it changes when somebody decides, and seldom otherwise; real ms. */
const lookEveryMs = 5_000;

/** What an appeal says, beside the buttons that decide it, and on the check that it is about. */
export const AppealFacts = ({ shown }: { readonly shown: ObligationDetail }) => {
  const { texts } = useWords();
  const language = texts.htmlLang === 'en' ? 'en' : 'zh-CN';
  const words = pageAppealTexts[language];
  const mayRead = useMay('seeAppeals');
  const isAppeal = shown.kind === 'appeal';
  const isOver = shown.kind === 'check' && (shown.endedAt !== undefined || shown.missedAt !== undefined);
  const found = useFetched<Page<Appeal>>(mayRead && (isAppeal || isOver) ? 'api/appeals?order=newest&limit=1000' : null, lookEveryMs);
  if (found === null || found === 'missing') return null;
  const appeal = found.items.find(({ id, obligationId }) => (isAppeal ? id === shown.itemId : obligationId === shown.id));
  if (!appeal) return null;
  const { obligationId, unit, openedAt, category, reason, askedBy, askedAt, status, decidedBy, decidedAt, verdict } = appeal;
  const { withdrawnAt, withdrawnBy } = appeal;
  const categories: { readonly [category: string]: string } = figureTexts[language].categories;
  const check = `${unit} ${momentOf(openedAt)} ${categories[category] ?? category}`;
  return (
    <Facts
      facts={[
        isAppeal ? { label: words.check, value: <a href={hrefOf({ kind: 'obligation', id: obligationId })}>{check}</a> } : null,
        askedAt === null ? null : { label: words.by, value: `${askedBy?.name ?? ''} ${momentOf(askedAt)}` },
        { label: words.reason, value: reason },
        { label: words.end, value: words.ends[status] ?? status },
        decidedAt === null ? null : { label: words.decided, value: `${decidedBy?.name ?? ''} ${momentOf(decidedAt)}` },
        withdrawnAt === null ? null : { label: words.withdrawn, value: `${withdrawnBy?.name ?? ''} ${momentOf(withdrawnAt)}` },
        verdict === null || verdict === '' ? null : { label: words.verdict, value: verdict },
      ]}
    />
  );
};
