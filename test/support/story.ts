import { expect, onTestFinished } from 'vitest';
import { syncWatches } from '../../src/app/contact/sync-watches.ts';
import { takeInPolicies } from '../../src/app/contact/take-in-policies.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Organisation } from '../../src/domain/organisation/organisation.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import * as invented from './invented.ts';
import { wholeText, type Seen } from './recording-channel.ts';
import { startService, type ServiceOptions } from './service.ts';

const minuteMs = 60_000;

export type StoryOptions = ServiceOptions;

const msOf = (duration: string): number => {
  const units: { readonly [unit: string]: number } = { s: 1000, m: minuteMs, h: 60 * minuteMs, d: 24 * 60 * minuteMs };
  const parts = [...duration.matchAll(/(\d+)([smhd])/gu)];
  if (parts.length === 0) throw new Error(`not a duration: ${duration}`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
};

/**
 * An invented bureau under a clock moved by hand, on the store in memory and the real use cases. People see what the
 * chat shows them, and answer. A message that nobody expected fails the test when it ends.
 */
export const startStory = async (options: StoryOptions = {}) => {
  const { world, store, clock, chat, settle, passTo, skipTo, delivery, decide, deliverMessage, files, figures } =
    await startService(options);
  const passes = (duration: string): Promise<void> => passTo(clock.now() + msOf(duration));

  let messages = 0;
  const chatOf = (to: string, name: string) => {
    const unread = (): readonly Seen[] => chat.seenBy(to).filter((seen) => !seen.isRead);
    const show = (list: readonly Seen[]): string => list.map(({ message }) => wholeText(message)).join('\n---\n') || 'nothing';
    const say = async (said: Partial<InboundMessage>): Promise<void> => {
      messages += 1;
      await deliverMessage({
        id: `x${messages}`,
        channel: 'webchat',
        conversation: to,
        isGroup: false,
        from: to,
        receivedAt: clock.now(),
        ...said,
      });
    };
    const withButton = (action: string, about: RegExp | undefined, result: string | undefined) => {
      const fits = (seen: Seen) => about === undefined || about.test(wholeText(seen.first));
      const buttons = chat
        .seenBy(to)
        .filter(fits)
        .flatMap(({ message }) => message.card?.buttons ?? []);
      return buttons.findLast(({ value }) => value.action === action && (result === undefined || value['result'] === result));
    };
    return {
      id: to,
      /** The oldest unread message must say this; it is read with that. */
      sees: (...patterns: readonly RegExp[]): void => {
        for (const pattern of patterns) {
          const seen = unread().find(({ first }) => pattern.test(wholeText(first)));
          expect(seen, `${name} should see ${pattern}, but sees:\n${show(unread())}`).toBeDefined();
          seen!.isRead = true;
        }
      },
      sawNothing: (): void => expect(show(unread()), `${name} should see nothing`).toBe('nothing'),
      ignores: (): void => unread().forEach((seen) => (seen.isRead = true)),
      /** What the newest message that once said `about` says now. */
      card: (about?: RegExp): string => {
        const seen = chat.seenBy(to).findLast(({ first }) => about === undefined || about.test(wholeText(first)));
        return seen ? wholeText(seen.message) : 'no card';
      },
      texts: (): readonly string[] => chat.seenBy(to).map(({ first }) => wholeText(first)),
      replies: (text: string, said: Partial<InboundMessage> = {}) => say({ text, ...said }),
      /** Presses a button that is still on a card. */
      presses: async (action: string, about?: RegExp, result?: string): Promise<void> => {
        const button = withButton(action, about, result);
        expect(button, `${name} has no button ${action}:\n${show(chat.seenBy(to))}`).toBeDefined();
        await say({ value: button!.value });
      },
      /** Fills in a form and presses its button. */
      fills: async (action: string, inputs: { readonly [id: string]: string }, about?: RegExp): Promise<void> => {
        const form = chat
          .seenBy(to)
          .filter((seen) => about === undefined || about.test(wholeText(seen.first)))
          .findLast(({ message }) => message.card?.inputs !== undefined)?.message.card;
        const ids = form?.inputs?.map(({ id }) => id) ?? [];
        expect(ids, `${name} has no such form`).toEqual(expect.arrayContaining(Object.keys(inputs)));
        const button = form?.buttons.find(({ value }) => value.action === action);
        expect(button, `${name} has no form for ${action}`).toBeDefined();
        await say({ value: { ...button!.value, ...inputs } });
      },
      /** Presses what somebody kept from an older card, or made up. */
      pressesValue: (value: unknown) => say({ value }),
      /** From now on the channel says this of every message to them. */
      channelAnswers: (result: Parameters<typeof chat.answers>[1]) => chat.answers(to, result),
    };
  };

  const obligations = (): readonly Obligation[] =>
    store.all().flatMap(({ aggregate }) => (aggregate.type === 'obligation' ? [aggregate.state] : []));
  const chats = new Map<string, ReturnType<typeof chatOf>>();
  const chatWith = (to: string, name: string) => {
    const known = chats.get(to) ?? chatOf(to, name);
    chats.set(to, known);
    return known;
  };

  const story = {
    world,
    store,
    clock: {
      now: clock.now,
      passes,
      /** Time goes by, and nobody is there: every process is down. */
      passesWhileAway: (duration: string): Promise<void> => skipTo(clock.now() + msOf(duration)),
      reaches: (wall: string): Promise<void> => passTo(invented.at(wall)),
    },
    settle,
    delivery,
    decide,
    person: (name: invented.Name) => chatWith(invented.idOf(name), name),
    /** Somebody by id: a stranger, or one who came later. */
    personById: (id: string) => chatWith(id, id),
    group: chatWith('g:office', 'the group'),
    obligations,
    open: (): readonly Obligation[] => obligations().filter((o) => !isEnded(o)),
    events: (...names: readonly string[]): readonly LedgerRow[] =>
      store.rows().filter((row) => names.length === 0 || names.includes(row.event)),
    /** The steps of the ladder, in minutes since the obligation was opened: `10 coDuty,shiftLeader`. */
    ladder: (obligationId: string): readonly string[] => {
      const rows = store.rows().filter((row) => row.obligationId === obligationId);
      const openedAt = rows[0]!.at;
      return rows
        .filter((row) => row.event === 'StepFired' || row.event === 'StepSkipped')
        .map(
          (row) =>
            `${(row.at - openedAt) / minuteMs} ${(row.data['roles'] as readonly string[]).join(',')}${row.event === 'StepSkipped' ? ' skipped' : ''}`,
        );
    },
    changeRoster: async (change: (roster: Roster) => Roster): Promise<void> => {
      const campaign = await store.loadCampaign();
      await store.commitCampaign({ ...campaign, roster: change(campaign.roster) }, campaign.version, []);
      await syncWatches(world);
      await settle();
    },
    changeOrganisation: async (change: (organisation: Organisation) => Organisation): Promise<void> => {
      const campaign = await store.loadCampaign();
      await store.commitCampaign({ ...campaign, organisation: change(campaign.organisation) }, campaign.version, []);
      await syncWatches(world);
      await settle();
    },
    /** Policies as another start of the service would read them. */
    restartWith: async (changed: Partial<CampaignSettings>): Promise<void> => {
      Object.assign(world.settings, changed);
      await takeInPolicies(world);
      await settle();
    },
    chat,
    files,
    figures,
  };

  onTestFinished(({ task }) => {
    if (task.result?.state === 'fail') return;
    for (const to of chat.everybody()) {
      const left = chat.seenBy(to).filter((seen) => !seen.isRead);
      const name = story.world.directory.people.get(to)?.name ?? to;
      expect(
        left.map(({ first }) => wholeText(first)),
        `${name} got what nobody expected`,
      ).toEqual([]);
    }
  });
  return story;
};

export type Story = Awaited<ReturnType<typeof startStory>>;
