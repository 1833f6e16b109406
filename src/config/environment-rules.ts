import { type Fault, suggest } from './faults.ts';

export const secretLength = 32;

/** A name that begins like ours is meant for us, so a slip in the rest of it must not pass in silence. */
const ourPrefixes =
  /^(?:ZAIGANG|CLOCK|WEBHOOKS|DRAIN|REDIS|CAMPAIGN|DATA|DIRECTLINE|WECOM|FEISHU|DINGTALK|SIGN_IN|OIDC|SMTP|(?:ALIYUN|TENCENT)_(?:SMS|VOICE))_|^(?:MicrosoftApp|PUBLIC_U)/i;

/** What Kubernetes puts into every container beside a service named redis. */
const serviceLinks = /_(?:SERVICE_(?:HOST|PORT(?:_\w+)?)|PORT(?:_\d+_(?:TCP|UDP)(?:_(?:PROTO|PORT|ADDR))?)?)$/;

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** Variables that hold something, trimmed. */
export type Given = { readonly [name: string]: string };

export const unknownFaults = (given: Given, known: readonly string[]): readonly Fault[] =>
  Object.keys(given)
    .filter((name) => ourPrefixes.test(name) && !known.includes(name) && !serviceLinks.test(name))
    .map((name) => ({ name, problem: `not known${suggest(name, known)}`, advice: 'See .env.example for every variable.' }));

export const demoFaults = (given: Given): readonly Fault[] => [
  ...(given['HOST'] !== undefined && !isLoopback(given['HOST'])
    ? [{ name: 'HOST', problem: 'a demo lets anybody speak as anybody, so it listens only on this machine', example: '127.0.0.1' }]
    : []),
  ...(Number(given['WORKERS']) > 1
    ? [{ name: 'WORKERS', problem: 'the invented people of a demo live in one process; leave it out', example: 'ZAIGANG_MODE=production' }]
    : []),
];

export const productionFaults = (given: Given): readonly Fault[] => [
  ...['CLOCK_SCALE', 'CLOCK_START']
    .filter((name) => given[name] !== undefined)
    .map((name) => ({ name, problem: 'moves the clock, which only a demo may; leave it out', example: 'ZAIGANG_MODE=demo' })),
  ...(given['CAMPAIGN_FILE'] === undefined
    ? [{ name: 'CAMPAIGN_FILE', problem: 'missing; production does not run the built-in demo campaign', example: './campaign.json' }]
    : []),
  ...(given['DIRECTLINE_SECRET'] === undefined
    ? [
        {
          name: 'DIRECTLINE_SECRET',
          problem: `missing; at least ${secretLength} characters`,
          example: 'the output of: openssl rand -base64 36',
        },
      ]
    : []),
];

/** botbuilder lets everybody in when the id is missing, so half a set of credentials is never started with. */
export const botFaults = (given: Given): readonly Fault[] => {
  if (!Object.keys(given).some((name) => name.startsWith('MicrosoftApp'))) return [];
  const type = given['MicrosoftAppType'] ?? 'MultiTenant';
  const needed = [
    'MicrosoftAppId',
    ...(type === 'UserAssignedMSI' ? [] : ['MicrosoftAppPassword']),
    ...(type === 'MultiTenant' ? [] : ['MicrosoftAppTenantId']),
  ];
  return needed
    .filter((name) => given[name] === undefined)
    .map((name) => ({ name, problem: `missing; Teams with MicrosoftAppType ${type} needs it, or leave all MicrosoftApp variables out` }));
};
