import type { PagePolicyTexts } from '../../messages/page-policy-texts.ts';
import { put } from '../logic/put.ts';
import type { PolicyFault, PolicyView, PolicyWords, StepWords } from './policy-types.ts';

/** A ladder as the form holds it: numbers as they were typed, in minutes. */
export type StepDraft = {
  readonly key: number;
  readonly minutes: string;
  readonly isBefore: boolean;
  readonly notify: readonly string[];
  readonly via: string;
  /** Empty: no reminders. */
  readonly every: string;
  readonly times: string;
};

export type PolicyDraft = {
  readonly name: string;
  readonly window: string;
  readonly officeEvery: string;
  readonly steps: readonly StepDraft[];
  readonly opening: readonly string[];
  readonly waitsForHours: boolean;
};

const minute = 60_000;
const seconds = { D: 86_400, H: 3_600, M: 60, S: 1 } as const;

/** ISO 8601 of days, hours, minutes and seconds, to ms. */
export const msOf = (iso: string): number => {
  const parts = /^P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/u.exec(iso);
  if (!parts) return Number.NaN;
  const [, days = '0', hours = '0', minutes = '0', rest = '0'] = parts;
  return 1_000 * (Number(days) * seconds.D + Number(hours) * seconds.H + Number(minutes) * seconds.M + Number(rest));
};

const isoOf = (ms: number): string => (ms % minute === 0 ? `PT${ms / minute}M` : `PT${ms / 1_000}S`);

const typed = (iso: string): string => String(msOf(iso) / minute);

/** What is no number is said as it was typed: the service names it. */
const said = (text: string): string => {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? text.trim() || '-' : isoOf(Math.round(value * minute));
};

let keys = 0;
const nextKey = (): number => (keys += 1);

const toStep = ({ after, before, notify, via, repeat }: StepWords): StepDraft => ({
  key: nextKey(),
  minutes: typed(after ?? before ?? 'PT0M'),
  isBefore: before !== undefined,
  notify,
  via,
  every: repeat === undefined ? '' : typed(repeat.every),
  times: repeat === undefined ? '' : String(repeat.times),
});

const drafts = new WeakMap<PolicyView, PolicyDraft>();

/** The same for the same ladder, for what is drawn again must stay what somebody is typing in. */
export const draftOf = (view: PolicyView): PolicyDraft => {
  const known = drafts.get(view) ?? makeDraft(view);
  drafts.set(view, known);
  return known;
};

const makeDraft = ({ words }: PolicyView): PolicyDraft => ({
  name: words.name,
  window: typed(words.answerWindow),
  officeEvery: typed(words.remindOfficeEvery),
  steps: words.steps.map(toStep),
  opening: words.opening ?? [],
  waitsForHours: words.waitsForHours === true,
});

const stepWords = ({ minutes, isBefore, notify, via, every, times }: StepDraft): StepWords => ({
  ...(isBefore ? { before: said(minutes) } : { after: said(minutes) }),
  notify,
  via,
  ...(every.trim() === '' ? {} : { repeat: { every: said(every), times: times.trim() === '' ? 1 : Number(times) } }),
});

/** In the words of the campaign's file again. */
export const wordsOf = (draft: PolicyDraft, { words, countsFrom }: PolicyView): PolicyWords => ({
  name: draft.name,
  answerWindow: said(draft.window),
  steps: draft.steps.map(stepWords),
  ...(countsFrom === 'opening'
    ? {}
    : {
        ...(draft.opening.length === 0 && words.opening === undefined ? {} : { opening: draft.opening }),
        waitsForHours: draft.waitsForHours,
        ...(words.gather === undefined ? {} : { gather: words.gather }),
      }),
  remindOfficeEvery: said(draft.officeEvery),
});

/** The same but for how a duration is written. */
const plainly = (words: PolicyWords): string =>
  JSON.stringify(words, (_, value: unknown) => (typeof value === 'string' && value.startsWith('P') ? msOf(value) : value));

export const isChanged = (draft: PolicyDraft, view: PolicyView): boolean =>
  plainly(wordsOf(draft, view)) !== plainly(wordsOf(draftOf(view), view));

/** Since the opening or the deadline, ms; negative before it. */
export const offsetOf = ({ minutes, isBefore }: StepDraft): number => (isBefore ? -1 : 1) * (Number(minutes) || 0) * minute;

export const inOrder = (steps: readonly StepDraft[]): readonly StepDraft[] =>
  steps.toSorted((one, other) => offsetOf(one) - offsetOf(other));

/** The step and its neighbour change their times: what was said first comes second. */
export const moveStep = (steps: readonly StepDraft[], index: number, by: -1 | 1): readonly StepDraft[] => {
  const [mine, other] = [steps[index], steps[index + by]];
  if (!mine || !other) return steps;
  const moved = [...steps];
  moved[index + by] = { ...mine, minutes: other.minutes, isBefore: other.isBefore };
  moved[index] = { ...other, minutes: mine.minutes, isBefore: mine.isBefore };
  return moved;
};

/** After the last one, a few minutes later. */
export const withNewStep = (steps: readonly StepDraft[]): readonly StepDraft[] => {
  const last = inOrder(steps).at(-1);
  const minutes = last === undefined || last.isBefore ? 0 : (Number(last.minutes) || 0) + 5;
  return [...steps, { key: nextKey(), minutes: String(minutes), isBefore: false, notify: ['office'], via: 'card', every: '', times: '' }];
};

/** In the largest unit that it is a whole number of. */
export const spanOf = (ms: number, { spans }: PagePolicyTexts): string => {
  for (const [unit, length] of [
    ['days', 86_400_000],
    ['hours', 3_600_000],
    ['minutes', minute],
  ] as const)
    if (ms !== 0 && ms % length === 0 && (unit !== 'hours' || ms >= 2 * length)) return put(spans[unit], { n: ms / length });
  return ms === 0
    ? put(spans.minutes, { n: 0 })
    : ms < minute
      ? put(spans.seconds, { n: ms / 1_000 })
      : put(spans.minutes, { n: ms / minute });
};

/** What the form sees before anybody asks the service. */
export const findFaults = (draft: PolicyDraft, { countsFrom }: PolicyView): readonly PolicyFault[] => {
  const isNumber = (text: string, least: number): boolean => text.trim() !== '' && Number.isFinite(Number(text)) && Number(text) >= least;
  const fault = (member: string, step: number | null = null): PolicyFault => ({ policy: draft.name, step, member, problem: '' });
  return [
    ...(isNumber(draft.window, 0) && (countsFrom === 'deadline' || Number(draft.window) > 0) ? [] : [fault('answerWindow')]),
    ...(isNumber(draft.officeEvery, 1) ? [] : [fault('remindOfficeEvery')]),
    ...draft.steps.flatMap(({ minutes, isBefore, notify, every, times }, index) => [
      ...(isNumber(minutes, 0) && (!isBefore || Number(minutes) > 0) ? [] : [fault(isBefore ? 'before' : 'after', index)]),
      ...(notify.length === 0 ? [fault('notify', index)] : []),
      ...(every.trim() === '' || (isNumber(every, 0) && Number(every) > 0) ? [] : [fault('every', index)]),
      ...(every.trim() === '' || /^\d{1,3}$/u.test(times.trim()) ? [] : [fault('times', index)]),
    ]),
  ];
};
