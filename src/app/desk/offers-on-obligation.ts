import { decide, isOwedByOfficers, owesAnswer } from '../../domain/escalation/decide.ts';
import { isEnded, type HeardInCall, type Obligation } from '../../domain/escalation/obligation.ts';
import { isPostId } from '../../domain/roster/subject.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import { deskTextsFor } from '../../messages/desk-texts.ts';
import { subjectsOfPerson } from '../acts/speaker.ts';
import { catalogueFor } from '../handover/say-handover.ts';
import { contextOf } from '../world.ts';
import { choiceOf, type Look, type Offer } from './offer.ts';

const channel = 'page';
const heardInCalls: readonly HeardInCall[] = ['onPost', 'noAnswer', 'busy', 'invalidNumber', 'hungUp', 'standIn'];

/** What somebody can do about a question that people answer, and not about an item, a request or a change of shift. */
export const offersOnQuestion = (look: Look, o: Obligation): readonly Offer[] => {
  if (isEnded(o)) return [];
  if (o.kind === 'reachTest') return ofTest(look, o);
  const { world, personId, now, locale } = look;
  const { buttons } = catalogueFor(locale);
  const words = deskTextsFor(locale);
  const context = contextOf(world);
  const value = { obligationId: o.id };
  const by = { personId, channel };
  const refusalOf = (command: Parameters<typeof decide>[1]) => decide(o, command, context, now).refusal;
  const isOwn = owesAnswer(o, personId, context, now);
  const spoken = refusalOf({ type: 'acknowledge', receivedAt: now, ...by });
  const isHeard = spoken === undefined || spoken === 'codeWanted';
  const code = { id: 'code', label: words.code, type: 'text', isRequired: true } as const;
  return [
    ...(isHeard
      ? [
          {
            title: isOwn ? buttons.acknowledge : buttons.takeOver,
            value: { action: isOwn ? 'acknowledge' : 'takeOver', ...value },
            style: 'positive' as const,
            ...(spoken === 'codeWanted' ? { inputs: [code] } : {}),
          },
        ]
      : []),
    ...(mayLeave(look, o) ? [{ title: buttons.notOnPost, value: { action: 'notOnPost', ...value } }] : []),
    ...(refusalOf({ type: 'passOn', ...by }) === undefined ? [{ title: buttons.passOn, value: { action: 'passOn', ...value } }] : []),
    ...(refusalOf({ type: 'remind', ...by }) === undefined ? [{ title: words.remind, value: { action: 'remind', ...value } }] : []),
    ...(isOwedByOfficers(o) && refusalOf({ type: 'recordCall', result: 'busy', ...by }) === undefined
      ? [{ title: words.recordCall, value: { action: 'recordCall', ...value }, inputs: [callInput(look)] }]
      : []),
  ];
};

const callInput = ({ locale }: Look) => {
  const { callResults } = catalogueFor(locale);
  const choices = heardInCalls.map((result) => ({ title: callResults[result], value: result }));
  return choiceOf('result', deskTextsFor(locale).callResult, choices);
};

/** Whoever stands there may say that they do not: of a post that is known to be empty only the one who was to stand in. */
const mayLeave = ({ world, personId, now }: Look, o: Obligation): boolean => {
  if (!isOwedByOfficers(o) || (o.kind === 'postEmpty' && o.openedBy === personId)) return false;
  const isTheirs = subjectsOfPerson(world, personId, now).now.includes(o.subject);
  return isTheirs && (isPostId(o.subject) || owesAnswer(o, personId, contextOf(world), now));
};

/** A sign of life ahead of a first shift: their own, or what the office heard on the telephone. */
const ofTest = ({ world, personId, now, locale }: Look, o: Obligation): readonly Offer[] => {
  const words = deskTextsFor(locale);
  const value = { obligationId: o.id };
  if (o.subject === personId) return [{ title: words.confirmReach, value: { action: 'confirmReach', ...value }, style: 'positive' }];
  return isOfOffice(world.directory, personId, now) ? [{ title: words.testCalled, value: { action: 'testCalled', ...value } }] : [];
};
