import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest begins first, or it runs alone at the end while the other process has nothing to do; beside it what starts no
 * servers and no browser. Vitest knows files by their size only where nothing has run yet.
 */
const ranks = [/\/test\/chaos\//u, /\/test\/(?:app|config|domain|messages|stories)\//u, /\/test\/bench\//u];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = ranks.findIndex((path) => path.test(moduleId));
  return rank === -1 ? ranks.length : rank;
};

export class FileOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
