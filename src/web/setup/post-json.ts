import { ApiError } from '../data/api.ts';

/** Working something out from a ledger takes a while, and so does a platform that says nothing. */
const patienceMs = 90_000;

/** What the service answers to something that was asked of it; `signal` gives it up. Throws ApiError. */
export const postJson = async <T>(path: string, body: object, signal?: AbortSignal): Promise<T> => {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])]),
  }).catch(() => undefined);
  if (!response) throw new ApiError(0);
  if (!response.ok) throw new ApiError(response.status);
  const answer: T = await response.json();
  return answer;
};
