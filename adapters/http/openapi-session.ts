import { accessRoles, accessRules } from '../../src/domain/access/rules.ts';

/** Who is signed in, as OpenAPI describes it. */

const text = { type: 'string' };

export const sessionSchemas = {
  Session: {
    type: 'object',
    required: ['mode', 'isSignedIn', 'roles', 'may', 'hasOpenId'],
    properties: {
      mode: { enum: ['demo', 'production'] },
      isSignedIn: { type: 'boolean', description: 'A demo is open also to whoever is not.' },
      personId: text,
      name: text,
      units: { type: 'array', items: text, description: 'Of those roles that are held in a unit.' },
      roles: { type: 'array', items: { enum: accessRoles } },
      may: { type: 'array', description: 'Acts of the table of roles.', items: { enum: Object.keys(accessRules) } },
      hasOpenId: { type: 'boolean', description: 'The house has a sign-in of its own.' },
      session: {
        type: 'object',
        required: ['beganAt', 'endsAt', 'idleMinutes', 'devices'],
        properties: {
          beganAt: { type: 'string', format: 'date-time' },
          endsAt: { type: 'string', format: 'date-time', description: 'Whatever happens in it.' },
          idleMinutes: { type: 'integer', description: 'It ends after so long without a request.' },
          devices: { type: 'integer', description: 'On how many devices they are signed in.' },
        },
      },
    },
  },
  ChatToken: {
    type: 'object',
    required: ['token', 'conversationId', 'expires_in'],
    properties: { token: text, conversationId: text, expires_in: { type: 'integer', description: 'Seconds.' } },
  },
};

export const signOutBody = { type: 'object', properties: { everywhere: { type: 'boolean', default: false } } };
export const signedOut = {
  type: 'object',
  properties: { isSignedIn: { const: false }, leaveAt: { ...text, description: 'Where to sign out at the sign-in of the house as well.' } },
};
export const chatBody = { type: 'object', properties: { conversation: { const: 'group' } } };
