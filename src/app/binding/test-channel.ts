import type { LedgerStream } from '../../ports/ledger.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import { refreshWorld, type World } from '../world.ts';
import { findPerson, type Refused } from './accounts-by-command.ts';

export type Tested =
  | {
      readonly ok: boolean;
      readonly person: string;
      readonly channel: string;
      readonly result: 'sent' | 'transient' | 'permanent';
      readonly isDelivered: boolean;
      /** What the platform said, where it did not take it. */
      readonly code?: string;
    }
  | Refused
  | { readonly ok: false; readonly code: 'ZG_NO_SERVICE'; readonly person: string; readonly candidates: readonly string[] };

const rowsAtATime = 500;

const toTested = ({ data }: LedgerRow, person: string, channel: string): Tested => {
  const { result, isDelivered, code } = data;
  return {
    ok: result === 'sent',
    person,
    channel,
    result: result as 'sent',
    isDelivered: isDelivered === true,
    ...(typeof code === 'string' ? { code } : {}),
  };
};

/**
 * Has the running service send one message to somebody through a channel, as it sends every other, and waits for what the
 * ledger says of it. `wait` ends after each look; false: no longer. `actor`: who asked, and looks on.
 */
export const testChannel = async (
  {
    world,
    stream,
    wait,
  }: { readonly world: World; readonly stream: Pick<LedgerStream, 'lastSeq' | 'rows'>; readonly wait: () => Promise<boolean> },
  { channel, to, name, actor }: { readonly channel: string; readonly to: string; readonly name: string; readonly actor?: string },
): Promise<Tested> => {
  const found = findPerson(world, to);
  if ('ok' in found) return found;
  let after = await stream.lastSeq();
  const notice: Notice = {
    to: found.id,
    via: 'card',
    template: 'channel.test',
    params: { name, ...(actor === undefined ? {} : { actor }) },
    reply: { channel },
    decidedAt: world.clock.now(),
  };
  const [result] = await world.store.commit([{ writes: [], events: [], notices: [notice] }], world.campaignVersion);
  if (result === 'stale') {
    await refreshWorld(world);
    return testChannel({ world, stream, wait }, { channel, to, name, ...(actor === undefined ? {} : { actor }) });
  }
  do {
    const rows = await stream.rows(after, rowsAtATime);
    const row = rows.find((one) => one.event === 'ChannelTested' && one.channel === channel && one.data['to'] === found.id);
    if (row) return toTested(row, found.name, channel);
    after = rows.at(-1)?.seq ?? after;
  } while (await wait());
  return { ok: false, code: 'ZG_NO_SERVICE', person: found.name, candidates: [] };
};
