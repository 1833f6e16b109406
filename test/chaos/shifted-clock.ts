import { readFileSync } from 'node:fs';

/**
 * Loaded into a service before everything else: its wall clock is off by as many ms as the file says, now and whenever that
 * changes, as if somebody had set the machine's clock. What counts elapsed time goes on, as it does in life.
 */
const file = process.env['CHAOS_CLOCK_FILE'] ?? '';
let offMs = 0;
const read = (): void => {
  try {
    offMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // nobody has set it yet
  }
};
read();
setInterval(read, 50).unref();

const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
class SetDate extends RealDate {
  constructor(...parts: readonly unknown[]) {
    if (parts.length === 0) super(realNow() + offMs);
    // what the language takes, this takes
    else super(...(parts as [number]));
  }

  static override now(): number {
    return realNow() + offMs;
  }
}
globalThis.Date = SetDate as DateConstructor;
const realInstant = Temporal.Now.instant.bind(Temporal.Now);
Temporal.Now.instant = () => realInstant().add({ milliseconds: offMs });
