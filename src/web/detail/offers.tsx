import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { fileTextsOf } from '../../messages/file-texts.ts';
import { pageDeskTexts, type PageDeskTexts } from '../../messages/page-desk-texts.ts';
import { sayFault } from '../chat/draft-files.ts';
import { say } from '../data/say.ts';
import { usePage } from '../data/store.ts';
import type { Offer } from '../data/types.ts';
import { useOffers } from '../data/use-offers.ts';
import { withoutKnown, type Answer } from '../logic/read-card.ts';
import { Linked } from '../parts/linked.tsx';
import { useWords } from '../parts/words.tsx';
import { OfferForm } from './offer-form.tsx';

type OffersProps = {
  readonly kind: 'post' | 'unit' | 'person' | 'obligation' | 'item' | 'shift' | 'handover' | 'request';
  readonly id: string;
  /** As whom one looks. */
  readonly viewer: string | null;
  /** What it is about, where several things stand beside each other. */
  readonly about?: string;
};

/** The form once more: something was wrong or missing, and what was filled in stays where it was. */
const isSameForm = (shown: Offer, { value }: Offer): boolean =>
  shown.value.action === value.action && shown.value['itemId'] === value['itemId'] && (shown.inputs?.length ?? 0) > 0;

const nameOf = ({ value, title }: Offer): string => `${JSON.stringify(value)} ${title}`;

/** Everything that whoever looks may do about it; what comes of it is told in its place. */
export const Offers = ({ kind, id, viewer, about }: OffersProps) => {
  const { texts } = useWords();
  const language = texts.htmlLang === 'en' ? 'en' : 'zh-CN';
  const words = pageDeskTexts[language];
  const mobile = usePage('people').find((person) => person.id === viewer)?.mobile;
  const as = viewer === null ? '' : `&as=${encodeURIComponent(viewer)}`;
  const { offers, again } = useOffers(`api/desk/${kind}/${encodeURIComponent(id)}?lang=${language}${as}`);
  const { begin, send, state } = usePressing(mobile ?? '', language, again);
  const place = useRef<HTMLDivElement>(null);
  useReturnToOffer(place, state);
  if (viewer === null) return null;
  return (
    <div class="offers" ref={place}>
      {offers.length > 0 && (
        <div class="acts" role="group" aria-label={about === undefined ? words.acts : `${words.acts} ${about}`}>
          {offers.map((offer, index) => (
            <OfferButton key={nameOf(offer)} offer={offer} isFirst={index === 0} state={state} onPress={begin} />
          ))}
        </div>
      )}
      {state.begun && (
        <OfferForm
          key={nameOf(state.begun)}
          offer={state.begun}
          isBusy={state.isBusy}
          onSend={(inputs, files) => send(state.begun!, inputs, files)}
          onCancel={() => begin(null)}
        />
      )}
      {state.isBusy && !state.begun && (
        <p class="offer-note" role="status">
          {words.sending}
        </p>
      )}
      <Told told={state.told} offers={offers} words={words} state={state} onPress={begin} />
    </div>
  );
};

type Told = { readonly answers: readonly Answer[]; readonly note?: string } | null;
type Pressing = { readonly begun: Offer | null; readonly isBusy: boolean; readonly told: Told };
type Press = (offer: Offer | null) => void;

