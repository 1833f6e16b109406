import type { ItemCommand } from '../../../domain/items/item-command.ts';
import { deadlineOf, limitLevels, type FileRef, type Finding, type Item } from '../../../domain/items/item.ts';
import type { ItemActionType } from '../../../domain/items/next-actions.ts';
import type { World } from '../../world.ts';
import { subtaskRows } from '../../../messages/item-texts.ts';
import { datePutIn, instantPutIn } from '../item-calendar.ts';
import type { Inputs } from './item-dialogue.ts';
import { peopleOf, readPlan } from './read-plan.ts';

/** What somebody put in, as the command that it means. What lacks is left empty: the rules say so. */

/** By the id that a chooser sends, or by the name that people type. */
const personPutIn = (world: World, item: Item, now: number, text: string | undefined): string | undefined => {
  const wanted = text?.trim();
  if (!wanted) return undefined;
  if (world.directory.people.has(wanted)) return wanted;
  const named = peopleOf(world, item, now).filter(({ name }) => name === wanted);
  return named.length === 1 ? named[0]!.id : wanted;
};

const subtasksOf = (world: World, item: Item, inputs: Inputs, now: number) =>
  subtaskRows.flatMap((no) => {
    const title = inputs[`title${no}`] ?? '';
    const owner = inputs[`owner${no}`];
    if (title === '' && !owner) return [];
    const due = inputs[`due${no}`];
    return [{ title, ownerId: personPutIn(world, item, now, owner) ?? '', dueAt: due ? instantPutIn(world, now, due) : deadlineOf(item) }];
  });

const findings: readonly Finding[] = ['true', 'mostlyTrue', 'partlyTrue', 'untrue'];
const faults = ['false', 'incomplete', 'other'] as const;

const numberIn = (text: string | undefined): number | undefined => (text && /^\d{1,4}$/u.test(text) ? Number(text) : undefined);

const maybe = <K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [key in K]?: V };

export const readCommand = (
  world: World,
  item: Item,
  action: ItemActionType,
  inputs: Inputs,
  files: readonly FileRef[],
  by: Pick<ItemCommand, 'personId' | 'channel'>,
  now: number,
): ItemCommand => {
  const text = inputs['text'] ?? '';
  const reason = inputs['reason'] ?? '';
  // Which hand-in, or which request, the card was about.
  const onVersion = maybe('versionNo', numberIn(inputs['no']));
  const onExtension = maybe('extensionNo', numberIn(inputs['no']));
  switch (action) {
    case 'split':
      return {
        ...by,
        type: 'split',
        subtasks: [...subtasksOf(world, item, inputs, now), ...readPlan(world, item, inputs['plan'] ?? '', now)],
      };
    case 'finishSubtask':
      return { ...by, type: 'finishSubtask', no: numberIn(inputs['no']) ?? 0 };
    case 'reassign':
      return {
        ...by,
        type: 'reassign',
        no: numberIn(inputs['part']) ?? item.subtasks.find(({ doneAt }) => doneAt === undefined)?.no ?? 0,
        ownerId: personPutIn(world, item, now, inputs['owner']) ?? '',
      };
    case 'report':
      return { ...by, type: 'report', text, files };
    case 'draft':
      return {
        ...by,
        type: 'draft',
        outcome: inputs['outcome'] === 'interim' ? 'interim' : 'done',
        text,
        files,
        ...maybe(
          'finding',
          findings.find((one) => one === inputs['finding']),
        ),
        ...maybe('handling', inputs['handling']),
        ...maybe('accountability', inputs['accountability']),
        ...maybe('nextReportAt', inputs['next'] ? instantPutIn(world, now, inputs['next']) : undefined),
      };
    case 'sign':
      return { ...by, type: 'sign', signedOn: datePutIn(world, now, inputs['signedOn']), ...maybe('sealScan', files.at(-1)), ...onVersion };
    case 'return':
      return { ...by, type: 'return', reason, fault: faults.find((one) => one === inputs['fault']) ?? 'other', ...onVersion };
    case 'check':
    case 'submit':
    case 'accept':
      return { ...by, type: action, ...onVersion };
    case 'receive':
    case 'close':
    case 'urge':
      return { ...by, type: action };
    case 'approve':
      return { ...by, type: 'approve', ...onExtension };
    case 'reject':
      return { ...by, type: 'reject', reason, ...onExtension };
    case 'followUp':
      return {
        ...by,
        type: 'followUp',
        passed: inputs['passed'] !== 'no',
        text: inputs['passed'] ? text : '',
        ...maybe('againAt', inputs['again'] ? instantPutIn(world, now, inputs['again']) : undefined),
      };
    case 'extend':
      return {
        ...by,
        type: 'extend',
        toAt: instantPutIn(world, now, inputs['to'], inputs['toTime']),
        reason,
        ...maybe('subtaskNo', numberIn(inputs['part'])),
      };
    case 'moveOuter':
      return {
        ...by,
        type: 'moveOuter',
        level: limitLevels.find((one) => one === inputs['level']) ?? item.limits.find(({ level }) => level !== 'unit')?.level ?? 'unit',
        toAt: instantPutIn(world, now, inputs['to'], inputs['toTime']),
        consentOf: inputs['consentOf'] ?? '',
        consentRef: inputs['consentRef'] ?? '',
        reason,
      };
    case 'longTerm':
      return {
        ...by,
        type: 'longTerm',
        ...maybe('responsibleId', personPutIn(world, item, now, inputs['responsible'])),
        ...maybe('deadlineAt', inputs['to'] ? instantPutIn(world, now, inputs['to']) : undefined),
        ...maybe('measures', inputs['measures']),
      };
    case 'withdrawItem':
      return { ...by, type: 'withdrawItem', reason };
  }
};
