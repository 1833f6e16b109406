import { describe, expect, it } from 'vitest';
import { findForbiddenImports } from '../tools/imports.ts';
import { buildModelHouse } from './model-house.ts';

/** One module in each room, for the others to reach for. */
const rooms = [
  'src/domain/a',
  'src/messages/a',
  'src/ports/a',
  'src/app/a',
  'src/config/a',
  'src/web/a',
  'src/wiring/a',
  'src/main',
  'adapters/redis/a',
  'adapters/clock/a',
  'adapters/bot/a',
  'adapters/webchat/a',
  'jobs/a',
  'test/a',
];
const furniture = Object.fromEntries([
  ...rooms.map((room) => [`${room}.ts`, 'export const value = 1;\nexport type Type = 1;\n']),
  // closes the circle that p-circle opens
  ['src/domain/q-round.ts', `import { taken } from './p-circle.ts';\nexport const value = () => taken;\n`],
  ['test/tools/tally.ts', 'export const tallyReporter = () => ({});\n'],
]);

const value = (from: string): string => `import { value } from '${from}';\nexport const taken = value;\n`;
const type = (from: string): string => `import type { Type } from '${from}';\nexport type Taken = Type;\n`;
const typeOf = (from: string, name: string): string => `import type { ${name} } from '${from}';\nexport type Taken = ${name};\n`;

const forbidden: readonly [file: string, rule: string, text: string][] = [
  ['src/domain/p-node', 'domain-alone', `import { join } from 'node:path';\nexport const taken = join;\n`],
  ['src/domain/p-npm', 'domain-alone', `import { z } from 'zod';\nexport const taken = z;\n`],
  ['src/domain/p-npm-type', 'domain-alone', typeOf('zod', 'ZodType')],
  ['src/domain/p-app', 'domain-alone', value('../app/a.ts')],
  ['src/domain/p-app-type', 'domain-alone', type('../app/a.ts')],
  ['src/domain/p-messages-type', 'domain-alone', type('../messages/a.ts')],
  ['src/messages/p-ports-type', 'messages', type('../ports/a.ts')],
  ['src/messages/p-node', 'messages', `import { join } from 'node:path';\nexport const taken = join;\n`],
  ['src/ports/p-messages-type', 'ports', type('../messages/a.ts')],
  ['src/ports/p-app', 'ports', value('../app/a.ts')],
  ['src/app/p-adapter', 'app', value('../../adapters/redis/a.ts')],
  ['src/app/p-adapter-type', 'app', type('../../adapters/redis/a.ts')],
  ['src/app/p-config-type', 'app', type('../config/a.ts')],
  ['src/app/p-node', 'app', `import { randomUUID } from 'node:crypto';\nexport const taken = randomUUID;\n`],
  ['src/config/p-ports-type', 'config', type('../ports/a.ts')],
  ['src/config/p-adapter', 'config', value('../../adapters/redis/a.ts')],
  ['src/config/p-npm-type', 'config', typeOf('ioredis', 'Redis')],
  ['src/web/p-domain-type', 'web', type('../domain/a.ts')],
  ['src/web/p-node', 'web', `import { join } from 'node:path';\nexport const taken = join;\n`],
  ['src/web/p-npm', 'web', `import { z } from 'zod';\nexport const taken = z;\n`],
  ['adapters/redis/p-adapter', 'adapter-to-adapter', value('../clock/a.ts')],
  ['adapters/redis/p-adapter-type', 'adapter-to-adapter', type('../clock/a.ts')],
  ['adapters/bot/p-adapter-type', 'adapter-to-adapter', type('../webchat/a.ts')],
  ['adapters/redis/p-app', 'adapter-to-app', value('../../src/app/a.ts')],
  ['adapters/redis/p-config-type', 'adapter-to-house', type('../../src/config/a.ts')],
  ['adapters/redis/p-wiring', 'adapter-to-house', value('../../src/wiring/a.ts')],
  ['adapters/redis/p-job', 'adapter-to-house', value('../../jobs/a.ts')],
  ['adapters/redis/p-bot-type', 'botbuilder', typeOf('botbuilder', 'Activity')],
  ['src/wiring/p-bot', 'botbuilder', `import { ActivityHandler } from 'botbuilder';\nexport const taken = ActivityHandler;\n`],
  ['jobs/p-domain-type', 'jobs', type('../src/domain/a.ts')],
  ['jobs/p-adapter', 'jobs', value('../adapters/redis/a.ts')],
  ['jobs/p-npm', 'jobs', `import { z } from 'zod';\nexport const taken = z;\n`],
  ['src/app/p-main', 'wiring-is-the-top', value('../main.ts')],
  ['src/wiring/p-test', 'tests-are-outside', value('../../test/a.ts')],
  ['src/wiring/p-dev', 'no-dev-packages', `import { assert } from 'fast-check';\nexport const taken = assert;\n`],
  ['src/wiring/p-absent', 'resolvable', value('./nowhere.ts')],
  ['src/domain/p-circle', 'no-circle', value('./q-round.ts')],
];

