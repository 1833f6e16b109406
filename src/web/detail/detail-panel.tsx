import { useEffect, useRef } from 'preact/hooks';
import { leaveDetail } from '../data/use-route.ts';
import { useFetched } from '../data/use-fetched.ts';
import type {
  HandoverDetail as Handover,
  ItemDetail as Item,
  ObligationDetail as Obligation,
  Page,
  Row,
  ShiftDetail as Shift,
  SubjectDetail as Subject,
} from '../data/types.ts';
import { pageDeskTexts } from '../../messages/page-desk-texts.ts';
import { forgottenOf } from '../logic/forgotten.ts';
import { put } from '../logic/put.ts';
import type { Detail } from '../logic/route.ts';
import { useNames } from '../parts/use-names.ts';
import { useWords } from '../parts/words.tsx';
import { momentOf } from './facts.tsx';
import { HandoverDetail } from './handover-detail.tsx';
import { ItemDetail } from './item-detail.tsx';
import { ObligationDetail } from './obligation-detail.tsx';
import { ShiftDetail, timesOf } from './shift-detail.tsx';
import { SubjectDetail } from './subject-detail.tsx';

export type DetailPanelProps = {
  readonly detail: Detail;
  /** As whom one looks, where nobody has signed in. */
  readonly viewer: string | null;
  /** Null where nobody can be spoken as. */
  readonly onSpeak: ((personId: string) => void) | null;
};

/** One post, unit, person, obligation, item, shift or change of shift, from the address. */
export const DetailPanel = (props: DetailPanelProps) => {
  const { kind } = props.detail;
  if (kind === 'obligation') return <OfObligation {...props} />;
  if (kind === 'shift') return <OfShift {...props} />;
  if (kind === 'handover') return <OfHandover {...props} />;
  return kind === 'item' ? <OfItem {...props} /> : <OfSubject {...props} />;
};

const pathOf = (resource: string, { detail, viewer }: DetailPanelProps): string =>
  `api/${resource}/${encodeURIComponent(detail.id)}${viewer === null ? '' : `?as=${encodeURIComponent(viewer)}`}`;

const OfSubject = (props: DetailPanelProps) => {
  const { texts } = useWords();
  const found = useFetched<Subject>(pathOf('subjects', props));
  return (
    <Frame
      title={found === null || found === 'missing' ? texts.detail : found.name}
      isMissing={found === 'missing'}
      isRead={found !== null}
    >
      {found !== null && found !== 'missing' && <SubjectDetail subject={found} viewer={props.viewer} onSpeak={props.onSpeak} />}
    </Frame>
  );
};

/** What is over gets few more rows, if any; real ms. */
const keptMs = 10_000;

const OfObligation = (props: DetailPanelProps) => {
  const { texts } = useWords();
  const found = useFetched<Obligation>(pathOf('obligations', props));
  const shown = found === null || found === 'missing' ? null : found;
  // what has been over for long is told by its rows alone
  const { id } = props.detail;
  const rows = useFetched<Page<Row>>(found === 'missing' ? `api/ledger?limit=500&obligationId=${encodeURIComponent(id)}` : null, keptMs);
  const told = rows === null || rows === 'missing' ? [] : rows.items;
  const isRead = shown !== null || (found === 'missing' && rows !== null);
  const isMissing = shown === null && isRead && told.length === 0;
  const forgotten = shown === null ? forgottenOf(told) : undefined;
  const names = useNames();
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const titleOf = ({ kind }: { readonly kind: string }, name: string): string => `${kinds[kind] ?? kind} ${name}`.trim();
  const title = shown
    ? titleOf(shown, shown.subjectName)
    : forgotten
      ? titleOf(forgotten, names.get(forgotten.subject) ?? '')
      : texts.story;
  return (
    <Frame title={title} isMissing={isMissing} isRead={isRead}>
      {isRead && !isMissing && <ObligationDetail id={id} shown={shown} forgotten={forgotten} viewer={props.viewer} />}
    </Frame>
  );
};

const OfItem = (props: DetailPanelProps) => {
  const { texts } = useWords();
  const found = useFetched<Item>(`api/items/${encodeURIComponent(props.detail.id)}`);
  return (
    <Frame
      title={found === null || found === 'missing' ? texts.detail : found.number}
      isMissing={found === 'missing'}
      isRead={found !== null}
    >
      {found !== null && found !== 'missing' && <ItemDetail item={found} viewer={props.viewer} />}
    </Frame>
  );
};

const OfShift = ({ detail, viewer }: DetailPanelProps) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const found = useFetched<Shift>(`api/shifts/${encodeURIComponent(detail.id)}`);
  const shown = found === null || found === 'missing' ? null : found;
  return (
    <Frame
      title={shown ? put(words.shiftOf, { post: shown.post, time: timesOf(shown) }) : words.shift}
      isMissing={found === 'missing'}
      isRead={found !== null}
    >
      {shown && <ShiftDetail shift={shown} viewer={viewer} />}
    </Frame>
  );
};

const OfHandover = ({ detail, viewer }: DetailPanelProps) => {
  const { texts } = useWords();
  const words = pageDeskTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const found = useFetched<Handover>(`api/handovers/${encodeURIComponent(detail.id)}`);
  const shown = found === null || found === 'missing' ? null : found;
  return (
    <Frame
      title={shown ? put(words.handoverOf, { post: shown.post, time: momentOf(shown.at) }) : words.handover}
      isMissing={found === 'missing'}
      isRead={found !== null}
    >
      {shown && <HandoverDetail handover={shown} viewer={viewer} />}
    </Frame>
  );
};

type FrameProps = {
  readonly title: string;
  readonly isRead: boolean;
  readonly isMissing: boolean;
  readonly children: preact.ComponentChildren;
};

const Frame = ({ title, isRead, isMissing, children }: FrameProps) => {
  const { texts } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  // whoever walks by keyboard, or listens, is led to what they asked for
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leaveDetail();
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
  return (
    <section class="detail" aria-label={texts.detail}>
      <header class="chat-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="quiet-button" onClick={leaveDetail}>
          {texts.detailClose}
        </button>
      </header>
      <div class="detail-body">
        {!isRead && <p class="nothing">{texts.detailLoading}</p>}
        {isMissing && <p class="nothing">{texts.detailNone}</p>}
        {children}
      </div>
    </section>
  );
};
