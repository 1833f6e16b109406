import { parseRedisTarget } from '../../adapters/redis/target.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { startProcesses } from '../../src/wiring/run-service.ts';
import { benchLog } from './stage.ts';

/** The whole service as `npm start` runs it in production, beside the processes of the benchmark. */

export type ServiceOrder = { readonly variables: { readonly [name: string]: string }; readonly address: string };

const { variables, address } = JSON.parse(process.argv[2] ?? '{}') as ServiceOrder;
const service = await startProcesses(readEnvironment(variables, parseRedisTarget), address, benchLog);
process.once('message', () => void service.stop().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', port: Number(variables['PORT']) });
