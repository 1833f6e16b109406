import type { Understood } from './intent.ts';

/** One line of `zaigang understand`: the fields of the contract, no line break inside. */
export const toJsonLine = ({ text, intent, unit, item, person, from, to }: Understood): string =>
  JSON.stringify({ text, intent, unit: unit?.name, item, person: person?.name, from, to });