const usePressing = (mobile: string, language: 'zh-CN' | 'en', again: () => void) => {
  const [state, setState] = useState<Pressing>({ begun: null, isBusy: false, told: null });
  const words = pageDeskTexts[language];
  const send = (offer: Offer, inputs: { readonly [id: string]: string } = {}, files: readonly File[] = []): void => {
    setState((before) => ({ ...before, isBusy: true }));
    void say(mobile, { value: { ...offer.value, ...inputs }, title: offer.title }, files, language).then((sent) => {
      again();
      if (sent.status === 'answered') {
        const isAskedAgain = sent.answers.some((answer) => answer.offers.some((shown) => isSameForm(shown, offer)));
        // what was filled in stays until something came of it: whoever is refused mends it, or says it elsewhere
        const isKept = isAskedAgain || sent.isRefused;
        return setState(({ begun }) => ({ begun: isKept ? begun : null, isBusy: false, told: { answers: sent.answers } }));
      }
      const fault = sent.status === 'lost' ? (sayFault(sent.code ?? '', '', fileTextsOf(language)) ?? words.lost) : words.sent;
      // what was filled in stays, so that it can be sent again
      setState((before) => ({
        begun: sent.status === 'lost' ? before.begun : null,
        isBusy: false,
        told: { answers: [], note: fault },
      }));
    });
  };
  const begin: Press = (offer) => {
    if (state.isBusy) return;
    const isForm = offer !== null && ((offer.inputs?.length ?? 0) > 0 || offer.takesFiles === true);
    if (offer === null) setState((before) => ({ ...before, begun: null }));
    else if (isForm)
      setState(({ begun, told }) => ({ begun: begun && nameOf(begun) === nameOf(offer) ? null : offer, isBusy: false, told }));
    else {
      // what was told stays until there is more to tell: a button that is taken away under a finger takes the focus along
      setState((before) => ({ begun: null, isBusy: true, told: before.told }));
      send(offer);
    }
  };
  return { state, begin, send };
};

/** A form that is put away gives the focus back to the button that had opened it. */
const useReturnToOffer = (place: RefObject<HTMLElement | null>, { begun, told }: Pressing): void => {
  const before = useRef({ begun, told });
  useLayoutEffect(() => {
    // where something was told instead, the focus goes there
    const closed = begun === null && before.current.told === told ? before.current.begun : null;
    before.current = { begun, told };
    if (closed === null || document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(nameOf(closed))}"]`)?.focus({ preventScroll: true });
  }, [begun, told, place]);
};

type OfferButtonProps = { readonly offer: Offer; readonly isFirst: boolean; readonly state: Pressing; readonly onPress: Press };

const OfferButton = ({ offer, isFirst, state, onPress }: OfferButtonProps) => {
  const isForm = (offer.inputs?.length ?? 0) > 0 || offer.takesFiles === true;
  const isOpen = state.begun !== null && nameOf(state.begun) === nameOf(offer);
  const look = offer.style === 'destructive' ? 'is-destructive' : offer.style === 'positive' && isFirst ? 'is-first' : '';
  return (
    <button
      type="button"
      class={`act offer ${look}`}
      data-key={nameOf(offer)}
      aria-disabled={state.isBusy}
      aria-expanded={isForm ? isOpen : undefined}
      onClick={() => onPress(offer)}
    >
      {offer.title}
    </button>
  );
};

type ToldProps = {
  readonly told: Told;
  readonly offers: readonly Offer[];
  readonly words: PageDeskTexts;
  readonly state: Pressing;
  readonly onPress: Press;
};

const Told = ({ told, offers, words, state, onPress }: ToldProps) => {
  const place = useRef<HTMLDivElement>(null);
  // the button that was pressed may be gone: whoever walks by keyboard is led to what came of it
  useEffect(() => {
    if (told === null) return;
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [told]);
  return (
    <div class="told" role="status" aria-label={words.answer} tabIndex={-1} ref={place} hidden={told === null}>
      {told?.note && <p class="offer-note">{told.note}</p>}
      {withoutKnown(told?.answers ?? [], offers).map((answer) => (
        <div key={answer.key} class={`answer is-${answer.tone}`}>
          <p class="answer-title">{answer.title}</p>
          {answer.lines.map((line) => (
            <p key={line}>
              <Linked text={line} />
            </p>
          ))}
          {answer.offers.length > 0 && (
            <div class="acts">
              {answer.offers.map((offer, index) => (
                <OfferButton key={nameOf(offer)} offer={offer} isFirst={index === 0} state={state} onPress={onPress} />
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  );
};
