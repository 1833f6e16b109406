import { isUnreached } from '../../domain/contact/reach.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { officePeople } from '../../domain/organisation/directory.ts';
import { aheadTextsFor } from '../../messages/ahead-texts.ts';
import type { Button } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import type { Change } from '../change.ts';
import { put } from '../roster-change/change-card.ts';
import type { World } from '../world.ts';
import { comingAt } from './plan-for.ts';
import { dutyText, startOfTest } from './say-ahead.ts';

/** Most that one message names, and gives buttons for. */
const mostNamed = 30;
const mostWithButtons = 5;

export type Silent = { readonly personId: string; readonly from: number; readonly o: Obligation };

const knownOf = (world: World, { personId, o }: Silent): 'paused' | 'notDelivered' | 'silent' =>
  isUnreached(world.reach, personId) ? 'paused' : o.isDelivered ? 'silent' : 'notDelivered';

const wordsOf = (world: World, silent: readonly Silent[]): NonNullable<Notice['params']> => {
  const texts = aheadTextsFor(undefined);
  const { people } = world.directory;
  const lines = silent.slice(0, mostNamed).map((one) => {
    const coming = comingAt(world, one.personId, one.from);
    return put(texts.unreachable, {
      person: nameOf(world, one.personId),
      mobile: people.get(one.personId)?.mobile ?? '',
      duty: coming ? dutyText(world, coming, undefined) : '',
      known: texts.known[knownOf(world, one)],
    });
  });
  const rest = silent.length - lines.length;
  const buttons = silent.slice(0, mostWithButtons).flatMap(({ personId, from, o }): readonly Button[] => {
    const person = nameOf(world, personId);
    const postId = comingAt(world, personId, from)?.duties[0]?.postId ?? '';
    return [
      { title: put(texts.called, { person }), value: { action: 'testCalled', obligationId: o.id }, style: 'positive' },
      {
        title: put(texts.replace, { person }),
        value: {
          action: 'settleRosterChange',
          from: String(from),
          to: '',
          units: '',
          post: postId,
          role: '',
          out: personId,
          in: '',
          name: '',
        },
      },
    ];
  });
  return {
    count: silent.length,
    lines: [...lines, ...(rest > 0 ? [put(texts.unreachableMore, { count: rest })] : []), texts.unreachableHint],
    buttons: buttons.map((button) => JSON.stringify(button)),
  };
};

/** Those who have given no sign of life by the limit: to the office in one message, each with what is known and what can be done. */
export const listUnreachable = (world: World, change: Change, silent: readonly Silent[]): void => {
  if (silent.length === 0) return;
  const params = { ...wordsOf(world, silent), listed: silent.map(({ o }) => o.id) };
  for (const to of officePeople(world.directory, change.now))
    change.notices.push({ to, via: 'card', template: 'ahead.unreachable', params, decidedAt: change.now });
  change.events.push({
    at: change.now,
    event: 'UnreachableListed',
    data: { people: silent.map((one) => [one.personId, one.from, knownOf(world, one)]) },
  });
};

/** Ids of the tests that a notice lists; none where it is no such list. */
export const testsListedIn = ({ template, params }: Notice): readonly string[] => {
  const listed = template === 'ahead.unreachable' ? params?.['listed'] : undefined;
  return Array.isArray(listed) ? listed : [];
};

/** A list about those who are still silent when it goes out; nothing where nobody is. */
export const stillUnreachable = (
  world: World,
  notice: Notice,
  obligationOf: (id: string) => Obligation | undefined,
): Notice | undefined => {
  const listed = testsListedIn(notice);
  const silent = listed.flatMap((id) => {
    const o = obligationOf(id);
    return o && !isEnded(o) ? [{ personId: o.subject, from: startOfTest(o), o }] : [];
  });
  if (silent.length === listed.length) return notice;
  return silent.length === 0 ? undefined : { ...notice, params: { ...notice.params, ...wordsOf(world, silent) } };
};
