import { readFileSync } from 'node:fs';
import { Agent, fetch } from 'undici';
import type { Pulse } from './pulse.ts';

/** What a platform was asked over HTTP came to nothing: it was not reached, was silent, or did not speak JSON. */
export class PlatformUnreachable extends Error {
  override readonly name = 'PlatformUnreachable';
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, retryAfterMs?: number, cause?: unknown) {
    super(`the platform was not reached: ${code}`, { cause });
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export type PlatformHttp = (call: {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Below the base address, beginning with a slash. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}) => Promise<{ readonly status: number; readonly json: unknown; readonly headers: Pick<Headers, 'get'> }>;

const codeOf = (error: unknown): string => {
  const { cause, code, name } = (error ?? {}) as {
    readonly cause?: { readonly code?: string };
    readonly code?: string;
    readonly name?: string;
  };
  return cause?.code ?? code ?? name ?? 'unknown';
};

const retryAfterOf = (header: string | null): number | undefined => {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
};

/**
 * Calls a platform below a base address, which may have a path of its own (private deployments stand behind one) and a
 * certificate of its own authority. Rejects with `PlatformUnreachable`; never says a query or a body, which hold tokens.
 */
export const createPlatformHttp = ({
  base,
  caFile,
  timeoutMs,
  pulse,
}: {
  readonly base: string;
  readonly caFile?: string;
  readonly timeoutMs: number;
  /** Learns what is under way and what was heard. */
  readonly pulse?: Pulse;
}): PlatformHttp => {
  const dispatcher = new Agent({
    ...(caFile === undefined ? {} : { connect: { ca: readFileSync(caFile, 'utf8') } }),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const root = base.replace(/\/+$/, '');
  return async ({ method, path, query = {}, headers = {}, body }) => {
    const asked = new URLSearchParams(query).toString();
    const end = pulse?.begin();
    let isHeard = false;
    try {
      const response = await fetch(`${root}${path}${asked === '' ? '' : `?${asked}`}`, {
        method,
        headers: body === undefined ? headers : { 'content-type': 'application/json; charset=utf-8', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
        dispatcher,
      });
      const text = await response.text();
      isHeard = true;
      if (response.status >= 500) throw new PlatformUnreachable(String(response.status), retryAfterOf(response.headers.get('retry-after')));
      try {
        return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown), headers: response.headers };
      } catch (error) {
        throw new PlatformUnreachable('notJson', undefined, error);
      }
    } catch (error) {
      throw error instanceof PlatformUnreachable ? error : new PlatformUnreachable(codeOf(error));
    } finally {
      end?.(isHeard);
    }
  };
};
