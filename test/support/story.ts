import { expect, onTestFinished } from 'vitest';
import { createMemoryBundledCards, createMemoryConversations } from '../../adapters/memory/memory-cards.ts';
import { createMemoryInbox } from '../../adapters/memory/memory-inbox.ts';
import { createMemoryStore } from '../../adapters/memory/memory-store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { decideMessage } from '../../src/app/decide-message.ts';
import { deliver } from '../../src/app/deliver.ts';
import { fireDue } from '../../src/app/fire-due.ts';
import { relayOutbox } from '../../src/app/relay-outbox.ts';
import { syncWatches } from '../../src/app/sync-watches.ts';
import { takeInPolicies } from '../../src/app/take-in-policies.ts';
import { tickCalendar } from '../../src/app/tick-calendar.ts';
import { createWorld, refreshWorld } from '../../src/app/world.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Organisation } from '../../src/domain/organisation/organisation.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import type { Channel } from '../../src/ports/channel.ts';
import type { InboundMessage } from '../../src/ports/inbox.ts';
import type { DeliveryJob } from '../../src/ports/outbox.ts';
import { speech } from '../../src/wiring/speech.ts';
import * as invented from './invented.ts';
import { createRecordingChannel, wholeText, type Seen } from './recording-channel.ts';

const minuteMs = 60_000;
const mostTries = 6;
const leaseMs = 30_000;
const mostSettles = 500;

export type StoryOptions = {
  /** Wall-clock time of the story's zone, for example `2021-08-27T09:59`. */
  readonly at?: string;
  readonly settings?: Partial<CampaignSettings>;
  readonly organisation?: Organisation;
  readonly roster?: Roster;
  readonly hasVoice?: boolean;
  /** More channels, behind the chat. */
  readonly channels?: (now: () => number) => readonly Channel[];
};

const msOf = (duration: string): number => {
  const units: { readonly [unit: string]: number } = { s: 1000, m: minuteMs, h: 60 * minuteMs, d: 24 * 60 * minuteMs };
  const parts = [...duration.matchAll(/(\d+)([smhd])/gu)];
  if (parts.length === 0) throw new Error(`not a duration: ${duration}`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
};

const quiet = () => {};

/**
 * An invented bureau under a clock moved by hand, on the store in memory and the real use cases. People see what the
 * chat shows them, and answer. A message that nobody expected fails the test when it ends.
 */
export const startStory = async (options: StoryOptions = {}) => {
  const settings = { ...invented.settings, ...options.settings };
  let now = invented.at(options.at ?? '2021-08-27T09:59');
  const clock = { now: () => now };
  const inbox = createMemoryInbox();
  const store = createMemoryStore({
    bureau: settings.bureau,
    bundleWindowMs: settings.bundleWindowMs,
    now: clock.now,
    settle: inbox.settle,
  });
  let seeds = 0;
  const secrets = { ...nodeSecrets, newSeed: () => nodeSecrets.sha256(`seed ${(seeds += 1)}`) };
  const world = createWorld({
    store,
    clock,
    secrets,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    settings,
    hasVoice: options.hasVoice ?? false,
    leaseMs,
  });
  const chat = createRecordingChannel('webchat', clock.now);
  const deps = {
    world,
    channels: [chat, ...(options.channels?.(clock.now) ?? [])],
    conversations: createMemoryConversations(),
    bundledCards: createMemoryBundledCards(),
  };
  const jobs: { job: DeliveryJob; tries: number }[] = [];
  const queue = { add: async (added: readonly DeliveryJob[]) => void jobs.push(...added.map((job) => ({ job, tries: 0 }))) };

  await store.commitCampaign(
    { organisation: options.organisation ?? invented.organisation, roster: options.roster ?? invented.roster },
    0,
    [],
  );
  await refreshWorld(world);

  const deliverAll = async (): Promise<void> => {
    for (let next = jobs.shift(); next; next = jobs.shift()) {
      const tries = next.tries + 1;
      const left = await deliver(deps, next.job, tries >= mostTries);
      if (left.length > 0) jobs.push({ job: { ...next.job, notices: left }, tries });
    }
  };

  /** Everything that is due at this instant, until nothing is left to do. */
  const settle = async (): Promise<void> => {
    await tickCalendar(world);
    for (let times = 0; times < mostSettles; times++) {
      const { taken } = await fireDue(world);
      const relayed = await relayOutbox({ outbox: store.outbox, queue }, 'relay', 0);
      await deliverAll();
      if (taken === 0 && relayed === 0) return;
    }
    throw new Error('the same things fall due again and again');
  };
  await tickCalendar(world);
  await takeInPolicies(world);
  await syncWatches(world);
  await settle();

  const nextStop = async (target: number): Promise<number> => {
    const wholeMinute = (Math.floor(now / minuteMs) + 1) * minuteMs;
    const { nextAt } = await store.takeDue(-1, 1, 0);
    return Math.min(target, wholeMinute, Math.max(now + 1, nextAt ?? target));
  };

  const passes = async (duration: string): Promise<void> => {
    const target = now + msOf(duration);
    while (now < target) {
      now = await nextStop(target);
      await settle();
    }
  };

  const deliverMessage = async (message: InboundMessage): Promise<void> => {
    if (!(await inbox.put(message))) return;
    const [entry] = await inbox.take('bot', 1, 0);
    for (let tries = 0; tries < 8; tries++) {
      const { transition, replies } = await decideMessage(
        { world, identify: (_channel, from) => world.directory.people.get(from), pageUrl: 'http://127.0.0.1:3978/', ...speech(world) },
        message,
      );
      const [result] = await store.commit(
        [{ ...transition, notices: [...transition.notices, ...replies], settles: entry!.entryId }],
        world.campaignVersion,
      );
      if (result === 'stale') await refreshWorld(world);
      if (result === 'committed' || result === 'settled') return settle();
    }
    throw new Error('the turn lost every race');
  };

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
        receivedAt: now,
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
      passesWhileAway: async (duration: string): Promise<void> => {
        now += msOf(duration);
        await settle();
      },
      reaches: async (wall: string): Promise<void> => passes(`${Math.round((invented.at(wall) - now) / 1000)}s`),
    },
    settle,
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
  };

  onTestFinished(({ task }) => {
    if (task.result?.state === 'fail') return;
    for (const to of chat.everybody()) {
      const left = chat.seenBy(to).filter((seen) => !seen.isRead);
      const name = (story.world.directory.people.get(to)?.name ?? to) as string;
      expect(
        left.map(({ first }) => wholeText(first)),
        `${name} got what nobody expected`,
      ).toEqual([]);
    }
  });
  return story;
};

export type Story = Awaited<ReturnType<typeof startStory>>;
