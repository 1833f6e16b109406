import { isEnded, isItemClock, type Obligation, type ObligationKind } from '../../domain/escalation/obligation.ts';
import { mayTakeOver } from '../../domain/escalation/resolve.ts';
import { type Directory, holdersAt, isOffice } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { mayAppeal } from '../figures/render-appeal.ts';

/**
 * What somebody may do about what they look at. Each is said to the bot in their own conversation, which decides for
 * itself whether they may: this only keeps from being offered what would be refused.
 */
export type Act =
  | 'acknowledge'
  | 'takeOver'
  | 'recordCall'
  | 'appeal'
  | 'openItem'
  | 'openRequests'
  | 'openHandovers'
  | 'openAppeal'
  | 'openReport'
  | 'startCheck'
  | 'changeRoster';

const proven: readonly ObligationKind[] = ['check', 'postEmpty', 'restore', 'help', 'channelFailure', 'rosterGap'];
const calledAbout: readonly ObligationKind[] = ['check', 'postEmpty', 'restore'];

export const actsOnObligation = (directory: Directory, o: Obligation, personId: PersonId, at: number): readonly Act[] => {
  const appeal = mayAppeal({ directory }, o, personId, at) ? (['appeal'] as const) : [];
  if (isEnded(o)) return appeal;
  if (isItemClock(o)) return ['openItem'];
  if (o.kind === 'substitute' || o.kind === 'consent') return ['openRequests'];
  if (o.kind === 'handover') return ['openHandovers'];
  if (o.kind === 'appeal') return ['openAppeal'];
  if (o.kind === 'report') return isOffice(directory, personId, at) ? ['openReport'] : [];
  const isOwed = o.asked.includes(personId);
  return [
    ...(isOwed ? (['acknowledge'] as const) : []),
    ...(!isOwed && proven.includes(o.kind) && mayTakeOver(directory, personId, o.subject, at) ? (['takeOver'] as const) : []),
    ...(calledAbout.includes(o.kind) && isOffice(directory, personId, at) ? (['recordCall'] as const) : []),
    ...appeal,
  ];
};

/** Whoever leads a shift of any post may have posts asked, as the office may. */
export const mayStartCheck = (directory: Directory, personId: PersonId, at: number): boolean =>
  isOffice(directory, personId, at) ||
  directory.roster.posts.some((post) =>
    holdersAt(directory, post.id, at).some((holder) => holder.role === 'shiftLeader' && holder.personId === personId),
  );

export const actsOnPosts = (directory: Directory, personId: PersonId, at: number): readonly Act[] => [
  ...(mayStartCheck(directory, personId, at) ? (['startCheck'] as const) : []),
  ...(isOffice(directory, personId, at) ? (['changeRoster'] as const) : []),
];
