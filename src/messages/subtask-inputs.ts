import type { ItemTexts, SubtaskRow } from './item-texts.ts';

type Row = `${'title' | 'owner' | 'due'}${SubtaskRow}`;

/** Labels of the rows of a plan, from the number of each. */
export const subtaskInputs = (
  numbers: readonly string[],
  labelOf: (number: string) => { readonly title: string; readonly owner: string; readonly due: string },
): Pick<ItemTexts['inputs'], Row> =>
  Object.fromEntries(
    numbers.flatMap((number, index) => Object.entries(labelOf(number)).map(([name, label]) => [`${name}${index + 1}`, label])),
  ) as Pick<ItemTexts['inputs'], Row>;
