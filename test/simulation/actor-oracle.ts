import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { addDays, localDay } from '../../src/domain/local-time.ts';
import type { Ladder } from './ladder-oracle.ts';
import type { RolesOracle } from './roles-oracle.ts';
import type { Blame } from './violation.ts';

export type ActorOracleParts = {
  readonly settings: CampaignSettings;
  readonly blame: Blame;
  readonly roles: () => RolesOracle;
  readonly find: (obligationId: string) => Ladder | undefined;
  readonly isOfItem: (row: LedgerRow) => boolean;
  /** Whether somebody has stopped every channel of theirs; undefined for a moment after it. */
  readonly isUnreached: (personId: string, now: number) => boolean | undefined;
};

/** Who does and is asked what: nobody beyond their role, and nobody else than whoever is on duty. */
export const createActorOracle = ({ settings, blame, roles, find, isOfItem, isUnreached }: ActorOracleParts) => {
  /** Promise 7. */
  const checkActor = (row: LedgerRow): void => {
    const { actor, at } = row;
    const subject = row.data['subject'] as string | undefined;
    if (actor !== undefined && !roles().isActive(actor)) blame('7 nobody unknown has an effect', `${row.event} by ${actor}`);
    if (isOfItem(row)) return;
    if (row.event === 'AnswerRecorded') {
      const by = row.data['by'] as string;
      const ladder = find(row.obligationId!);
      // Whoever stood the post when it was asked may answer for it still.
      const mayAnswer = [...roles().owes(subject!, at), ...roles().owes(subject!, ladder?.openedAt ?? at), ...(ladder?.asked ?? [])];
      if (!mayAnswer.includes(by)) blame('7 nobody acts beyond their role', `${by} answered ${row.obligationId}`);
      if (row.data['proof'] === 'call' && !roles().above(subject!, at).includes(actor!))
        blame('7 nobody acts beyond their role', `${actor} recorded a call`);
      if (row.data['proof'] !== 'call' && actor !== by) blame('7 nobody acts beyond their role', `${actor} answered as ${by}`);
    }
    if (row.event === 'ObligationTakenOver') {
      const mayTakeOver = [...roles().above(subject!, at), ...(find(row.obligationId!)?.told ?? [])];
      if (!mayTakeOver.includes(actor!)) blame('7 nobody acts beyond their role', `${actor} took ${row.obligationId} over`);
    }
    if (row.event === 'RoundOpened' && row.data['cause'] === 'manual' && !roles().maySummon(actor!, at))
      blame('7 nobody acts beyond their role', `${actor} started a check`);
    if (row.event === 'SeedRevealed' && addDays(row.data['date'] as string, 1) >= localDay(settings.timeZone, at).date)
      blame('8 no seed is shown before its day is over', row.data['date'] as string);
    if (row.event === 'DecisionFailed') blame('2 what is due can be decided', `${row.data['id'] as string}: ${row.data['code'] as string}`);
    if (row.event === 'MessageSetAside') blame('4 no answer is lost', `${row.data['entryId'] as string} was set aside`);
  };

  const checkFirstStep = (row: LedgerRow): void => {
    if ((row.event !== 'StepFired' && row.event !== 'StepSkipped') || row.data['reason'] === 'added') return;
    const ladder = find(row.obligationId!);
    if (ladder?.kind !== 'check' || (row.data['roles'] as readonly string[]).join() !== 'onDuty') return;
    const expected = roles().onDuty(ladder.subject, row.at);
    const notified = (row.data['notified'] ?? []) as readonly string[];
    const isWrong = [...new Set([...expected, ...notified])].some((personId) => {
      const isPassedBy = isUnreached(personId, row.at);
      if (isPassedBy === undefined && expected.includes(personId)) return false;
      return notified.includes(personId) !== (expected.includes(personId) && isPassedBy !== true);
    });
    if (isWrong) blame('2 those on duty are asked', `${ladder.id} told ${notified.join()} instead of ${expected.join()}`);
  };

  return { checkActor, checkFirstStep };
};
