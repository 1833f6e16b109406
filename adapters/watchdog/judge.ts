/** What one look at a service found. */
export type Look = { readonly at: number; readonly isWell: boolean; readonly reasons: readonly string[] };

export type Verdict = { readonly type: 'down' | 'stillDown' | 'up'; readonly since: number; readonly reasons: readonly string[] };

export type JudgeRules = {
  /** A restart is over by then. */
  readonly downAfterMs: number;
  readonly againEveryMs: number;
};

export const shippedRules: JudgeRules = { downAfterMs: 20_000, againEveryMs: 10 * 60_000 };

/** Makes of looks what somebody must hear: that it is down, from time to time that it still is, and that it is up again. */
export const createJudge = ({ downAfterMs, againEveryMs }: JudgeRules) => {
  let since: number | undefined;
  let toldAt: number | undefined;
  const judge = ({ at, isWell, reasons }: Look): Verdict | undefined => {
    if (isWell) {
      const verdict = toldAt !== undefined && since !== undefined ? ({ type: 'up', since, reasons: [] } as const) : undefined;
      since = undefined;
      toldAt = undefined;
      return verdict;
    }
    since ??= at;
    if (at - since < downAfterMs) return undefined;
    if (toldAt !== undefined && at - toldAt < againEveryMs) return undefined;
    const type = toldAt === undefined ? 'down' : 'stillDown';
    toldAt = at;
    return { type, since, reasons };
  };
  return {
    judge,
    /** The last verdict has reached nobody: it is given again with the next look that finds it so. */
    takeBack: (): void => void (toldAt = undefined),
  };
};
