import type { Log } from '../../src/ports/log.ts';

export type Loop = {
  readonly name: string;
  /** One round of work; answers how long to rest before the next, ms. */
  readonly run: () => Promise<number>;
};

/** After a failure, so that a Redis that is away isn't asked a thousand times a second. */
const afterFailureMs = 200;

/** Runs until it is stopped; a failure is said once for each spell of them. */
export const startLoop = ({ name, run }: Loop, log: Log): { readonly stop: () => Promise<void> } => {
  let isStopping = false;
  let isFailing = false;
  let wake = (): void => {};

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    while (!isStopping) {
      let restMs = afterFailureMs;
      try {
        restMs = await run();
        if (isFailing) log.info({ loop: name }, 'works again');
        isFailing = false;
      } catch (error) {
        if (!isFailing) log.warn({ loop: name, error: String(error) }, 'failed; trying again until it works');
        isFailing = true;
      }
      if (!isStopping && restMs > 0) await rest(restMs);
    }
  })();

  return {
    stop: async () => {
      isStopping = true;
      wake();
      await running;
    },
  };
};
