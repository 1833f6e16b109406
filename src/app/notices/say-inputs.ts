import { fill } from '../../messages/catalogue.ts';
import { inputTexts } from '../../messages/input-texts.ts';
import type { Card, CardInput } from '../../ports/channel.ts';

type Said = { readonly card: Card; readonly text: string };

/** Completes a message whose card has inputs: what is wanted stands beside each, and the plain text says what to type. */
export const sayInputs = <S extends Said>(said: S, locale: unknown): S => {
  const { card, text } = said;
  if (!card.inputs || card.inputs.length === 0) return said;
  const words = inputTexts[locale === 'en' ? 'en' : 'zh-CN'];
  const lineOf = ({ label, type, isRequired, choices = [] }: CardInput): string => {
    const form = fill(words.forms[type], { choices: choices.map(({ title }) => title).join(words.between) });
    return `${fill(words.line, { label, form }) ?? label}${isRequired ? '' : words.optional}`;
  };
  const buttons = card.buttons.filter(({ ignoresInputs }) => !ignoresInputs).map(({ title }) => title);
  const lead = fill(words.lead, { buttons: buttons.join(words.or) }) ?? '';
  const inputs = card.inputs.map((input) => ({ errorMessage: fill(words.missing, { label: input.label }) ?? '', ...input }));
  return { ...said, card: { ...card, inputs }, text: [text, lead, ...card.inputs.map(lineOf)].join('\n') };
};
