import type { ItemRefusal } from '../domain/items/item-refusal.ts';
import type { Finding, ItemStatus, LimitLevel, Outcome } from '../domain/items/item.ts';
import type { ItemActionType } from '../domain/items/next-actions.ts';
import { itemTextsEn } from './item-texts-en.ts';
import { itemTextsZh } from './item-texts-zh.ts';

/** Acts that a button begins; those beside the life of an item ask, choose or add. */
export type ItemButton =
  | ItemActionType
  | 'explain'
  | 'showItem'
  | 'attach'
  | 'addItem'
  | 'receiveAll'
  | 'urgeUnit'
  | 'cancelForm'
  | 'myItems'
  | 'acceptAll'
  | 'moreItems'
  | 'moreRows';

export type ItemForm =
  | Exclude<ItemActionType, 'receive' | 'check' | 'submit' | 'accept' | 'approve' | 'close' | 'urge' | 'finishSubtask'>
  | 'addItem';

/** The most that a form asks for at once; what is planned later is added to it. */
export const subtaskRows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
export type SubtaskRow = (typeof subtaskRows)[number];

export type ItemInput =
  | `${'title' | 'owner' | 'due'}${SubtaskRow}`
  | 'owner'
  | 'plan'
  | 'text'
  | 'outcome'
  | 'finding'
  | 'handling'
  | 'accountability'
  | 'next'
  | 'signedOn'
  | 'fault'
  | 'reason'
  | 'to'
  | 'toTime'
  | 'part'
  | 'passed'
  | 'again'
  | 'level'
  | 'consentOf'
  | 'consentRef'
  | 'responsible'
  | 'measures'
  | 'kind'
  | 'number'
  | 'unit'
  | 'coUnits'
  | 'limit'
  | 'district'
  | 'pollution'
  | 'source';

/** The words about items handed over. `{name}` is filled in; a line whose place stays empty is left out. */
export type ItemTexts = {
  readonly kinds: { readonly [kind: string]: string };
  readonly statuses: { readonly [status in ItemStatus]: string };
  readonly actions: { readonly [action in ItemButton]: string };
  /** What happened, by the ledger's name of it. */
  readonly news: { readonly [event: string]: string };
  readonly refusals: {
    readonly [
      refusal in
        | ItemRefusal
        | 'notForYou'
        | 'noCandidate'
        | 'unknownUnit'
        | 'unknownKind'
        | 'unreadableLimit'
        | 'known'
        | 'nothingToUrge'
        | 'listOver'
        | 'nothingDone'
    ]: string;
  };
  readonly outcomes: { readonly [outcome in Outcome]: string };
  readonly findings: { readonly [finding in Finding]: string };
  readonly faults: { readonly [fault in 'false' | 'incomplete' | 'other']: string };
  readonly levels: { readonly [level in LimitLevel]: string };
  readonly passed: { readonly [passed in 'yes' | 'no']: string };
  readonly heats: { readonly [heat in 'green' | 'amber' | 'red' | 'overdue' | 'none']: string };
  readonly forms: { readonly [form in ItemForm]: string };
  readonly hints: { readonly [form in ItemForm]?: string };
  readonly inputs: { readonly [input in ItemInput]: string };
  readonly lists: {
    readonly [
      list in
        | 'mine'
        | 'unreceived'
        | 'overdue'
        | 'ofUnit'
        | 'choose'
        | 'chooseForFiles'
        | 'urged'
        | 'received'
        | 'acceptAll'
        | 'passed'
        | 'passedNone'
        | 'none'
        | 'more'
        | 'page'
    ]: string;
  };
  readonly overview: { readonly [line in 'heading' | 'row' | 'none' | 'byUnit' | 'byKind']: string };
  readonly facts: {
    readonly [fact in 'kind' | 'status' | 'units' | 'due' | 'outer' | 'subtasks' | 'handIn' | 'extension' | 'files' | 'listed']: string;
  };
  readonly lines: {
    readonly [
      line in
        | 'row'
        | 'by'
        | 'reason'
        | 'said'
        | 'stageReason'
        | 'subtask'
        | 'subtaskDone'
        | 'handIn'
        | 'extension'
        | 'filesHeld'
        | 'overdueBy'
        | 'longTerm'
        | 'granted'
        | 'outerMoved'
        | 'deadline'
        | 'finish'
        | 'coUnit'
        | 'leftOut'
        | 'acceptAll'
    ]: string;
  };
  readonly submit: string;
  readonly comma: string;
};

export const itemTextsFor = (locale: unknown): ItemTexts =>
  typeof locale === 'string' && locale.startsWith('en') ? itemTextsEn : itemTextsZh;