const allowed: readonly [file: string, text: string][] = [
  ['src/domain/q-domain', value('./a.ts')],
  ['src/messages/q-domain', value('../domain/a.ts')],
  ['src/ports/q-domain', type('../domain/a.ts')],
  ['src/app/q-ports', `${type('../ports/a.ts')}export { value } from '../messages/a.ts';\n`],
  ['src/config/q-zod', `import { join } from 'node:path';\nimport { z } from 'zod';\nexport const taken = [join, z];\n`],
  ['src/web/q-messages', `import { render } from 'preact';\nexport { value } from '../messages/a.ts';\nexport const taken = render;\n`],
  ['adapters/redis/q-app-type', type('../../src/app/a.ts')],
  [
    'adapters/redis/q-npm',
    `import { Redis } from 'ioredis';\nexport { value } from '../../src/messages/a.ts';\nexport const taken = Redis;\n`,
  ],
  [
    'adapters/webchat/q-bot',
    `import { ActivityTypes } from 'botbuilder';\nexport { value } from '../bot/a.ts';\nexport const taken = ActivityTypes;\n`,
  ],
  ['jobs/q-app', value('../src/app/a.ts')],
  ['src/wiring/q-all', `export { value } from '../../adapters/redis/a.ts';\nexport { value as other } from '../../jobs/a.ts';\n`],
  ['test/q-all', `import { assert } from 'fast-check';\nexport { value } from '../src/main.ts';\nexport const taken = assert;\n`],
];

describe('the import rule', () => {
  const house = buildModelHouse({
    ...furniture,
    ...Object.fromEntries(forbidden.map(([file, , text]) => [`${file}.ts`, text])),
    ...Object.fromEntries(allowed.map(([file, text]) => [`${file}.ts`, text])),
  });
  const faults = findForbiddenImports(house.root);
  house.remove();

  it.each(forbidden)('catches %s (%s)', (file, rule) => {
    expect(faults.filter((fault) => fault.from === `${file}.ts`).map((fault) => fault.rule)).toContain(rule);
  });

  it('lets everything else be', () => {
    const planted = new Set(forbidden.map(([file]) => `${file}.ts`));
    expect(faults.filter((fault) => !planted.has(fault.from))).toEqual([]);
  });

  it('notices when the tool does not see the house', () => {
    // stands for a missing parser, which can't be taken away from under the tool
    const settings = {
      '.dependency-cruiser.mjs': `export default { forbidden: [], options: { exclude: { path: '^src/domain/' } } };`,
    };
    const blind = buildModelHouse({ ...furniture, ...settings, 'src/domain/p-app-type.ts': type('../app/a.ts') });
    const faultsOfBlind = findForbiddenImports(blind.root);
    blind.remove();
    expect(faultsOfBlind.map((fault) => `${fault.rule} ${fault.from}`)).toContain('seen src/domain/p-app-type.ts');
  });
});
