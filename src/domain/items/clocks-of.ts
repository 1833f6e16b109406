import type { ItemKind } from './item-kind.ts';
import { deadlineOf, isItemEnded, leadOf, openExtension, outerLimitOf, receiptDueOf, type Item } from './item.ts';

/** Which obligations of an item must be running: a function of its state alone. */

export type ItemClockKind = 'receipt' | 'deadline' | 'interim' | 'subtask' | 'approval' | 'review' | 'closing' | 'followUp';

export type ItemClock = {
  readonly kind: ItemClockKind;
  /** Tells clocks of one kind apart: a unit, a subtask's number, a step of an approval. */
  readonly key: string;
  /** Who owes it: a unit, a group or a person. */
  readonly subject: string;
  /** Epoch ms: the answer is owed by then. */
  readonly deadlineAt: number;
  readonly policy: string;
};

const approvalWithinMs = 4 * 3_600_000;
const closingWithinMs = 24 * 3_600_000;

const policyOfReceipt = (item: Item, { receiptPolicy }: ItemKind): string =>
  item.isUrgent && receiptPolicy === 'receipt' ? 'receiptUrgent' : receiptPolicy;

const receiptClocks = (item: Item, kind: ItemKind): readonly ItemClock[] =>
  item.parts
    .filter((part) => part.receivedAt === undefined)
    .map((part) => ({
      kind: 'receipt',
      key: part.unitId,
      subject: part.unitId,
      deadlineAt: receiptDueOf(item, part),
      policy: policyOfReceipt(item, kind),
    }));

const policyOfWork = (item: Item, kind: ItemKind): string => (item.isUrgent && kind.policy === 'work' ? 'workUrgent' : kind.policy);

/** A limit that was drawn in since holds for the pieces as well. */
const subtaskClocks = (item: Item): readonly ItemClock[] => {
  const latest = outerLimitOf(item)?.at ?? Number.POSITIVE_INFINITY;
  return item.subtasks
    .filter((subtask) => subtask.doneAt === undefined)
    .map(({ no, ownerId, dueAt }) => ({
      kind: 'subtask',
      key: String(no),
      subject: ownerId,
      deadlineAt: Math.min(dueAt, latest),
      policy: 'subtask',
    }));
};

const approvalClock = (item: Item): readonly ItemClock[] => {
  const extension = openExtension(item);
  if (!extension) return [];
  const { principalAt, no } = extension;
  const isWithOffice = principalAt !== undefined;
  return [
    {
      kind: 'approval',
      key: `${no}${isWithOffice ? 'o' : 'p'}`,
      subject: leadOf(item).unitId,
      deadlineAt: (principalAt ?? extension.askedAt) + approvalWithinMs,
      policy: isWithOffice ? 'review' : 'approval',
    },
  ];
};

/** An item that is not ended has at least one of them, whatever state it is in. */
export const clocksOf = (item: Item, kind: ItemKind): readonly ItemClock[] => {
  if (isItemEnded(item)) return [];
  const subject = leadOf(item).unitId;
  const still = receiptClocks(item, kind);
  switch (item.status) {
    case 'submitted':
      return [
        ...still,
        { kind: 'review', key: String(item.versions.length), subject, deadlineAt: item.statusAt + kind.reviewWithinMs, policy: 'review' },
        // handed in as done for now: the pieces that are left go on
        ...subtaskClocks(item),
      ];
    case 'accepted':
      return [
        ...still,
        { kind: 'closing', key: String(item.versions.length), subject, deadlineAt: item.statusAt + closingWithinMs, policy: 'review' },
      ];
    case 'closed':
      return [{ kind: 'followUp', key: String(item.reopened), subject, deadlineAt: item.followUpDueAt!, policy: 'followUp' }];
    default: {
      const isInterim = item.status === 'interim';
      const deadline: ItemClock = {
        kind: isInterim ? 'interim' : 'deadline',
        key: String(item.reopened),
        subject,
        deadlineAt: deadlineOf(item),
        policy: policyOfWork(item, kind),
      };
      return [...still, deadline, ...subtaskClocks(item), ...approvalClock(item)];
    }
  }
};
