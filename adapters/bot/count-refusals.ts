import type { FastifyInstance } from 'fastify';
import { Fault, type FaultCode } from '../../src/ports/fault.ts';
import type { DoorDeps, RefusalReason } from './webhook-door.ts';

/** What is refused at the doors that speak JSON, in the words of the platforms' own; the rest is trouble of ours. */
const reasonOf: { readonly [code in FaultCode]?: RefusalReason } = {
  ZG_BAD_JSON: 'malformed',
  ZG_BAD_ACTIVITY: 'malformed',
  ZG_BAD_WATERMARK: 'malformed',
  ZG_BAD_FILE: 'malformed',
  ZG_FILE_KIND: 'malformed',
  ZG_UNSUPPORTED_MEDIA: 'malformed',
  ZG_TOKEN_MISSING: 'badSignature',
  ZG_TOKEN_INVALID: 'badSignature',
  ZG_TOKEN_EXPIRED: 'stale',
  ZG_NOT_LOCAL: 'foreign',
  ZG_NOT_ALLOWED: 'foreign',
  ZG_WRONG_CONVERSATION: 'foreign',
  ZG_TOO_LARGE: 'tooLarge',
  ZG_FILE_TOO_LARGE: 'tooLarge',
  ZG_TOO_MANY_FILES: 'tooLarge',
};

/** Undefined for what is no refusal. */
export const refusalOf = (error: unknown): RefusalReason | undefined => {
  if (error instanceof Fault) return reasonOf[error.code];
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return 'tooLarge';
  return status >= 400 && status < 500 ? 'malformed' : undefined;
};

/** Counts what any route of this scope refuses, also before its handler has seen it. */
export const countRefusals = (scope: FastifyInstance, channel: string, count: DoorDeps['count']): void => {
  scope.addHook('onError', (_request, _reply, error, done) => {
    const reason = refusalOf(error);
    if (reason !== undefined) count(channel, reason);
    done();
  });
};
