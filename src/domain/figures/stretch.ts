/**
 * `held`: somebody is planned and nothing says otherwise. `heldOver`: whoever stood it before stays, because nobody has
 * accepted. `short`: fewer officers than the post must have. `unheard`: nobody answered a check that had
 * reached them, from its verdict until the post was heard of again. `absent`: the holder said that nobody is there. `gap`:
 * nobody is planned.
 */
export const stretchKinds = ['held', 'heldOver', 'short', 'unheard', 'absent', 'gap'] as const;
export type StretchKind = (typeof stretchKinds)[number];

const lostKinds: ReadonlySet<StretchKind> = new Set(['unheard', 'absent', 'gap']);

/** Whether nobody is known to have been on post. */
export const isLost = (kind: StretchKind): boolean => lostKinds.has(kind);
