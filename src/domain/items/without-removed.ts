/** What of an item is written by people and stands beside the ledger, where it may have been removed. */
const texts = new Set([
  'text',
  'source',
  'remark',
  'title',
  'name',
  'handling',
  'accountability',
  'reason',
  'refusal',
  'consentOf',
  'consentRef',
  'measures',
  'endReason',
]);

type Members = { readonly [name: string]: unknown };

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null;
const isGone = (value: unknown): boolean => value === undefined || value === '';

/** An item as the store holds it, without the texts that the ledger has none for any more. */
export const withoutRemoved = <T>(held: T, told: unknown): T => {
  if (!isMembers(held) || !isMembers(told)) return held;
  if (Array.isArray(held)) return held.map((one, index): unknown => withoutRemoved(one, told[index])) as T;
  const kept = Object.entries(held).flatMap(([name, value]) => {
    if (!texts.has(name) || !isGone(told[name])) return [[name, withoutRemoved<unknown>(value, told[name])] as const];
    return name in told ? [[name, told[name]] as const] : [];
  });
  return Object.fromEntries(kept) as T;
};
