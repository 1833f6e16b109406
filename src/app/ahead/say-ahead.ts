import type { Coming } from '../../domain/ahead/plan-ahead.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { aheadTextsFor } from '../../messages/ahead-texts.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import type { Card } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import { put } from '../roster-change/change-card.ts';
import { instantText, partText } from '../shift-change/say-duty.ts';
import type { World } from '../world.ts';
import { comingAt } from './plan-for.ts';

/** What is said ahead of shifts, in words. */

export const isTestNotice = ({ template }: Notice): boolean => template === 'ahead.test' || template === 'ahead.testOver';

export const dutyText = (world: World, { from, duties }: Coming, locale: unknown): string =>
  duties
    .map(({ postId, role, to }) => partText(world, { postId, role, from, to }, shiftChangeTextsFor(locale)))
    .join(aheadTextsFor(locale).comma);

export const fromText = (world: World, from: number, locale: unknown): string => instantText(world, from, shiftChangeTextsFor(locale));

/** The key of a test is when its shift begins. */
export const startOfTest = ({ key }: Obligation): number => Number.parseInt(key ?? '', 36);

const cardOf = (title: string, tone: Card['tone'], lines: readonly string[], buttons: Card['buttons'] = []) => ({
  card: { title, tone, lines, facts: [], buttons },
  text: [title, ...lines].join('\n'),
});

/** A test, from the roster as it is now: to the one who is tested, to their liaison, and when it is over. */
export const renderTest = (world: World, notice: Notice, o: Obligation) => {
  const locale = notice.params?.['locale'];
  const texts = aheadTextsFor(locale);
  const from = startOfTest(o);
  const coming = comingAt(world, o.subject, from);
  const duty = coming ? dutyText(world, coming, locale) : '';
  const person = nameOf(world, o.subject);
  if (isEnded(o))
    return cardOf(put(texts.testTitle, { from: fromText(world, from, locale) }), 'done', [
      o.status === 'answered' ? put(texts.overAnswered, { person }) : texts.overWithdrawn,
    ]);
  const values = {
    duty,
    person,
    from: fromText(world, from, locale),
    by: fromText(world, o.answerBy, locale),
    mobile: world.directory.people.get(o.subject)?.mobile ?? '',
  };
  if (notice.to !== o.subject && !o.asked.includes(notice.to)) return cardOf(texts.silentTitle, 'alert', [put(texts.silentLine, values)]);
  if (notice.to !== o.subject && o.missedAt !== undefined) return cardOf(texts.silentTitle, 'alert', [put(texts.silentLine, values)]);
  return cardOf(
    put(texts.testTitle, values),
    'asking',
    texts.testLines.map((line) => put(line, values)),
    [{ title: texts.testButton, value: { action: 'confirmReach', obligationId: o.id }, style: 'positive' }],
  );
};
