import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { CheckCategory } from './check-category.ts';

/** A unit appeals against a check that counts against it, and the office upholds or rejects: what is upheld leaves the figures. Until then the unit may take it back. Pure. */

export type AppealStatus = 'asked' | 'upheld' | 'rejected' | 'withdrawn';

export type Appeal = {
  /** `e` and the check's own id: against one check there is one appeal, which may be brought anew once it was taken back. */
  readonly id: string;
  readonly checkId: string;
  /** The unit, or the working group, that the check counts against. */
  readonly bodyId: string;
  /** Of the check, epoch ms; and what it counted as when it was appealed against. */
  readonly openedAt: number;
  readonly category: CheckCategory;
  /** Nobody where it came in from a program. */
  readonly by?: PersonId;
  readonly at: number;
  readonly reason?: string;
  /** When the office's word is late, epoch ms. */
  readonly dueAt: number;
  readonly status: AppealStatus;
  readonly statusAt: number;
  readonly decidedBy?: PersonId;
  readonly withdrawnBy?: PersonId;
  /** Why it was rejected. */
  readonly verdict?: string;
};

export const appealIdOf = (checkId: string): string => `e${checkId}`;

export const isAppealId = (id: string): boolean => id.startsWith('eo');

/** What the office owes while it waits: a word. */
export const clockOfAppeal = ({ bodyId, dueAt }: Pick<Appeal, 'bodyId' | 'dueAt'>) => ({
  kind: 'appeal' as const,
  key: 'office',
  subject: bodyId,
  policy: 'appeal',
  deadlineAt: dueAt,
});

type Speaker = { readonly personId?: PersonId; readonly channel: string };

const spokenBy = ({ personId, channel }: Speaker) => ({ channel, ...(personId === undefined ? {} : { actor: personId }) });

export type AskedAppeal = Pick<Appeal, 'checkId' | 'bodyId' | 'openedAt' | 'category' | 'at' | 'dueAt'> & { readonly reason: string };

export const askedEvent = ({ checkId, bodyId, openedAt, category, at, dueAt, reason }: AskedAppeal, by: Speaker): LedgerEvent => ({
  at,
  event: 'AppealAsked',
  obligationId: checkId,
  itemId: appealIdOf(checkId),
  ...spokenBy(by),
  data: { unitId: bodyId, openedAt, category, dueAt },
  personal: { reason },
});

/** Brought anew it waits until another instant than before: what has ended is never opened again. */
export const dueOfAppeal = (before: Pick<Appeal, 'dueAt'> | undefined, now: number, withinMs: number): number =>
  Math.max(now + withinMs, before === undefined ? 0 : before.dueAt + 1);

/** Whether it stands in the way of another about the same check. */
export const isStanding = (appeal: Appeal | undefined): appeal is Appeal => appeal !== undefined && appeal.status !== 'withdrawn';

/** Why nothing is decided. */
export type AppealRefusal = 'decided' | 'own' | 'reason';

const eventOf = ({ id, checkId, bodyId, openedAt, category }: Appeal, at: number, by: Speaker): Omit<LedgerEvent, 'event'> => ({
  at,
  obligationId: checkId,
  itemId: id,
  ...spokenBy(by),
  data: { unitId: bodyId, openedAt, category },
});

/** Whoever has brought it, and whoever may appeal for its unit. */
export const mayWithdraw = ({ by, bodyId }: Appeal, personId: PersonId | undefined, bodies: 'all' | ReadonlySet<string>): boolean =>
  (by !== undefined && by === personId) || bodies === 'all' || bodies.has(bodyId);

/** What the office has decided stands. What was taken back already is so: then nothing happens, and nothing is refused. */
export const withdrawAppeal = (
  appeal: Appeal,
  { at, ...by }: Speaker & { at: number },
): { readonly event?: LedgerEvent } | { readonly refusal: 'decided' } => {
  if (appeal.status === 'withdrawn') return {};
  if (appeal.status !== 'asked') return { refusal: 'decided' };
  return { event: { ...eventOf(appeal, at, by), event: 'AppealWithdrawn' } };
};

/** `isAlone`: nobody else of the office could decide it. Nobody decides what they have appealed for themselves. */
export const decideAppeal = (
  appeal: Appeal,
  { verdict, reason, isAlone, at, ...by }: Speaker & { verdict: 'upheld' | 'rejected'; reason: string; isAlone: boolean; at: number },
): { readonly event: LedgerEvent } | { readonly refusal: AppealRefusal } => {
  if (appeal.status !== 'asked') return { refusal: 'decided' };
  if (by.personId !== undefined && by.personId === appeal.by && !isAlone) return { refusal: 'own' };
  if (verdict === 'rejected' && reason === '') return { refusal: 'reason' };
  const told = { ...eventOf(appeal, at, by), ...(reason === '' ? {} : { personal: { reason } }) };
  return { event: { ...told, event: verdict === 'upheld' ? 'AppealUpheld' : 'AppealRejected' } };
};

const textIn = ({ personal }: LedgerEvent, member: string): string | undefined => {
  const value = personal?.[member];
  return typeof value === 'string' ? value : undefined;
};

/** What an event makes of an appeal; the same for replay. */
export const evolveAppeal = (appeal: Appeal | undefined, event: LedgerEvent): Appeal | undefined => {
  const { at, actor, data } = event;
  const reason = textIn(event, 'reason');
  switch (event.event) {
    case 'AppealAsked':
      if (isStanding(appeal)) return appeal;
      return {
        id: event.itemId!,
        checkId: event.obligationId!,
        bodyId: data['unitId'] as string,
        openedAt: data['openedAt'] as number,
        category: data['category'] as CheckCategory,
        ...(actor === undefined ? {} : { by: actor }),
        at,
        ...(reason === undefined ? {} : { reason }),
        dueAt: data['dueAt'] as number,
        status: 'asked',
        statusAt: at,
      };
    case 'AppealWithdrawn':
      if (appeal?.status !== 'asked') return appeal;
      return { ...appeal, status: 'withdrawn', statusAt: at, ...(actor === undefined ? {} : { withdrawnBy: actor }) };
    case 'AppealUpheld':
    case 'AppealRejected':
      if (appeal?.status !== 'asked') return appeal;
      return {
        ...appeal,
        status: event.event === 'AppealUpheld' ? 'upheld' : 'rejected',
        statusAt: at,
        ...(actor === undefined ? {} : { decidedBy: actor }),
        ...(reason === undefined ? {} : { verdict: reason }),
      };
    default:
      return appeal;
  }
};
