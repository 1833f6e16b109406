import type { Offer, OfferInput } from '../data/types.ts';

/** What the bot has answered, as the page shows it beside what it was asked about. */
export type Answer = {
  readonly key: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: 'good' | 'missed' | 'waiting' | 'plain';
  /** What it wants next, or offers instead. */
  readonly offers: readonly Offer[];
};

type Element = {
  readonly type?: string;
  readonly style?: string;
  readonly text?: string;
  readonly items?: readonly Element[];
  readonly id?: string;
  readonly label?: string;
  readonly isRequired?: boolean;
  readonly isMultiline?: boolean;
  readonly value?: string;
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
};

type Action = {
  readonly title?: string;
  readonly data?: Offer['value'];
  readonly style?: string;
  readonly associatedInputs?: string;
};

type AdaptiveCard = { readonly body?: readonly Element[]; readonly actions?: readonly Action[] };

const inputTypes: { readonly [type: string]: OfferInput['type'] } = {
  'Input.Text': 'text',
  'Input.Date': 'date',
  'Input.Time': 'time',
  'Input.ChoiceSet': 'choice',
};

const toInput = (element: Element): readonly OfferInput[] => {
  const type = inputTypes[element.type ?? ''];
  if (type === undefined || element.id === undefined) return [];
  const { id, label = '', isRequired = false, isMultiline, value, choices } = element;
  const more = {
    ...(isMultiline ? { isMultiline } : {}),
    ...(value === undefined ? {} : { value }),
    ...(choices === undefined ? {} : { choices }),
  };
  return [{ id, label, type, isRequired, ...more }];
};

const tones: { readonly [style: string]: Answer['tone'] } = { good: 'good', attention: 'missed', accent: 'waiting' };

/** A card of the bot's as it came: its heading, its lines, and what can be pressed on it. */
export const readCard = (key: string, card: AdaptiveCard): Answer => {
  const [head, ...body] = card.body ?? [];
  const title = head?.items?.[0]?.text ?? head?.text ?? '';
  const lines = body.flatMap(({ type, text }) => (type === 'TextBlock' && text !== undefined ? [text] : []));
  const inputs = body.flatMap(toInput);
  const offers = (card.actions ?? []).flatMap(({ title: name = '', data, style, associatedInputs }): readonly Offer[] => {
    if (data === undefined) return [];
    const isStyled = style === 'positive' || style === 'destructive';
    return [
      {
        title: name,
        value: data,
        ...(isStyled ? { style } : {}),
        ...(inputs.length > 0 && associatedInputs !== 'none' ? { inputs } : {}),
      },
    ];
  });
  return { key, title, lines, tone: tones[head?.style ?? ''] ?? 'plain', offers };
};

/** What is offered beside the answer already needs no second button. `cancelForm` has nothing to cancel here. */
export const withoutKnown = (answers: readonly Answer[], offered: readonly Offer[]): readonly Answer[] => {
  const known = new Set(offered.map(({ value }) => value.action));
  const isNew = ({ value: { action } }: Offer): boolean => !known.has(action) && !elsewhere.has(action);
  return answers.map((answer) => ({ ...answer, offers: answer.offers.filter(isNew) }));
};

/** Acts that only lead around in a conversation. */
const elsewhere: ReadonlySet<string> = new Set(['cancelForm', 'showItem', 'myItems', 'moreItems', 'showDuty']);
