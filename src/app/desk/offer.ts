import type { Button, CardInput } from '../../ports/channel.ts';
import type { World } from '../world.ts';

/**
 * What somebody may do about what they look at, as a button with what it must be told. It goes to the bot like the
 * button of a card, in their own conversation, and is decided there; what is offered was asked of the same rules.
 */
export type Offer = Pick<Button, 'title' | 'value' | 'style'> & {
  readonly inputs?: readonly CardInput[];
  /** Files may come with it. */
  readonly takesFiles?: boolean;
  /** It is nothing without one. */
  readonly needsFiles?: boolean;
  readonly hint?: string;
};

/** Whose look it is. `locale`: of the page. */
export type Look = { readonly world: World; readonly personId: string; readonly now: number; readonly locale: string };

export const choiceOf = (
  id: string,
  label: string,
  choices: readonly { readonly title: string; readonly value: string }[],
  more: Partial<Pick<CardInput, 'isRequired' | 'value'>> = {},
): CardInput => ({ id, label, type: 'choice', isRequired: true, choices, ...more });

export const textInput = (id: string, label: string, isRequired: boolean): CardInput => ({
  id,
  label,
  type: 'text',
  isRequired,
  isMultiline: true,
});
