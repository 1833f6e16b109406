import type { ErrorKind } from './error-kind.ts';

/**
 * `failing`: nothing is sent through it for the moment, or the office has been told that it fails; `troubled`: some of what it
 * was to bring did not go out; `working`; `idle`: nobody was written to through it lately.
 */
export type ChannelState = 'failing' | 'troubled' | 'working' | 'idle';

/** From this share of failures on, single ones are no longer chance. */
const troubledShare = 0.1;

export const stateOfChannel = ({
  isFailing,
  isLeftAlone,
  sent,
  errors,
}: {
  readonly isFailing: boolean;
  readonly isLeftAlone: boolean;
  readonly sent: number;
  readonly errors: readonly { readonly kind: ErrorKind; readonly count: number }[];
}): ChannelState => {
  if (isFailing || isLeftAlone) return 'failing';
  const failed = errors.reduce((sum, { count }) => sum + count, 0);
  const isUnheard = errors.some(({ kind, count }) => kind !== 'refused' && kind !== 'limited' && count > 0);
  if (failed > 0 && (isUnheard || failed >= (sent + failed) * troubledShare)) return 'troubled';
  return sent > 0 ? 'working' : 'idle';
};
