import { isOfOffice } from '../../domain/items/item-people.ts';
import type { RosterProposal } from '../../domain/roster-change/proposal.ts';
import { brokenRules } from '../../domain/shift-change/proposal-rules.ts';
import { rosterChangeTextsFor } from '../../messages/roster-change-texts.ts';
import { mayBeSetAside, mayChangeShifts, ruleContextOf } from '../roster-change/change-roster.ts';
import type { Look, Offer } from './offer.ts';

/** What a unit has proposed of its roster: the office's to settle, its own to take back. */
export const offersOnProposal = ({ world, personId, now, locale }: Look, proposal: RosterProposal): readonly Offer[] => {
  const { id, status, by, outId, inId, parts, postId } = proposal;
  if (status !== 'asked') return [];
  const { buttons } = rosterChangeTextsFor(locale);
  const change = { ...(outId === undefined ? {} : { holderId: outId }), substituteId: inId, gives: parts, takes: [] };
  const broken = brokenRules(ruleContextOf(world), change, now);
  const isPossible = parts.some(({ to }) => to > now) && broken.every(({ rule }) => mayBeSetAside.includes(rule));
  const isOffice = isOfOffice(world.directory, personId, now);
  const unitId = world.directory.posts.get(postId)?.unitId ?? '';
  const decidesItself = world.settings.rosterChanges === 'unit' && broken.length === 0 && mayChangeShifts(world, personId, unitId, now);
  const value = { proposalId: id };
  return [
    ...((isOffice || decidesItself) && isPossible
      ? [
          {
            title: broken.length > 0 ? buttons.applyAnyway : buttons.apply,
            value: { action: 'applyRosterChange', ...value },
            style: 'positive' as const,
          },
        ]
      : []),
    ...(isOffice ? [{ title: buttons.decline, value: { action: 'declineRosterChange', ...value }, style: 'destructive' as const }] : []),
    ...(by === personId ? [{ title: buttons.withdraw, value: { action: 'withdrawRosterChange', ...value } }] : []),
  ];
};
