import type { ItemActionType } from '../../../domain/items/next-actions.ts';

/** What the buttons of contracts are called, and which act each begins. */
export const typeOfAction: { readonly [action: string]: ItemActionType } = {
  receiveItem: 'receive',
  split: 'split',
  finishSubtask: 'finishSubtask',
  reassign: 'reassign',
  report: 'report',
  draft: 'draft',
  check: 'check',
  sign: 'sign',
  submit: 'submit',
  return: 'return',
  accept: 'accept',
  extend: 'extend',
  approve: 'approve',
  reject: 'reject',
  close: 'close',
  followUp: 'followUp',
  moveOuter: 'moveOuter',
  longTerm: 'longTerm',
  urge: 'urge',
  withdrawItem: 'withdrawItem',
};

export const actionOfType = (type: ItemActionType): string => (type === 'receive' ? 'receiveItem' : type);
