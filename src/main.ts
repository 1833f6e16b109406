import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from './config/faults.ts';

const [, , ...argv] = process.argv;

// Half of a start is compiling. In a folder of our own: what lies there is run, and anybody may write to the system's.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/zaigang', import.meta.url)));
/** Early enough for a service that will be killed, late enough to be in nobody's way; one that ends in order writes it then. */
const flushAfterMs = 10_000;
setTimeout(flushCompileCache, flushAfterMs).unref();

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  // What one of them needs costs the other half a second: each is loaded when it is wanted.
  if (cluster.isWorker) await (await import('./wiring/worker.ts')).runWorker();
  else if (argv.length === 0) await (await import('./wiring/run-service.ts')).runService(process.env);
  else process.exitCode = await (await import('./wiring/command-line.ts')).runCommandLine(argv, process.env);
} catch (error) {
  // A fault of the set-up is for people: every one of them in words, without a trace.
  const isForPeople = error instanceof ConfigurationError || (error instanceof Error && error.message.startsWith('ZG_'));
  process.stderr.write(`${isForPeople ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
