import type { ItemKind } from '../../domain/items/item-kind.ts';
import type { Item } from '../../domain/items/item.ts';
import { extensible, finishable, maySee, nextActions, reassignable, type ItemActionType } from '../../domain/items/next-actions.ts';
import { fill } from '../../messages/catalogue.ts';
import { itemTextsFor } from '../../messages/item-texts.ts';
import type { CardInput } from '../../ports/channel.ts';
import { about, styled } from '../items/cards/item-buttons.ts';
import { itemContextOf } from '../items/change-item.ts';
import { actionOfType } from '../items/chat/item-actions.ts';
import { inputsOf, isForm } from '../items/chat/item-form.ts';
import type { Look, Offer } from './offer.ts';

/** Acts that files belong to: what is reported and handed in, and the scan of the seal. */
const withFiles: readonly ItemActionType[] = ['report', 'draft', 'sign'];
const needsFiles = (type: ItemActionType, { needsSignOff }: ItemKind): boolean => type === 'sign' || (type === 'draft' && needsSignOff);

/** Which part is meant: only those that are theirs to choose from; where the whole is not, one of them. */
const partInput = (input: CardInput, theirs: readonly string[]): readonly CardInput[] => {
  const choices = (input.choices ?? []).filter(({ value }) => theirs.includes(value));
  return choices.length === 0 ? [] : [{ ...input, choices, isRequired: input.isRequired || !theirs.includes('0') }];
};

/** Everything that somebody can do with an item now: no button promises what the rules refuse. */
export const offersOnItem = ({ world, personId, now, locale }: Look, item: Item): readonly Offer[] => {
  const context = itemContextOf(world);
  if (!maySee(item, personId, context, now)) return [];
  const texts = itemTextsFor(locale);
  const finishing = finishable(item, personId, context, now).map((no) =>
    styled(fill(texts.lines.finish, { no: String(no) }) ?? '', { action: 'finishSubtask', itemId: item.id, no: String(no) }),
  );
  const theirs = reassignable(item, personId, context, now).map(String);
  const extended = extensible(item, personId, context, now).map(String);
  const acts: readonly ItemActionType[] = [
    ...nextActions(item, personId, context, now),
    ...(theirs.length > 0 ? (['reassign'] as const) : []),
  ];
  return [
    ...finishing,
    ...acts.map((type): Offer => {
      const button = styled(texts.actions[type], { action: actionOfType(type), itemId: item.id, ...about(item, type) });
      if (!isForm(type)) return button;
      const hint = texts.hints[type];
      return {
        ...button,
        inputs: inputsOf(world, item, type, {}, texts, now).flatMap((input) =>
          input.id === 'part' ? partInput(input, type === 'reassign' ? theirs : extended) : [input],
        ),
        ...(withFiles.includes(type) ? { takesFiles: true } : {}),
        ...(needsFiles(type, context.kindOf(item.kind)) ? { needsFiles: true } : {}),
        ...(hint === undefined ? {} : { hint }),
      };
    }),
  ];
};
