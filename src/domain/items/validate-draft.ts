import type { ItemDraft } from './item-command.ts';
import type { ItemField, ItemKind } from './item-kind.ts';

/** What a draft may lack: the fields that its kind wants, somebody to owe it, and the instant it counts from. */
export type DraftGap = ItemField | 'units' | 'handedOverAt';

const isThere = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

/** The unit's own limit, and every other an instant: without it nothing would ever fall due. */
const hasLimit = ({ limits }: ItemDraft): boolean =>
  limits.some(({ level }) => level === 'unit') && limits.every(({ at }) => Number.isFinite(at));

const has: { readonly [field in ItemField]: (draft: ItemDraft) => boolean } = {
  text: ({ text }) => isThere(text),
  number: ({ number }) => isThere(number),
  district: ({ district }) => isThere(district),
  pollution: ({ pollution }) => pollution.some(isThere),
  source: ({ source }) => isThere(source),
  limit: hasLimit,
};

/** What is missing before a draft of this kind may be handed over; empty where nothing is. */
export const validateDraft = (draft: ItemDraft, kind: Pick<ItemKind, 'requiredFields'>): readonly DraftGap[] => {
  const wanted = new Set<ItemField>([...kind.requiredFields, 'limit']);
  return [
    ...[...wanted].filter((field) => !has[field](draft)),
    ...(draft.unitIds.some(isThere) ? [] : (['units'] as const)),
    ...(Number.isFinite(draft.handedOverAt) ? [] : (['handedOverAt'] as const)),
  ];
};
