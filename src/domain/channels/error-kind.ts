/**
 * Why something did not go out. `transport`: the platform was not reached or silent; `refused`: it will never take it;
 * `busy`: not now; `limited`: held back by ourselves, or it would be over what the platform allows; `leftAlone`: not
 * tried, because the platform is failing.
 */
export type ErrorKind = 'transport' | 'refused' | 'busy' | 'limited' | 'leftAlone';

/** Said by our own guard, and not by a platform. */
const ours: { readonly [code: string]: ErrorKind } = { limited: 'limited', breakerOpen: 'leftAlone', silent: 'leftAlone' };

export const kindOfError = ({
  status,
  code,
  isTransport,
}: {
  readonly status: 'transient' | 'permanent';
  readonly code: string;
  readonly isTransport?: boolean;
}): ErrorKind => {
  if (status === 'permanent') return 'refused';
  return ours[code] ?? (isTransport === true ? 'transport' : 'busy');
};
