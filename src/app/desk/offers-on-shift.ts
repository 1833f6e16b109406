import type { Shift } from '../../domain/roster/roster.ts';
import { decideRequest } from '../../domain/shift-change/decide-request.ts';
import { leftOf, type DutyRequest, type RequestKind, type ShiftPart } from '../../domain/shift-change/duty-request.ts';
import type { AskCommand, RequestContext } from '../../domain/shift-change/request-command.ts';
import { fill } from '../../messages/catalogue.ts';
import { deskTextsFor } from '../../messages/desk-texts.ts';
import { nameOf } from '../acts/speaker.ts';
import { mayChangeShifts } from '../roster-change/change-roster.ts';
import { later } from '../shift-change/ask-from-shift.ts';
import { requestContextOf } from '../shift-change/change-request.ts';
import { freeColleagues, shiftsInReturn } from '../shift-change/duty-shifts.ts';
import { packPart } from '../shift-change/pack-part.ts';
import { choiceOf, textInput, type Look, type Offer } from './offer.ts';

const channel = 'page';
const mostNamed = 20;

const partsOf = ({ postId, from, to, holders }: Shift, now: number): readonly (ShiftPart & { readonly personId: string })[] =>
  leftOf(
    holders.map(({ role, personId }) => ({ postId, from, to, role, personId })),
    now,
  );

const bare = ({ postId, from, to, role }: ShiftPart): ShiftPart => ({ postId, from, to, role });

const mayAsk = (command: AskCommand, context: RequestContext, now: number): boolean =>
  decideRequest(undefined, command, context, now).refusal === undefined;

/** What somebody can do about a shift: its holders give it away, colleagues offer to stand it, the office says who stands it. */
export const offersOnShift = (look: Look, shift: Shift, others: readonly DutyRequest[]): readonly Offer[] => {
  const { world, personId, now } = look;
  if (shift.to <= now) return [];
  const context = requestContextOf(world, others);
  const parts = partsOf(shift, now);
  const own = parts.find((part) => part.personId === personId);
  return [...(own ? giveAway(look, bare(own), context) : standFor(look, parts, context)), ...change(look, shift, parts)];
};

const giveAway = (look: Look, part: ShiftPart, context: RequestContext): readonly Offer[] => {
  const { world, personId, now, locale } = look;
  const words = deskTextsFor(locale);
  const named = (ids: readonly string[]) => ids.map((id) => ({ title: nameOf(world, id), value: id }));
  const base = { type: 'ask', by: personId, channel, holderId: personId, gives: [part], takes: [] } as const;
  const free = freeColleagues(context, { holderId: personId, gives: [part], takes: [] }, now, mostNamed);
  const away = { standing: { from: part.from, to: part.to } };
  const openEnded = { title: words.later, value: later };
  const offer = (
    kind: RequestKind,
    title: string,
    label: string,
    choices: readonly { readonly title: string; readonly value: string }[],
  ) => ({
    title,
    value: { action: 'askDuty', kind, part: packPart(part) },
    inputs: [choiceOf('person', label, choices), textInput('reason', words.reason, false)],
  });
  const partners = free.filter(
    (substituteId) => shiftsInReturn(context, { holderId: personId, substituteId, gives: [part], takes: [] }, now, 1).length > 0,
  );
  return [
    ...(mayAsk({ ...base, kind: 'leave', ...away }, context, now)
      ? [offer('leave', words.askLeave, words.substitute, [...named(free), openEnded])]
      : []),
    ...(partners.length > 0 && mayAsk({ ...base, kind: 'swap' }, context, now)
      ? [offer('swap', words.askSwap, words.partner, named(partners))]
      : []),
    ...(mayAsk({ ...base, kind: 'cover' }, context, now)
      ? [offer('cover', words.askCover, words.substitute, [...named(free), openEnded])]
      : []),
  ];
};

const standFor = (
  { world, personId, now, locale }: Look,
  parts: readonly (ShiftPart & { readonly personId: string })[],
  context: RequestContext,
): readonly Offer[] => {
  const words = deskTextsFor(locale);
  return parts
    .filter((part) => {
      const gives = [bare(part)];
      const command = {
        type: 'ask',
        by: personId,
        channel,
        kind: 'cover',
        holderId: part.personId,
        substituteId: personId,
        takes: [],
      } as const;
      return mayAsk({ ...command, gives }, context, now);
    })
    .map((part) => ({
      title: fill(words.offerCover, { person: nameOf(world, part.personId) }) ?? words.askCover,
      value: { action: 'askDuty', kind: 'cover', part: packPart(bare(part)), whose: part.personId },
      inputs: [textInput('reason', words.reason, false)],
    }));
};

/** Said of a shift by those who may; what it changes and breaks is shown before it counts. */
const change = (look: Look, shift: Shift, parts: readonly (ShiftPart & { readonly personId: string })[]): readonly Offer[] => {
  const { world, personId, now, locale } = look;
  const unitId = world.directory.posts.get(shift.postId)?.unitId ?? '';
  if (!mayChangeShifts(world, personId, unitId, now)) return [];
  const words = deskTextsFor(locale);
  const context = requestContextOf(world, []);
  const emptied = { postId: shift.postId, from: Math.max(shift.from, now), to: shift.to, role: 'onDuty' } as const;
  const gives = parts.length > 0 ? parts.map(bare) : [emptied];
  const free = [
    ...new Set(
      (parts.length > 0 ? parts : [undefined]).flatMap((part) =>
        freeColleagues(
          context,
          { ...(part ? { holderId: part.personId } : {}), gives: part ? [bare(part)] : gives, takes: [] },
          now,
          mostNamed,
        ),
      ),
    ),
  ].filter((id) => !parts.some((part) => part.personId === id));
  if (free.length === 0) return [];
  const named = (ids: readonly string[]) => ids.map((id) => ({ title: nameOf(world, id), value: id }));
  const goes = [...new Set(parts.map((part) => part.personId))];
  return [
    {
      title: goes.length > 0 ? words.changeShift : words.fillShift,
      value: { action: 'settleRosterChange', from: String(emptied.from), post: shift.postId },
      inputs: [
        ...(goes.length > 0 ? [choiceOf('out', words.goes, named(goes), goes.length === 1 ? { value: goes[0]! } : {})] : []),
        choiceOf('in', words.comes, named(free)),
      ],
    },
  ];
};
