import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pause } from '../pause.ts';
import type { Index } from '../stage.ts';
import type { SingleStand } from '../stands/single.ts';
import { again, type Kind } from './kind.ts';

const clockFile = (folder: string): string => join(folder, 'clock-off');
const loader = pathToFileURL(join(import.meta.dirname, '..', 'shifted-clock.ts')).href;

/** The first instance's clock can be moved; the other's and Redis's stay. */
export const movableClock = (index: Index, folder: string): Readonly<Record<string, string>> =>
  index === 0 ? { NODE_OPTIONS: `--import=${loader}`, CHAOS_CLOCK_FILE: clockFile(folder) } : {};

const [minuteMs, hourMs] = [60_000, 3_600_000];
const jumps = [5 * minuteMs, -5 * minuteMs, hourMs, -hourMs, 26 * hourMs, -26 * hourMs];

/** Somebody sets the clock of one machine, forwards and back, by minutes, hours and a day. */
export const clocks: Kind<SingleStand> = {
  name: 'clocks',
  torment: async ({ stage, chance, forMs }) => {
    const set = (offMs: number): Promise<void> => writeFile(clockFile(stage.folder), `${offMs}`);
    const moved = await again(forMs, 3, async () => {
      await set(jumps[Math.floor(chance() * jumps.length)]!);
      await pause(300 + chance() * 1_500);
    });
    await set(0);
    return { 'clocks moved': moved + 1 };
  },
};
