// Who may import whom: the map of the house, held by `npm run check`. A rule says what is forbidden; `$1` is the folder it came from.

/** @param {string} name @param {string} from @param {object} to @param {string} comment */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to });

const browserPackages = 'preact|@preact/[^/]+|adaptivecards|botframework-directlinejs|rxjs|echarts';
const botPackages = ['^node_modules/botbuilder', '^node_modules/botframework-(schema|connector|streaming)/'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid('domain-alone', '^src/domain/', { pathNot: '^src/domain/' }, 'The rules are pure: they import nothing but themselves.'),
    forbid('messages', '^src/messages/', { pathNot: '^src/(messages|domain)/' }, 'Words know the domain and nothing else.'),
    forbid('ports', '^src/ports/', { pathNot: '^src/(ports|domain)/' }, 'What the app needs from outside is said in types of the domain.'),
    forbid('app', '^src/app/', { pathNot: '^src/(app|domain|messages|ports)/' }, 'Use cases reach the world through ports.'),
    forbid(
      'config',
      '^src/config/',
      { pathNot: ['^src/(config|domain)/', '^node_modules/zod/'], dependencyTypesNot: ['core'] },
      'Configuration is read with zod into types of the domain.',
    ),
    {
      ...forbid('web', '', { pathNot: ['^src/(web|messages)/', `^node_modules/(${browserPackages})/`] }, 'Pages run in a browser.'),
      from: { path: '^src/web/', pathNot: '^src/web/vite\\.config\\.ts$' },
    },
    forbid(
      'adapter-to-adapter',
      '^adapters/([^/]+)/',
      { path: '^adapters/', pathNot: '^adapters/($1|bot)/' },
      'A channel tells its own story.',
    ),
    forbid(
      'adapter-to-app',
      '^adapters/',
      { path: '^src/app/', dependencyTypesNot: ['type-only'] },
      'Adapters are called by the app or call it through what they are given: its types only.',
    ),
    forbid(
      'adapter-to-house',
      '^adapters/',
      { path: '^(src/(config|web|wiring)/|src/[^/]+$|jobs/|test/)' },
      'Adapters know ports, domain and messages.',
    ),
    forbid('jobs', '^jobs/', { pathNot: '^(jobs/|src/(app|ports)/)' }, 'A job says when, and calls the app.'),
    {
      ...forbid('botbuilder', '', { path: botPackages }, 'Its maker has left it: it stays where it can be replaced.'),
      from: { pathNot: '^(adapters/(bot|teams|webchat)|test)/' },
    },
    {
      ...forbid('wiring-is-the-top', '', { path: '^src/(wiring/|main\\.ts|setup\\.mjs)' }, 'Nobody imports what wires everybody.'),
      from: { pathNot: '^(src/(wiring/|main\\.ts)|test/)' },
    },
    { ...forbid('tests-are-outside', '', { path: '^test/' }, 'The product does without its tests.'), from: { pathNot: '^(test/|[^/]+$)' } },
    {
      ...forbid(
        'no-dev-packages',
        '',
        { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
        'These are not there in production.',
      ),
      from: { path: '^(src|adapters|jobs)/', pathNot: '^src/web/vite\\.config\\.ts$' },
    },
    forbid('listed-packages', '', { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }, 'Every package stands in package.json.'),
    forbid('resolvable', '', { couldNotResolve: true }, 'What is imported exists.'),
    forbid(
      'no-circle',
      '',
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Modules that need each other are one module, or three.',
    ),
  ],
  options: {
    // without swc and this it sees no modules, or takes type imports for none
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    preserveSymlinks: true,
    doNotFollow: { path: '^node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
