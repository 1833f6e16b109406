/** What is known of a channel that fails, and what was done instead. Kept as the cause of the alert about it. */
export type ChannelFailure = {
  readonly channel: string;
  /** People whom it did not reach, and whom it was to reach. */
  readonly failed: number;
  readonly tried: number;
  /** Sends that failed, and inside how many minutes. */
  readonly failures: number;
  readonly minutes: number;
  /** How many of them another channel has reached. */
  readonly by: readonly { readonly channel: string; readonly people: number }[];
  /** Whom nothing has reached: they must be rung. */
  readonly unreached: readonly string[];
};

/** Names in an alert; how many more there are is said in a figure. */
const mostNamed = 20;

/** Short, because it is kept with each obligation: `failed 12 of 20 over feishu; sends 14 in 5; by wecom 9; none m1 m2 m3`. */
export const toFailureCause = ({ channel, failed, tried, failures, minutes, by, unreached }: ChannelFailure): string =>
  [
    `failed ${failed} of ${tried} over ${channel}`,
    `sends ${failures} in ${minutes}`,
    ...by.map((other) => `by ${other.channel} ${other.people}`),
    ...(unreached.length === 0 ? [] : [`none ${unreached.length} ${unreached.slice(0, mostNamed).join(' ')}`]),
  ].join('; ');

/** Undefined where the cause speaks of no channel's failure. `unreached` are as many as are named. */
export const readFailureCause = (cause: string): (ChannelFailure & { readonly unreachedCount: number }) | undefined => {
  const [, failed, tried, channel] = /^failed (\d+) of (\d+) over ([^\s;]+)/u.exec(cause) ?? [];
  if (channel === undefined) return undefined;
  const [, failures = failed, minutes = '5'] = /; sends (\d+) in (\d+)/u.exec(cause) ?? [];
  const [, count = '0', named = ''] = /; none (\d+)((?: [^\s;]+)*)/u.exec(cause) ?? [];
  return {
    channel,
    failed: Number(failed),
    tried: Number(tried),
    failures: Number(failures),
    minutes: Number(minutes),
    by: [...cause.matchAll(/; by ([^\s;]+) (\d+)/gu)].map(([, other, people]) => ({ channel: other ?? '', people: Number(people) })),
    unreached: named.split(' ').filter((id) => id !== ''),
    unreachedCount: Number(count),
  };
};
