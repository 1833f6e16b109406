import type { PostId, Shift } from '../../domain/roster/roster.ts';

/** How a shift is called in addresses: by its post and when it begins, so that it keeps its name when others stand it. */

const radix = 36;

export const shiftIdOf = ({ postId, from }: Pick<Shift, 'postId' | 'from'>): string => `${postId}.${from.toString(radix)}`;

/** Undefined for what is no such name. */
export const readShiftId = (id: string): { readonly postId: PostId; readonly from: number } | undefined => {
  const [, postId, from] = /^(p\w+)\.([\da-z]{1,10})$/u.exec(id) ?? [];
  return postId === undefined || from === undefined ? undefined : { postId, from: Number.parseInt(from, radix) };
};
