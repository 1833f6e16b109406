/** Setting up ladders and channels, as OpenAPI describes it. */

const text = { type: 'string' };
const whole = { type: 'integer' };
const yes = { type: 'boolean' };
const instant = { type: 'string', format: 'date-time' };
const object = (required: readonly string[], properties: object): object => ({ type: 'object', required, properties });
const every = (properties: object): object => object(Object.keys(properties), properties);
const list = (items: object): object => ({ type: 'array', items });
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object): object => ({ content: { 'application/json': { schema } } });
const answer = (description: string, schema: object): object => ({ '200': { description, ...json(schema) } });
const fault = { default: { description: 'What went wrong, and what to do', ...json(ref('Fault')) } };
const body = (schema: object): object => ({ requestBody: { required: true, ...json(schema) } });

const words = { type: 'object', description: 'A ladder in the words of the campaign file.' };
const draft = {
  policies: list(words),
  shipped: { ...list(text), description: 'Ladders that are to be as they are shipped again.' },
};
const named = every({ id: text, name: text });
const hop = object(['at', 'what', 'roles', 'notified', 'callers'], {
  at: instant,
  what: { enum: ['told', 'skipped', 'reminded', 'missed'] },
  roles: list(text),
  notified: list(named),
  callers: list(named),
  via: text,
  reason: { ...text, description: 'Why nobody was told.' },
});
const way = object(['hops', 'verdict'], {
  hops: list(hop),
  verdict: { enum: ['inTime', 'late', 'missed', 'takenOver', 'withdrawn', 'open'] },
  endedAt: instant,
  endedBy: named,
});
const totals = every({
  messages: every({ day: whole, night: whole }),
  woken: { ...whole, description: 'People who got something in a night, each night counted.' },
  missed: whole,
});
const variable = every({ name: text, isSet: yes });

export const setUpRuleSchemas = {
  PolicyFaults: object(['ok', 'faults', 'weak'], {
    ok: yes,
    faults: list(
      every({
        policy: { type: ['string', 'null'] },
        step: { type: ['integer', 'null'], description: 'Counted from 0.' },
        member: { type: ['string', 'null'] },
        problem: text,
      }),
    ),
    weak: list(ref('Weakness')),
  }),
  Weakness: every({
    policy: text,
    what: { enum: ['endsWithNobody', 'noOffice', 'noSteps', 'emptyStep'] },
    posts: { ...list(text), description: 'Where it ends with nobody who could go there.' },
  }),
  Policies: every({
    version: { ...whole, description: 'Of the campaign of record; 0 while the file alone counts.' },
    policies: list(every({ name: text, words, countsFrom: { enum: ['opening', 'deadline'] }, isOwn: yes, isShipped: yes })),
    posts: list(every({ id: text, name: text, unit: text })),
    tonight: {
      oneOf: [
        { type: 'null' },
        every({
          at: instant,
          postId: text,
          post: text,
          unit: text,
          ofPost: { type: 'object', additionalProperties: list(text), description: 'Names by role.' },
          ofUnit: { type: 'object', additionalProperties: list(text) },
        }),
      ],
    },
    weak: list(ref('Weakness')),
  }),
  WhatIf: every({
    from: instant,
    to: instant,
    seq: { ...whole, description: 'The last row of the ledger that it rests on.' },
    questions: whole,
    changed: whole,
    doubtful: { ...whole, description: 'Ended by somebody whom the changed ladder would not have told by then.' },
    before: totals,
    after: totals,
    items: list(
      every({
        id: text,
        kind: text,
        subject: named,
        policy: text,
        openedAt: instant,
        before: way,
        after: way,
        isChanged: yes,
        isDoubtful: yes,
      }),
    ),
    omitted: { ...whole, description: 'Beyond the most that are listed.' },
  }),
  SetUpChannels: every({
    at: instant,
    windowMinutes: whole,
    items: list(
      every({
        channel: text,
        isInUse: yes,
        health: { oneOf: [{ type: 'null' }, { type: 'object', description: 'As /api/channels tells it.' }] },
        vias: list(text),
        canReachGroups: yes,
        needs: { ...list(variable), description: 'Variables without which it is not used; values are never told.' },
        others: list(variable),
        reached: {
          oneOf: [{ type: 'null' }, every({ by: { enum: ['account', 'file'] }, count: whole, of: whole, missing: list(named) })],
        },
      }),
    ),
  }),
  ChannelTest: object(['result', 'person'], {
    result: { enum: ['delivered', 'sent', 'transient', 'permanent', 'noAnswer'] },
    person: text,
    code: { ...text, description: 'What the platform said, where it did not take it.' },
  }),
};

