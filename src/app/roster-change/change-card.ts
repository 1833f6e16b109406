import type { Notice } from '../../domain/escalation/notice.ts';
import { fill } from '../../messages/catalogue.ts';
import { rosterChangeTextsFor, type RosterChangeRefusal, type RosterChangeTexts } from '../../messages/roster-change-texts.ts';
import type { Button, ButtonValue } from '../../ports/channel.ts';
import { officePeople } from '../../domain/organisation/directory.ts';
import { isAuditor } from '../acts/auditing.ts';
import { nameOf, reply, type Turn } from '../acts/speaker.ts';

/** Cards about changes of the roster: a heading, lines, and buttons that carry all that they need. */

export type ChangeCard = { readonly heading: string; readonly lines: readonly string[]; readonly buttons?: readonly Button[] };

const mostNamed = 3;

export const textsOf = ({ message }: Turn): RosterChangeTexts => rosterChangeTextsFor(message.locale);

/** `{name}` put in; a place without its value stays empty. */
export const put = (pattern: string, values: { readonly [name: string]: string | number }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));

export const paramsOf = ({ heading, lines, buttons = [] }: ChangeCard): NonNullable<Notice['params']> => ({
  heading,
  lines,
  buttons: buttons.map((button) => JSON.stringify(button)),
});

export const sayCard = (turn: Turn, card: ChangeCard): readonly Notice[] => [reply(turn, 'reply.rosterChange', paramsOf(card))];

export const refuseChange = (
  turn: Turn,
  reason: RosterChangeRefusal,
  values: { readonly [name: string]: string } = {},
): readonly Notice[] => {
  const texts = textsOf(turn);
  const line = fill(texts.refusals[reason], values) ?? put(texts.refusals[reason], values);
  return [reply(turn, 'reply.rosterChange', { ...paramsOf({ heading: texts.refused, lines: [line] }), refused: reason })];
};

/** It is the office's: whom to turn to is said with it. */
export const refuseToOthers = (turn: Turn, reason: RosterChangeRefusal): readonly Notice[] => {
  const { directory } = turn.world;
  const people = officePeople(directory, turn.change.now)
    .filter((id) => {
      const person = directory.people.get(id);
      return person !== undefined && person.isDisabled !== true && !isAuditor(turn.world, person);
    })
    .slice(0, mostNamed);
  const named = people.map((id) => `${nameOf(turn.world, id)} ${directory.people.get(id)?.mobile ?? ''}`.trim());
  return refuseChange(turn, reason, { people: named.join(textsOf(turn).comma) });
};

export const changeButton = (title: string, value: ButtonValue, style?: Button['style']): Button => ({
  title,
  value,
  ...(style === undefined ? {} : { style }),
});

/** Buttons as the notice carries them. */
export const carriedButtons = ({ template, params = {} }: Notice): readonly Button[] => {
  const { buttons } = params;
  const isOurs =
    template === 'reply.rosterChange' || template === 'reply.accounts' || template === 'reply.links' || template.startsWith('ahead.');
  return isOurs && Array.isArray(buttons) ? (buttons as readonly string[]).map((one) => JSON.parse(one) as Button) : [];
};
