import { openVersion } from '../../domain/items/decide-hand-in.ts';
import { latestForSubtask } from '../../domain/items/decide-plan.ts';
import type { ItemCommand } from '../../domain/items/item-command.ts';
import type { ItemContext } from '../../domain/items/item-outcome.ts';
import { deadlineOf, leadOf, type FileRef, type Item } from '../../domain/items/item.ts';
import { localDay } from '../../domain/local-time.ts';
import { appointedAt, holdersAt, officePeople, type Directory } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';

/** What an item needs next until it is closed, where everything goes well. */

export type ItemStep = {
  readonly type: ItemCommand['type'];
  readonly isOffices: boolean;
  readonly by: (personId: PersonId) => ItemCommand;
};

const file: FileRef = { sha256: '0'.repeat(64), name: 'rehearsal.pdf', bytes: 1, mime: 'application/pdf' };
const text = '-';

/** The people of its unit in the order in which they take it up: the head last, for a signature is wanted of them. */
export const workersFor = (item: Item, directory: Directory, now: number): readonly PersonId[] => {
  const { unitId } = leadOf(item);
  const appointed = (role: Parameters<typeof appointedAt>[1]) => appointedAt(directory, role, unitId, now);
  const onDuty = (directory.postsOfUnit.get(unitId) ?? []).flatMap((postId) => holdersAt(directory, postId, now));
  return [
    ...new Set([
      ...appointed('liaison'),
      ...appointed('contact'),
      ...appointed('member'),
      ...onDuty.map(({ personId }) => personId),
      ...appointed('groupLeader'),
      ...appointed('principal'),
    ]),
  ];
};

export const peopleFor = (item: Item, { isOffices }: ItemStep, directory: Directory, now: number): readonly PersonId[] =>
  isOffices ? officePeople(directory, now) : workersFor(item, directory, now);

const step = (type: ItemStep['type'], by: ItemStep['by'], isOffices = false): ItemStep => ({ type, by, isOffices });
const channel = 'webchat';

const splitStep = (item: Item, { directory }: ItemContext, now: number): ItemStep => {
  const ownerId = workersFor(item, directory, now)[0] ?? '';
  const dueAt = Math.min(latestForSubtask(item, now), Math.max(now + 1, deadlineOf(item)));
  return step('split', (personId) => ({ type: 'split', personId, channel, subtasks: [{ title: text, ownerId, dueAt }] }));
};

/** Undefined once nothing is left to do, or nothing that is done these days. */
export const nextStepOn = (item: Item, context: ItemContext, now: number): ItemStep | undefined => {
  const { status, subtasks } = item;
  if (leadOf(item).receivedAt === undefined && status !== 'withdrawn')
    return step('receive', (personId) => ({ type: 'receive', personId, channel }));
  if (status === 'submitted') return step('accept', (personId) => ({ type: 'accept', personId, channel }), true);
  if (status === 'accepted') return step('close', (personId) => ({ type: 'close', personId, channel }), true);
  if (status === 'closed' || status === 'confirmed' || status === 'withdrawn') return undefined;
  const kind = context.kindOf(item.kind);
  if (kind.needsPlan && subtasks.length === 0) return splitStep(item, context, now);
  const open = subtasks.find(({ doneAt }) => doneAt === undefined);
  if (open) return step('finishSubtask', (personId) => ({ type: 'finishSubtask', personId, channel, no: open.no }));
  const version = openVersion(item);
  if (!version) return step('draft', (personId) => ({ type: 'draft', personId, channel, outcome: 'done', text, files: [file] }));
  if (kind.needsSignOff && version.checkedAt === undefined) return step('check', (personId) => ({ type: 'check', personId, channel }));
  const signedOn = localDay(context.timeZone, now).date;
  if (kind.needsSignOff && version.signedBy === undefined)
    return step('sign', (personId) => ({ type: 'sign', personId, channel, signedOn, sealScan: file }));
  return step('submit', (personId) => ({ type: 'submit', personId, channel }));
};
