import { AdaptiveCard, ChoiceSetInput, DateInput, HostConfig, type Input, SubmitAction, TextInput, TimeInput } from 'adaptivecards';
import { useEffect, useRef } from 'preact/hooks';
import { findOwnLinks } from '../logic/own-links.ts';

export type CardProps = {
  readonly card: object;
  readonly isLive: boolean;
  readonly unreadable: string;
  /** What was pressed, and in which words. */
  readonly onSubmit: (data: object, title: string | undefined) => void;
};

/** The style sheet's own colours, so that a card follows light and dark. */
const toneOf = (backgroundColor: string) => {
  const words = { default: 'var(--ink)', subtle: 'var(--ink-soft)' };
  const names = ['default', 'dark', 'light', 'accent', 'attention', 'good', 'warning'];
  return { backgroundColor, foregroundColors: Object.fromEntries(names.map((name) => [name, words])) };
};

// texts are shown as they are: nothing that somebody typed becomes markup
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false;
};

/** Sizes and colours come from the style sheet; what stands here is what cards must be told. */
const hostConfig = new HostConfig({
  fontFamily: 'inherit',
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 12 },
  supportsInteractivity: true,
  actions: { maxActions: 8, spacing: 'default', buttonSpacing: 8, actionsOrientation: 'horizontal', actionAlignment: 'left' },
  fontSizes: { small: 12, default: 14, medium: 15, large: 18, extraLarge: 22 },
  containerStyles: {
    default: toneOf('transparent'),
    emphasis: toneOf('var(--sunken)'),
    accent: toneOf('var(--waiting-tint)'),
    attention: toneOf('var(--missed-tint)'),
    warning: toneOf('var(--escalated-tint)'),
    good: toneOf('var(--green-tint)'),
  },
  // below the hidden heading of its message
  textBlock: { headingLevel: 4 },
  inputs: { label: { requiredInputs: { weight: 'bolder' }, optionalInputs: { weight: 'default' } }, errorMessage: { size: 'small' } },
  factSet: { title: { weight: 'default', wrap: true, maxWidth: 110 }, value: { wrap: true }, spacing: 8 },
});

/** An adaptive card drawn by its own library, again whenever it is changed in place. */
export const Card = ({ card, isLive, unreadable, onSubmit }: CardProps) => {
  const place = useRef<HTMLDivElement>(null);
  const submit = useRef(onSubmit);
  submit.current = onSubmit;
  const before = useRef<AdaptiveCard>(undefined);
  useEffect(() => {
    const drawn = draw(card, before.current, (...pressed) => submit.current(...pressed));
    before.current = drawn?.adaptive;
    if (drawn) linkOwn(drawn.element);
    place.current?.replaceChildren(drawn?.element ?? document.createTextNode(unreadable));
  }, [card, unreadable]);
  return <div class={`card ${isLive ? '' : 'is-read-only'}`} inert={!isLive} ref={place} />;
};

/** The card's own words are shown as they are; the addresses of this service in them can be followed all the same. */
const linkOwn = (element: HTMLElement): void => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  for (const node of nodes) {
    const pieces = findOwnLinks(node.data, location.origin);
    if (pieces.every(({ href }) => href === undefined)) continue;
    node.replaceWith(
      ...pieces.map(({ text, href }) =>
        href === undefined
          ? text
          : Object.assign(document.createElement('a'), { href, textContent: text, target: '_blank', rel: 'noopener' }),
      ),
    );
  }
};

type Drawn = { readonly adaptive: AdaptiveCard; readonly element: HTMLElement };

const isTyped = (input: Input): input is TextInput | DateInput | TimeInput | ChoiceSetInput =>
  input instanceof TextInput || input instanceof DateInput || input instanceof TimeInput || input instanceof ChoiceSetInput;

/** A card may change while somebody fills it in: what they have put in stays. */
const carryOver = (from: AdaptiveCard, to: AdaptiveCard): void => {
  const filled = new Map(
    from.getAllInputs().flatMap((input) => (input.id && isTyped(input) && input.value ? [[input.id, input.value]] : [])),
  );
  for (const input of to.getAllInputs()) {
    const value = filled.get(input.id ?? '');
    if (value !== undefined && isTyped(input)) input.defaultValue = value;
  }
};

const draw = (card: object, before: AdaptiveCard | undefined, onSubmit: CardProps['onSubmit']): Drawn | undefined => {
  const adaptive = new AdaptiveCard();
  adaptive.hostConfig = hostConfig;
  adaptive.onExecuteAction = (action) => {
    if (action instanceof SubmitAction && action.data) onSubmit(action.data, action.title);
  };
  try {
    adaptive.parse(card);
    if (before) carryOver(before, adaptive);
    const element = adaptive.render();
    return element && { adaptive, element };
  } catch {
    return undefined;
  }
};
