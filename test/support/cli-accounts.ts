import type { CliActions } from '../../adapters/cli/actions.ts';

/** What a command line is answered about accounts and channels; what it asked for goes into `asked`. */
export const accountActionsFor = (
  asked: unknown[],
): Pick<CliActions, 'listAccounts' | 'giveCode' | 'signInLink' | 'bindAccount' | 'revokeAccount' | 'testChannel'> => ({
  listAccounts: async (given) => {
    asked.push(given);
    if (given.person === '无名') return { ok: false, code: 'ZG_PERSON_UNKNOWN', person: '无名', candidates: [] };
    return { ok: true, people: [{ personId: 'm1', name: '姜洋', accounts: [{ channel: 'wecom', account: 'jiang' }] }] };
  },
  giveCode: async (person) => (asked.push(person), { ok: true, person: '姜洋', mobile: '13800005106', code: '012345' }),
  signInLink: async (given) => {
    asked.push(given);
    if (given.person === '无名') return { ok: false, code: 'ZG_NOT_OFFICE', person: '无名', candidates: [] };
    return { ok: true, person: given.person, url: 'http://127.0.0.1:3978/sign-in/m1.x', isFirst: given.mobile !== undefined };
  },
  bindAccount: async (given) => (
    asked.push(given),
    { ok: true, isChanged: given.account !== 'same', person: '姜洋', channel: given.channel }
  ),
  revokeAccount: async (given) => (asked.push(given), { ok: false, code: 'ZG_NOT_BOUND', person: '姜洋', candidates: [] }),
  testChannel: async (given) => {
    asked.push(given);
    const tested = { person: '姜洋', channel: given.channel };
    return given.channel === 'wecom'
      ? { ok: true, ...tested, result: 'sent', isDelivered: false }
      : { ok: false, ...tested, result: 'permanent', isDelivered: false, code: 'unreachable' };
  },
});
