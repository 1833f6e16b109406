import fc from 'fast-check';
import { oddText } from './hostile.ts';
import { type Asked, bodyOf, contentType, inAddress } from './requests.ts';

const step = { after: 'PT3M', notify: ['onDuty'], via: 'card' };
const ladder = { name: 'check', answerWindow: 'PT10M', steps: [step, { after: 'PT20M', notify: ['office'], via: 'card' }] };
const sha256 = 'a'.repeat(64);

/** What each route takes, so that what is changed in it comes as far as the rules behind the form. */
const right: readonly (readonly [path: string, body: unknown])[] = [
  ['/api/set-up/policies', { policies: [ladder], version: 0 }],
  ['/api/set-up/policies/check', { policies: [ladder], shipped: ['work'] }],
  ['/api/set-up/policies/try', { policies: [ladder], from: '2021-08-27T09:00:00+08:00', to: '2021-08-27T12:00:00+08:00' }],
  ['/api/set-up/channels/test', { channel: 'wecom', personId: 'm1' }],
  ['/api/set-up/campaign/preview', { draft: { name: 'x', quietHours: { from: '22:00', to: '07:00' } } }],
  ['/api/set-up/campaign/preview', { whole: { name: 'x', from: '2021-08-26T08:30', to: '2021-09-26T20:00' } }],
  ['/api/set-up/campaign', { draft: { auditors: ['138-0000-0001'] }, version: 0, hash: 'x' }],
  ['/api/set-up/imports/again', { sha256, name: 'roster.xlsx', year: 2021, map: { x: 'y' } }],
  ['/api/set-up/imports/apply', { sha256, name: 'roster.xlsx', version: 1, digest: 'x' }],
  ['/api/set-up/imports/undo', { id: 'u1', version: 1 }],
  ['/api/appeals', { obligationId: 'ocp1.x', reason: '手机没电' }],
  ['/api/appeals/e1/reject', { reason: '有记录' }],
  ['/api/appeals/e1/uphold', {}],
  ['/api/session/end', { everywhere: true }],
  ['/api/session/chat', { conversation: 'group' }],
];

export const posts = fc
  .constantFrom(...right)
  .chain(([path, body]) => fc.tuple(fc.constant(path), contentType, bodyOf(fc.constant(body))))
  .map(([path, type, body]): Asked => ({ method: 'POST', path, headers: [type], body }));

const workbookType = fc.constantFrom('content-type: application/octet-stream', 'content-type: application/json', '');

/** Workbooks for the page, any bytes in their place. */
export const imports = fc
  .tuple(
    oddText,
    oddText,
    workbookType,
    fc.oneof(
      oddText,
      oddText.map((text) => `PK\u0003\u0004${text}`),
    ),
  )
  .map(([name, year, type, body]): Asked => ({
    method: 'POST',
    path: `/api/set-up/imports?name=${inAddress(name)}&year=${inAddress(year)}`,
    headers: [type],
    body,
  }));

/** The way in through the house's own sign-in, which nobody answers at, and the way back from it, of things that it never said. */
export const openId = fc
  .tuple(
    fc.constantFrom('/sign-in/openid', '/sign-in/openid/callback', '/sign-in/openid/callback/', '/sign-in/openid/x'),
    fc.dictionary(fc.constantFrom('code', 'state', 'error', 'error_description', 'iss', 'session_state', '__proto__'), oddText),
    fc.option(oddText, { nil: undefined }),
    fc.constantFrom('GET', 'POST', 'HEAD'),
  )
  .map(([path, query, state, method]): Asked => ({
    method,
    path: `${path}?${Object.entries(query)
      .map(([name, value]) => `${name}=${inAddress(value)}`)
      .join('&')}`,
    headers: state === undefined ? [] : [`cookie: zaigang-open-id=${inAddress(state)}; zaigang-session=${inAddress(state)}`],
    body: '',
  }));
