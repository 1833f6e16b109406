import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** From the nearest folder that is there down to the one that is wanted. */
const missingIn = (folder: string): readonly string[] => {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  return missing;
};

/**
 * Makes the folder where it is not there, and sees that it can be written to. Throws ZG_DATA_DIR with a sentence for
 * people. Level by level, for Node never returns from making one recursively where the kernel allows none (below /proc).
 */
export const makeDataFolder = (folder: string): void => {
  try {
    for (const level of missingIn(folder)) mkdirSync(level, { mode: 0o700 });
    if (!statSync(folder).isDirectory()) throw new Error('it is a file');
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `ZG_DATA_DIR: nothing can be kept in ${folder} (${why}); set DATA_DIR to a folder that this account may write to, for example ./data`,
      { cause: error },
    );
  }
};
