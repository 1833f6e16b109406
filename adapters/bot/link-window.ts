import { createHash } from 'node:crypto';
import type { RateLimits } from '../../src/ports/rate-limits.ts';
import { createWindow, type WindowRule } from './window.ts';

/**
 * Links are counted each for itself, and by address only where they open nothing. Behind a proxy everybody comes from one
 * address: a stranger who tries links there must not keep those out who hold one. Both throw ZG_TOO_OFTEN.
 */
export const createLinkWindow = (rule: WindowRule, shared?: RateLimits) => {
  // what anybody may make up is put into no store before it has been tried often
  const mayOpen = createWindow({ ...rule, alone: Math.floor(rule.most / 4) }, shared);
  const mayMiss = createWindow({ ...rule, of: `${rule.of}:missed` }, shared);
  return {
    opens: (link: string): Promise<void> => mayOpen(createHash('sha256').update(link).digest('base64url')),
    misses: (address: string): Promise<void> => mayMiss(address),
  };
};
