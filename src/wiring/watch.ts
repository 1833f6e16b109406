import type { WatchAnswer, WatchArguments, WatchLine } from '../../adapters/cli/actions.ts';
import { createTeller } from '../../adapters/watchdog/tell.ts';
import { startWatch } from '../../adapters/watchdog/watch.ts';
import type { Environment } from '../config/environment.ts';
import { watchTexts } from '../messages/watch-texts.ts';

const untilTold = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });

/** Watches until it is told to end. What the command line gives wins over the environment. */
export const watchServices = async (
  env: Pick<Environment, 'watch'>,
  { urls, isTest, ...given }: WatchArguments,
  say: (line: WatchLine) => void,
): Promise<WatchAnswer> => {
  const webhook = given.webhook ?? env.watch.webhook;
  const command = given.command ?? env.watch.command;
  if (webhook === null && command === null) return { status: 'noWay' };
  const tell = createTeller({ ...(webhook === null ? {} : { webhook }), ...(command === null ? {} : { command }) });
  if (isTest) {
    const since = new Date().toISOString();
    return { status: 'tested', faults: await tell({ status: 'test', url: urls[0] ?? '', text: watchTexts.test, since, reasons: [] }) };
  }
  const watch = startWatch({ urls, tell, say, ways: [webhook, command].filter((way) => way !== null).length });
  process.stderr.write(`${watchTexts.watching.replace('{urls}', urls.join(' '))}\n`);
  await untilTold();
  await watch.stop();
  return { status: 'ended' };
};
