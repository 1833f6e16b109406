import type { Button, Card, CardInput } from '../../src/ports/channel.ts';

export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

const styleOf = { neutral: 'default', asking: 'accent', alert: 'attention', done: 'good' } as const;

/**
 * Cards are read as Markdown, in which the stars of a number that is kept back (138-****-0001) would make what follows
 * bold. A backslash before them would be seen where a client reads no Markdown.
 */
const unstarred = (words: string): string => words.replaceAll(/\*{2,}/gu, (stars) => '\u2022'.repeat(stars.length));

const text = (words: string, more: object = {}): object => ({ type: 'TextBlock', text: unstarred(words), wrap: true, ...more });

/** Teams answers an `Action.Execute` with a new card in place; Web Chat and most others know `Action.Submit` alone. */
const toAction = (button: Button, kind: 'submit' | 'execute'): object => ({
  type: kind === 'submit' ? 'Action.Submit' : 'Action.Execute',
  title: button.title,
  data: button.value,
  ...(kind === 'execute' ? { verb: button.value.action } : {}),
  ...(button.style === undefined ? {} : { style: button.style }),
  ...(button.ignoresInputs ? { associatedInputs: 'none' } : {}),
});

/** Ours: no field of a message needs more, and what a button carries has a limit at the door. */
const longestText = 2_000;

const shapeOf = ({ type, isMultiline, choices = [] }: CardInput): object => {
  switch (type) {
    case 'text':
      return { type: 'Input.Text', maxLength: longestText, ...(isMultiline ? { isMultiline } : {}) };
    case 'date':
      return { type: 'Input.Date' };
    case 'time':
      return { type: 'Input.Time' };
    case 'choice':
      return { type: 'Input.ChoiceSet', style: 'compact', choices };
  }
};

const toInput = (input: CardInput): object => ({
  ...shapeOf(input),
  id: input.id,
  label: input.label,
  ...(input.isRequired ? { isRequired: true, errorMessage: input.errorMessage ?? input.label } : {}),
  ...(input.value === undefined ? {} : { value: input.value }),
});

/** Adaptive Card 1.5; `fallbackText` is what a client says that cannot show it. */
export const toAdaptiveCard = (card: Card, fallbackText: string, kind: 'submit' | 'execute'): object => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText,
  body: [
    {
      type: 'Container',
      style: styleOf[card.tone],
      bleed: true,
      items: [text(card.title, { weight: 'Bolder', size: 'Medium', style: 'heading' })],
    },
    ...card.lines.map((line) => text(line)),
    ...(card.facts.length > 0
      ? [{ type: 'FactSet', facts: card.facts.map(({ name, value }) => ({ title: name, value: unstarred(value) })) }]
      : []),
    ...(card.inputs ?? []).map(toInput),
  ],
  ...(card.buttons.length > 0 ? { actions: card.buttons.map((button) => toAction(button, kind)) } : {}),
});
