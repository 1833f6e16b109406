import { PlatformUnreachable } from './platform-http.ts';

/** What a cloud answered to a call, where that was no. Its words may hold numbers of people, and are not kept. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: string;
  /** Where the cloud said when to come back. */
  readonly retryAfterMs: number | undefined;

  constructor(cloud: string, code: string, retryAfterMs?: number) {
    super(`${cloud} answers ${code}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value !== 'undefined' ? value : undefined;
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

/**
 * What an SDK threw, as one of ours: an answer of the cloud has a code and came with a status, everything else never got
 * there. `status` is what the SDK calls the HTTP status.
 */
export const toCloudError = (cloud: string, thrown: unknown, status: unknown): CloudError | PlatformUnreachable => {
  const { code, name, retryAfter } = (thrown ?? {}) as { readonly code?: unknown; readonly name?: unknown; readonly retryAfter?: unknown };
  const known = textOf(code);
  if (status === undefined || known === undefined)
    return new PlatformUnreachable(typeof status === 'number' ? String(status) : (known ?? textOf(name) ?? 'unknown'));
  return new CloudError(cloud, known, numberOf(retryAfter));
};