export const setUpRulePaths = {
  '/api/set-up/policies': {
    get: {
      summary: 'The ladders, and whom their roles mean at a post tonight',
      parameters: [{ name: 'post', in: 'query', description: 'A post by its id; the first by default.', schema: text }],
      responses: { ...answer('As they count now', ref('Policies')), ...fault },
    },
    post: {
      summary: 'Makes other ladders count, in every instance; in the ledger',
      ...body(object(['policies', 'version'], { ...draft, version: { ...whole, description: 'What the draft was made from.' } })),
      responses: {
        ...answer('The version that counts now; or what is wrong and nothing is changed; or that somebody else was first', {
          oneOf: [
            every({ ok: { const: true }, version: whole }),
            ref('PolicyFaults'),
            every({ ok: { const: false }, refused: { const: 'moved' } }),
          ],
        }),
        ...fault,
      },
    },
  },
  '/api/set-up/policies/check': {
    post: {
      summary: 'What is wrong with ladders, each fault with its place, and where they end with nobody',
      ...body(object(['policies'], draft)),
      responses: { ...answer('Everything at once', ref('PolicyFaults')), ...fault },
    },
  },
  '/api/set-up/policies/try': {
    post: {
      summary: 'What other ladders would have made of what really was asked; last night without a period. Nothing is sent or changed',
      ...body(object(['policies'], { ...draft, from: instant, to: instant })),
      responses: {
        ...answer('Before and after', {
          oneOf: [
            every({ ok: { const: true }, result: ref('WhatIf') }),
            ref('PolicyFaults'),
            every({ ok: { const: false }, refused: { enum: ['period', 'tooMany'] } }),
          ],
        }),
        ...fault,
      },
    },
  },
  '/api/set-up/policies/rehearse': {
    post: {
      summary:
        'Plays the days to come by these ladders, with people who are made up; nobody is written to. One at a time, ended by going away',
      ...body(
        object(['policies', 'days'], {
          ...draft,
          days: { ...whole, minimum: 1, maximum: 7 },
          seed: { ...whole, default: 1 },
          silent: { type: 'number', description: 'Share of the people who never answer.', minimum: 0, maximum: 1, default: 0.05 },
        }),
      ),
      responses: {
        ...answer('As `zaigang simulate --json` reports', {
          oneOf: [
            every({ ok: { const: true }, report: { type: 'object' } }),
            every({ ok: { const: false }, refused: { enum: ['busy', 'tooLarge', 'ended', 'over'] } }),
            object(['ok', 'faults'], { ok: { const: false }, faults: list({ type: 'object' }) }),
          ],
        }),
        ...fault,
      },
    },
  },
  '/api/set-up/channels': {
    get: {
      summary: 'Each channel: how it does, what its configuration lacks, whom it reaches',
      responses: { ...answer('Also those that are not in use', ref('SetUpChannels')), ...fault },
    },
  },
  '/api/set-up/webhooks/test': {
    post: {
      summary: 'Sends one signed message of type Test to a system that hears of events; in the ledger',
      ...body(object(['name'], { name: text })),
      responses: { ...answer('What came of it', object(['result'], { result: { enum: ['taken', 'refused'] }, code: text })), ...fault },
    },
  },
  '/api/set-up/channels/test': {
    post: {
      summary: 'Sends one message to one person through one channel, and says what came of it; in the ledger',
      ...body(object(['channel'], { channel: text, personId: { ...text, description: 'Whoever is signed in by default.' } })),
      responses: { ...answer('What came of it', ref('ChannelTest')), ...fault },
    },
  },
};
