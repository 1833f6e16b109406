/** What the page may be asked to look at closely. */
export const lookedKinds = ['post', 'unit', 'person', 'obligation', 'item', 'shift', 'handover', 'request'] as const;
export type LookedKind = (typeof lookedKinds)[number];
