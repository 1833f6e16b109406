import { isSigner } from '../../../domain/items/decide-plan.ts';
import type { Item } from '../../../domain/items/item.ts';
import { deadlineOf } from '../../../domain/items/item.ts';
import { localDay } from '../../../domain/local-time.ts';
import type { Person } from '../../../domain/organisation/organisation.ts';
import { subtaskRows, type ItemForm, type ItemInput, type ItemTexts, type SubtaskRow } from '../../../messages/item-texts.ts';
import type { CardInput } from '../../../ports/channel.ts';
import type { World } from '../../world.ts';
import { itemContextOf } from '../change-item.ts';
import type { Inputs } from './item-dialogue.ts';
import { peopleOf } from './read-plan.ts';

type Choices = 'people' | 'owners' | 'parts' | 'levels' | 'outcomes' | 'findings' | 'faults' | 'passed' | 'kinds' | 'units';
type Field = {
  readonly id: ItemInput;
  readonly type: CardInput['type'];
  readonly isRequired?: boolean;
  readonly isMultiline?: boolean;
  readonly choices?: Choices;
};

/** None of them must be filled in: the whole plan may stand in one line instead. */
const subtask = (no: SubtaskRow): readonly Field[] => [
  { id: `title${no}`, type: 'text' },
  { id: `owner${no}`, type: 'choice', choices: 'owners' },
  { id: `due${no}`, type: 'date' },
];

/** How many parts a plan is asked for at first, and how many more at a time. */
export const usualRows = 3;

/** As many as were asked for, and no fewer than were filled in. */
export const rowsOf = (given: Inputs): number => {
  const filled = subtaskRows.filter((no) => given[`title${no}`] || given[`owner${no}`]);
  return Math.min(subtaskRows.length, Math.max(usualRows, Number(given['rows']) || 0, ...filled));
};

const reason: Field = { id: 'reason', type: 'text', isRequired: true, isMultiline: true };
const text: Field = { id: 'text', type: 'text', isRequired: true, isMultiline: true };
const newDate: readonly Field[] = [
  { id: 'to', type: 'date', isRequired: true },
  { id: 'toTime', type: 'time' },
];

const fields: { readonly [form in ItemForm]: readonly Field[] } = {
  split: [...subtaskRows.flatMap(subtask), { id: 'plan', type: 'text', isMultiline: true }],
  reassign: [
    { id: 'part', type: 'choice', choices: 'parts', isRequired: true },
    { id: 'owner', type: 'choice', choices: 'owners', isRequired: true },
  ],
  report: [text],
  draft: [
    { id: 'outcome', type: 'choice', choices: 'outcomes', isRequired: true },
    text,
    { id: 'finding', type: 'choice', choices: 'findings' },
    { id: 'handling', type: 'text', isMultiline: true },
    { id: 'accountability', type: 'text' },
    { id: 'next', type: 'date' },
  ],
  sign: [{ id: 'signedOn', type: 'date', isRequired: true }],
  return: [{ id: 'fault', type: 'choice', choices: 'faults', isRequired: true }, reason],
  extend: [...newDate, reason, { id: 'part', type: 'choice', choices: 'parts' }],
  reject: [reason],
  followUp: [{ id: 'passed', type: 'choice', choices: 'passed', isRequired: true }, text, { id: 'again', type: 'date' }],
  moveOuter: [
    { id: 'level', type: 'choice', choices: 'levels', isRequired: true },
    ...newDate,
    { id: 'consentOf', type: 'text', isRequired: true },
    { id: 'consentRef', type: 'text', isRequired: true },
    reason,
  ],
  longTerm: [
    { id: 'responsible', type: 'choice', choices: 'people', isRequired: true },
    { id: 'to', type: 'date', isRequired: true },
    { id: 'measures', type: 'text', isRequired: true, isMultiline: true },
  ],
  withdrawItem: [reason],
  addItem: [
    { id: 'kind', type: 'choice', choices: 'kinds', isRequired: true },
    { id: 'number', type: 'text' },
    text,
    { id: 'unit', type: 'choice', choices: 'units', isRequired: true },
    { id: 'coUnits', type: 'text' },
    { id: 'limit', type: 'text' },
    { id: 'district', type: 'text' },
    { id: 'pollution', type: 'text' },
    { id: 'source', type: 'text' },
  ],
};

export const isForm = (action: string): action is ItemForm => Object.hasOwn(fields, action);

