import { watchTexts as texts } from '../../src/messages/watch-texts.ts';
import { createJudge, shippedRules, type JudgeRules, type Look, type Verdict } from './judge.ts';
import type { Told } from './tell.ts';

/** Looks at services from outside: another process, better on another machine, which shares nothing with them but the network. */

export type WatchParts = {
  /** Where services answer, `/` at the end or not. */
  readonly urls: readonly string[];
  /** Answers what failed, one for each way that did. */
  readonly tell: (told: Told) => Promise<readonly string[]>;
  /** How many ways `tell` has, 1 unless said otherwise: where all have failed, nobody has heard. */
  readonly ways?: number;
  /** What was found and what became of it, a line each. */
  readonly say: (line: Told & { readonly faults: readonly string[] }) => void;
  readonly everyMs?: number;
  readonly rules?: JudgeRules;
  readonly now?: () => number;
};

const usualEveryMs = 5_000;

/** Epoch ms that nobody sets back or forward while we run: how long something is down must not hang on the machine's clock. */
const steadyNow = (): number => performance.timeOrigin + performance.now();
const timeoutMs = 5_000;
const mostReasons = 5;

const readReasons = (text: string, name: 'reasons' | 'warnings'): readonly string[] => {
  try {
    const { [name]: reasons } = JSON.parse(text) as { readonly reasons?: unknown; readonly warnings?: unknown };
    return Array.isArray(reasons) ? reasons.slice(0, mostReasons).map((reason) => `${reason}`.slice(0, 200)) : [];
  } catch {
    return [];
  }
};

/** One that is paused or stuck does not answer; one whose engine stands still, or that reaches nobody any more, says so itself. */
export const lookAt = async (url: string, at: number): Promise<Look> => {
  try {
    const response = await fetch(new URL('readyz', url.endsWith('/') ? url : `${url}/`), {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { connection: 'close' },
    });
    const text = await response.text();
    if (response.ok) {
      const warnings = readReasons(text, 'warnings');
      return { at, isWell: warnings.length === 0, reasons: warnings };
    }
    return { at, isWell: false, reasons: [texts.refused.replace('{status}', String(response.status)), ...readReasons(text, 'reasons')] };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { at, isWell: false, reasons: [isLate ? texts.late.replace('{seconds}', String(timeoutMs / 1_000)) : texts.unreachable] };
  }
};

const clockOf = (at: number): string => new Date(at).toLocaleString('sv-SE', { timeZoneName: 'short' });

export const toTold = (url: string, { type, since, reasons }: Verdict): Told => ({
  status: type,
  url,
  since: new Date(since).toISOString(),
  reasons,
  text: texts[type].replace('{url}', url).replace('{since}', clockOf(since)).replace('{reasons}', reasons.join(texts.comma)),
});

/** Until it is stopped. Each service is looked at by itself, so that one that hangs keeps no other waiting. */
export const startWatch = (parts: WatchParts): { readonly stop: () => Promise<void> } => {
  const { urls, tell, say, everyMs = usualEveryMs, rules = shippedRules, now = steadyNow, ways = 1 } = parts;
  let isOver = false;
  const wakes = new Set<() => void>();
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        wakes.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      wakes.add(done);
    });
  const watchOne = async (url: string): Promise<void> => {
    const { judge, takeBack } = createJudge(rules);
    while (!isOver) {
      const verdict = judge(await lookAt(url, now()));
      if (verdict) {
        const told = toTold(url, verdict);
        const faults = await tell(told);
        say({ ...told, faults });
        // what nobody has heard is not told
        if (verdict.type === 'down' && faults.length >= ways) takeBack();
      }
      if (!isOver) await rest(everyMs);
    }
  };
  const watching = Promise.all(urls.map(watchOne));
  return {
    stop: async () => {
      isOver = true;
      for (const wake of wakes) wake();
      await watching;
    },
  };
};
