import type { Notice } from '../../domain/escalation/notice.ts';
import type { LedgerEvent } from '../../domain/ledger/event.ts';
import { accountTextsFor } from '../../messages/account-texts.ts';
import { channelLabel, describePerson } from '../binding/say-accounts.ts';
import { put } from '../roster-change/change-card.ts';
import { refreshWorld, type World } from '../world.ts';
import { isChannelTest } from './channel-test.ts';
import type { Outcome } from './send-parcels.ts';

/** What came of one attempt, as the ledger has it. */
export const testedEvent = (
  { channel, result }: Pick<Outcome, 'channel' | 'result'>,
  to: string,
  by: string | undefined,
  at: number,
): LedgerEvent => ({
  at,
  event: 'ChannelTested',
  ...(by === undefined ? {} : { actor: by }),
  channel,
  data: {
    to,
    result: result.status,
    ...(result.status === 'sent' ? { isDelivered: result.isDelivered } : { code: result.code }),
  },
});

/** In words, for whoever has asked. */
export const sayTested = (
  world: World,
  { channel, result }: Pick<Outcome, 'channel' | 'result'>,
  to: string,
  locale: unknown,
): readonly [heading: string, line: string] => {
  const texts = accountTextsFor(locale);
  const what = result.status === 'sent' ? (result.isDelivered ? 'delivered' : 'sent') : result.status;
  const code = result.status === 'sent' ? '' : result.code;
  const line = put(texts.testResults[what], { person: describePerson(world, to, texts), code });
  return [put(texts.headings.tested, { channel: channelLabel(channel, locale) }), line];
};

const mostRaces = 5;

/** Records what came of trying channels, and tells those who asked. */
export const reportTests = async (world: World, outcomes: readonly Outcome[]): Promise<void> => {
  for (const outcome of outcomes) {
    const notice = outcome.parcel.notices.find(isChannelTest);
    if (!notice) continue;
    const { by, actor, locale } = notice.params ?? {};
    const asker = typeof by === 'string' ? by : undefined;
    const tester = asker ?? (typeof actor === 'string' ? actor : undefined);
    // as it was asked for: a channel that is gone meanwhile has no name of its own
    const told = { ...outcome, channel: notice.reply?.channel ?? outcome.channel };
    const [heading, line] = sayTested(world, told, notice.to, locale);
    const lines = [line, accountTextsFor(locale).testAgain];
    const params = { heading, lines, ...(locale === undefined ? {} : { locale }) };
    const notices: readonly Notice[] = asker === undefined ? [] : [{ to: asker, via: 'card', template: 'channel.tested', params }];
    for (let races = 0; races < mostRaces; races++) {
      const events = [testedEvent(told, notice.to, tester, world.clock.now())];
      const [result] = await world.store.commit([{ writes: [], events, notices }], world.campaignVersion);
      if (result !== 'stale') break;
      await refreshWorld(world);
    }
  }
};
