import { useEffect, useRef } from 'preact/hooks';
import { leaveDetail } from '../data/use-route.ts';
import { useFetched } from '../data/use-fetched.ts';
import type { ItemDetail as Item, ObligationDetail as Obligation, SubjectDetail as Subject } from '../data/types.ts';
import type { Detail } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';
import { ItemDetail } from './item-detail.tsx';
import { ObligationDetail } from './obligation-detail.tsx';
import { SubjectDetail } from './subject-detail.tsx';

export type DetailPanelProps = {
  readonly detail: Detail;
  /** As whom one looks, where nobody has signed in. */
  readonly viewer: string | null;
  readonly onSaid: () => void;
  /** Null where nobody can be spoken as. */
  readonly onSpeak: ((personId: string) => void) | null;
};

/** One post, unit, person, obligation or item, from the address. */
export const DetailPanel = (props: DetailPanelProps) => {
  const { kind } = props.detail;
  if (kind === 'obligation') return <OfObligation {...props} />;
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
      {found !== null && found !== 'missing' && <SubjectDetail subject={found} onSaid={props.onSaid} onSpeak={props.onSpeak} />}
    </Frame>
  );
};

const OfObligation = (props: DetailPanelProps) => {
  const { texts } = useWords();
  const found = useFetched<Obligation>(pathOf('obligations', props));
  const shown = found === null || found === 'missing' ? null : found;
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  return (
    <Frame
      title={shown ? `${kinds[shown.kind] ?? shown.kind} ${shown.subjectName}` : texts.story}
      isMissing={false}
      isRead={found !== null}
    >
      {found !== null && <ObligationDetail id={props.detail.id} shown={shown} onSaid={props.onSaid} />}
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
      {found !== null && found !== 'missing' && <ItemDetail item={found} onSaid={props.onSaid} />}
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