/** The one field that a plain answer can fill, where nothing else is wanted. */
export const soleTextOf = (form: ItemForm, inputs: Inputs): ItemInput | undefined => {
  const wanted = fields[form].filter(({ isRequired, id }) => isRequired && !inputs[id]);
  return wanted.length === 1 && wanted[0]!.type === 'text' ? wanted[0]!.id : undefined;
};

const mostChoices = 100;

const namesIn = (names: { readonly [value: string]: string }) => Object.entries(names).map(([value, title]) => ({ title, value }));

const namesOf = (people: readonly Person[]) => people.map(({ id, name }) => ({ title: name, value: id }));

/** Whoever signs for all of it has no part of it. */
const ownersOf = (world: World, item: Item, now: number): readonly Person[] => {
  const { directory, kindOf } = itemContextOf(world);
  const people = peopleOf(world, item, now);
  return kindOf(item.kind).needsSignOff ? people.filter(({ id }) => !isSigner(directory, item, id, now)) : people;
};

const choicesOf = (world: World, item: Item | undefined, choices: Choices, texts: ItemTexts, now: number) => {
  switch (choices) {
    case 'people':
      return item ? namesOf(peopleOf(world, item, now)) : [];
    case 'owners':
      return item ? namesOf(ownersOf(world, item, now)) : [];
    case 'parts':
      return (item?.subtasks ?? [])
        .filter(({ doneAt }) => doneAt === undefined)
        .map(({ no, title }) => ({ title: `${no}. ${title}`, value: String(no) }));
    case 'levels':
      return (item?.limits ?? [])
        .filter(({ level }) => level !== 'unit')
        .map(({ level }) => ({ title: texts.levels[level], value: level }));
    case 'kinds':
      return Object.values(world.settings.kinds)
        .filter(({ opens }) => opens === undefined)
        .map(({ name, label }) => ({ title: texts.kinds[name] ?? label ?? name, value: name }));
    case 'units':
      return world.directory.organisation.units.map(({ id, name, aliases }) => ({ title: aliases[0] ?? name, value: id }));
    case 'passed':
      return namesIn(texts.passed);
    case 'outcomes':
    case 'findings':
    case 'faults':
      return namesIn(texts[choices]);
  }
};

/** What a chooser begins with where nothing was put in yet. */
const usualOf = (world: World, item: Item | undefined, form: ItemForm, id: ItemInput, now: number): string | undefined => {
  const { timeZone } = world.settings;
  if (form === 'draft' && id === 'outcome') return 'done';
  if (form === 'sign') return localDay(timeZone, now).date;
  const dueAt = item && deadlineOf(item);
  if (form === 'split' && id === 'due1' && dueAt !== undefined && Number.isFinite(dueAt) && dueAt > now)
    return localDay(timeZone, dueAt - 1).date;
  return undefined;
};

const shownFields = (form: ItemForm, given: Inputs): readonly Field[] => {
  const rows = rowsOf(given);
  const isShown = ({ id }: Field) => Number(/\d+$/u.exec(id)?.[0] ?? 0) <= rows;
  return form === 'split' ? fields.split.filter(isShown) : fields[form];
};

/** What a form asks for, with what was put in already. */
export const inputsOf = (
  world: World,
  item: Item | undefined,
  form: ItemForm,
  given: Inputs,
  texts: ItemTexts,
  now: number,
): readonly CardInput[] =>
  shownFields(form, given).flatMap(({ id, type, isRequired = false, isMultiline, choices }): readonly CardInput[] => {
    const options = choices && choicesOf(world, item, choices, texts, now).slice(0, mostChoices);
    if (options?.length === 0) return [];
    const value = given[id] ?? usualOf(world, item, form, id, now);
    return [
      {
        id,
        label: texts.inputs[id],
        type,
        isRequired,
        ...(isMultiline ? { isMultiline } : {}),
        ...(options ? { choices: options } : {}),
        ...(value ? { value } : {}),
      },
    ];
  });

/** A form that was answered in words, a line for each: `原因：材料多`. */
export const readFilledIn = (message: string, inputs: readonly CardInput[]): Inputs => {
  const filled: { [id: string]: string } = {};
  for (const line of message.split('\n')) {
    const found = /^[\s·•\-*]*([^:：]{1,20})\s*[:：]\s*(.+)$/u.exec(line);
    const input = found && inputs.find(({ label }) => label === found[1]!.trim());
    if (!found || !input) continue;
    const said = found[2]!.trim();
    filled[input.id] = input.choices?.find(({ title, value }) => title === said || value === said)?.value ?? said;
  }
  return filled;
};
