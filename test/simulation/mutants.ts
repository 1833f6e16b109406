import { misplacedIn, tryMutations } from './mutate.ts';
import { mutations } from './mutations.ts';

/** `npm run simulate:mutations [-- words of a name]`: every planted bug must be found. Exit 1 when one survives. */

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const wanted = process.argv.slice(2).join(' ');
const chosen = mutations.filter(({ name }) => name.includes(wanted));
if (chosen.length === 0) {
  process.stderr.write(`no planted bug's name has '${wanted}' in it; there are:\n${mutations.map(({ name }) => name).join('\n')}\n`);
  process.exit(2);
}
const misplaced = chosen.flatMap((mutation) => misplacedIn(mutation).map(({ file }) => ({ name: mutation.name, file })));
for (const { name, file } of misplaced) say(`MISPLACED ${name}: its text does not stand once in ${file}`);

const verdicts = await tryMutations(chosen, { seeds: 60, seconds: 300 }, ({ mutation, isCaught, said }) => {
  const [, seed] = /seed (\d+) breaks/u.exec(said) ?? [];
  const [, promise] = /^promise (.*)$/mu.exec(said) ?? [];
  say(
    isCaught ? `caught    ${mutation.name}: seed ${seed}, ${promise?.slice(0, 140)}` : `SURVIVED  ${mutation.name}: ${said.slice(0, 300)}`,
  );
});
const caught = verdicts.filter(({ isCaught }) => isCaught).length;
say(`${caught} of ${verdicts.length} bugs found`);
process.exitCode = caught === chosen.length && misplaced.length === 0 ? 0 : 1;
