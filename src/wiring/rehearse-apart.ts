import { Worker } from 'node:worker_threads';
import type { RehearsalReport } from '../app/rehearsal/report.ts';
import type { Organisation } from '../domain/organisation/organisation.ts';
import type { Roster } from '../domain/roster/roster.ts';
import type { RehearsalAsked } from './rehearse.ts';

/** What a rehearsal stands on, as it may go to another thread. */
export type Apart = Omit<RehearsalAsked, 'fill'> & { readonly campaign: { readonly organisation: Organisation; readonly roster: Roster } };

/** A month with seventeen posts takes a quarter of this. */
const mostMs = 75_000;
const mostMegabytes = 768;

/**
 * Rehearses in a thread of its own, so that nobody waits for it; `signal` ends it, and so does its time. Undefined where it
 * was ended.
 */
export const rehearseApart = async (asked: Apart, signal: AbortSignal): Promise<RehearsalReport | undefined> => {
  if (signal.aborted) return undefined;
  const thread = new Worker(new URL('rehearsal-thread.ts', import.meta.url), {
    workerData: asked,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  const { promise, resolve, reject } = Promise.withResolvers<RehearsalReport | undefined>();
  const end = (): void => resolve(undefined);
  const timer = setTimeout(end, mostMs);
  signal.addEventListener('abort', end);
  thread.on('message', resolve);
  thread.on('error', reject);
  thread.on('exit', end);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    await thread.terminate();
  }
};
