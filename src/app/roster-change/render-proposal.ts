import { isUnreached } from '../../domain/contact/reach.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { Obligation } from '../../domain/escalation/obligation.ts';
import { isOfOffice } from '../../domain/items/item-people.ts';
import type { RosterProposal } from '../../domain/roster-change/proposal.ts';
import { brokenRules } from '../../domain/shift-change/proposal-rules.ts';
import { rosterChangeTextsFor } from '../../messages/roster-change-texts.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import type { Card } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import { instantText, partText, rulesText } from '../shift-change/say-duty.ts';
import type { World } from '../world.ts';
import { changeButton, put } from './change-card.ts';

/** Cards about what a unit proposes of its roster, from the proposal as it stands now. */

export const isProposalNotice = ({ template }: Notice): boolean => template === 'roster.proposal' || template === 'roster.proposalOver';

const brokenLine = (world: World, { outId, inId, parts }: RosterProposal, now: number, locale: unknown): readonly string[] => {
  const context = {
    directory: world.directory,
    limits: world.settings.limits,
    isUnreached: (id: string) => isUnreached(world.reach, id),
  };
  const proposal = { ...(outId === undefined ? {} : { holderId: outId }), substituteId: inId, gives: parts, takes: [] };
  const broken = brokenRules(context, proposal, now);
  const rules = rulesText(world, broken, shiftChangeTextsFor(locale));
  return broken.length === 0 ? [] : [put(rosterChangeTextsFor(locale).lines.breaks, { rules })];
};

export const proposalLines = (world: World, { parts, outId, inId, by }: RosterProposal, locale: unknown): readonly string[] => {
  const texts = rosterChangeTextsFor(locale);
  const words = shiftChangeTextsFor(locale);
  return [
    ...parts.flatMap((part) => [
      put(texts.lines.before, { part: partText(world, part, words), person: outId === undefined ? texts.nobody : nameOf(world, outId) }),
      put(texts.lines.after, { part: partText(world, part, words), person: nameOf(world, inId) }),
    ]),
    put(texts.lines.proposedBy, { person: nameOf(world, by) }),
  ];
};

const buttonsOf = (world: World, { to, params }: Notice, { id, status }: RosterProposal, now: number): Card['buttons'] => {
  if (status !== 'asked' || !to.startsWith('m') || !isOfOffice(world.directory, to, now)) return [];
  const { buttons } = rosterChangeTextsFor(params?.['locale']);
  return [
    changeButton(buttons.apply, { action: 'applyRosterChange', proposalId: id }, 'positive'),
    changeButton(buttons.decline, { action: 'declineRosterChange', proposalId: id }),
  ];
};

export const renderProposal = (
  world: World,
  notice: Notice,
  o: Obligation | undefined,
  now: number,
  proposal: RosterProposal | undefined,
): { readonly card: Card; readonly text: string } => {
  const locale = notice.params?.['locale'];
  const texts = rosterChangeTextsFor(locale);
  const words = shiftChangeTextsFor(locale);
  if (!proposal) {
    const title = texts.headings.proposedToOffice;
    return {
      card: { title, tone: 'neutral', lines: [texts.refusals.over], facts: [], buttons: [] },
      text: `${title}\n${texts.refusals.over}`,
    };
  }
  const { status, statusAt, endedBy } = proposal;
  const isOpen = status === 'asked';
  const isLate = isOpen && o !== undefined && now >= o.answerBy;
  const title = isOpen ? (isLate ? texts.headings.proposalLate : texts.headings.proposedToOffice) : texts.proposalEnds[status];
  const due =
    o === undefined
      ? []
      : [put(isLate ? texts.lines.proposalLate : texts.lines.proposalDue, { at: instantText(world, o.answerBy, words) })];
  const ended =
    endedBy === undefined
      ? []
      : [put(texts.lines.proposalEnded, { person: nameOf(world, endedBy), at: instantText(world, statusAt, words) })];
  const lines = [
    ...proposalLines(world, proposal, locale),
    ...(isOpen ? [...brokenLine(world, proposal, now, locale), ...due] : ended),
    ...(status === 'expired' ? [texts.lines.proposalExpired] : []),
  ];
  const tone = !isOpen ? 'done' : isLate ? 'alert' : 'asking';
  return {
    card: { title, tone, lines, facts: [], buttons: buttonsOf(world, notice, proposal, now) },
    text: [title, ...lines].join('\n'),
  };
};
