import { createMemoryFiles } from '../../../adapters/memory/memory-files.ts';
import { describeFiles } from '../files-contract.ts';

describeFiles('the memory', async () => {
  const files = createMemoryFiles();
  return { files, spoil: files.spoil };
});
