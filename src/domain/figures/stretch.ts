/**
 * `held`: somebody is planned and nothing says otherwise. `heldOver`: whoever stood it before stays, because nobody has
 * accepted. `short`: fewer officers than the post must have. `absent`: the holder said that nobody is there. `gap`: nobody
 * is planned.
 */
export const stretchKinds = ['held', 'heldOver', 'short', 'absent', 'gap'] as const;
export type StretchKind = (typeof stretchKinds)[number];
