import { expect, it } from 'vitest';
import { fireDue } from '../../src/app/contact/fire-due.ts';
import { createWorld, refreshWorld, type World } from '../../src/app/world.ts';
import { decideMessage } from '../../src/app/decide-message.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { Fault } from '../../src/ports/fault.ts';
import type { Store } from '../../src/ports/store.ts';
import { speech } from '../../src/wiring/speech.ts';
import { startService } from '../support/service.ts';
import { fc } from '../support/property.ts';

const minute = 60_000;
type Service = Awaited<ReturnType<typeof startService>>;

/** Another process on the same store. Its store may be made to die between taking and committing. */
const another = async ({ world }: Service, store: Store = world.store): Promise<World> => {
  const { clock, secrets, log, settings, hasVoice, leaseMs } = world;
  const other = createWorld({ store, clock, secrets, log, settings, hasVoice, leaseMs });
  await refreshWorld(other);
  return other;
};

/** Takes what is due and never comes back. */
const dying = (store: Store): Store => ({ ...store, commit: () => Promise.reject(new Error('killed')) });

const stepsOf = (rows: readonly LedgerRow[]): readonly string[] =>
  rows
    .filter((row) => row.event === 'StepFired' || row.event === 'StepSkipped')
    .map((row) => `${row.obligationId} ${row.data['stepNo'] as number}`);

const answer = async (service: Service, world: World, from: string): Promise<string> => {
  const message = { id: 'x', channel: 'webchat', conversation: from, isGroup: false, from, receivedAt: service.clock.now(), text: '在岗' };
  for (let tries = 0; tries < 9; tries++) {
    const { transition } = await decideMessage(
      { world, identify: (_channel, id) => world.directory.people.get(id), pageUrl: '', ...speech(world) },
      message,
    );
    const [result] = await world.store.commit([transition], world.campaignVersion);
    if (result === 'committed') return result;
    if (result === 'stale') await refreshWorld(world);
  }
  return 'lost';
};

it('decides each step once, however many processes sweep at once, and whichever of them die with what they took', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('sweeps', 'dies', 'answers'), { minLength: 4, maxLength: 30 }), async (acts) => {
      const service = await startService({ at: '2021-08-27T09:59' });
      await service.passTo(service.clock.now() + minute);
      const worlds = [service.world, await another(service), await another(service)];
      const killed = await another(service, dying(service.store));
      for (const [index, act] of acts.entries()) {
        if (act === 'dies') await fireDue(killed).catch(() => {});
        const answering = act === 'answers' && index > acts.length / 2 ? [answer(service, worlds[index % 3]!, 'm7')] : [];
        await Promise.all([...worlds.map((world) => fireDue(world)), ...answering]);
        await service.skipTo(service.clock.now() + 2 * minute);
      }
      const rows = service.store.rows();
      const steps = stepsOf(rows);
      expect(new Set(steps).size).toBe(steps.length);
      const ends = rows.filter((row) => row.event === 'AnswerRecorded').map((row) => row.obligationId);
      expect(new Set(ends).size).toBe(ends.length);
      for (const end of ends) {
        const own = rows.filter((row) => row.obligationId === end && row.event !== 'NoticeSent');
        expect(own.at(-1)!.event).toBe('AnswerRecorded');
      }
    }),
    { numRuns: 25 },
  );
});

it('finishes what a dead process had taken, when its lease is over, and loses no step of it', async () => {
  const service = await startService({ at: '2021-08-27T09:59' });
  await service.passTo(service.clock.now() + minute);
  const killed = await another(service, dying(service.store));
  const [check] = service.store.all().filter((one) => one.id.startsWith('oc'));
  const dueAt = service.store.dueAt(check!.id)!;
  while (service.clock.now() < dueAt - 1) await service.passTo(dueAt - 1);
  await service.store.takeDue(dueAt, 100, 30_000);
  await fireDue(killed).catch(() => {});
  await service.passTo(dueAt + 29_000);
  const fired = () => stepsOf(service.store.rows()).filter((step) => step.startsWith(`${check!.id} `)).length;
  expect(fired()).toBe(1);
  await service.passTo(dueAt + 31_000);
  expect(fired()).toBe(2);
  await service.passTo(dueAt + 3 * minute);
  expect(fired()).toBe(3);
});

it('decides anew, and at once, what was decided on a roster that has moved on', async () => {
  const service = await startService({ at: '2021-08-27T09:59' });
  await service.passTo(service.clock.now() + minute);
  const behind = await another(service);
  const campaign = await service.store.loadCampaign();
  await service.store.commitCampaign(campaign, campaign.version, []);
  await service.skipTo(service.clock.now() + minute);
  const before = stepsOf(service.store.rows()).length;
  const dueAt = Math.min(
    ...service.store
      .all()
      .filter((one) => one.id.startsWith('oc'))
      .map((one) => service.store.dueAt(one.id)!),
  );
  const late = { ...behind, clock: { now: () => dueAt } };
  const swept = await fireDue(late);
  expect(swept.committed).toBe(3);
  expect(stepsOf(service.store.rows())).toHaveLength(before + 3);
});

it('keeps its own clock for what was sent: a batch of which a part failed is tried again without doubling the rest', async () => {
  const service = await startService({ at: '2021-08-27T09:59' });
  const { chat } = service;
  let tries = 0;
  const send = chat.send.bind(chat);
  // The officer's second message of a job fails twice, and comes then.
  Object.assign(chat, {
    send: async (messages: Parameters<typeof send>[0]) => {
      const results = await send(messages.filter((message) => !message.text.includes('迟到') || tries++ > 1));
      let next = 0;
      return messages.map((message) =>
        message.text.includes('迟到') && tries <= 2 ? { status: 'transient', code: 'busy' } : results[next++]!,
      );
    },
  });
  await service.store.commit(
    [
      {
        writes: [],
        events: [],
        notices: ['先到', '迟到', '后到'].map((text) => ({ to: 'm7', via: 'card', template: 'group.digest', params: { lines: [text] } })),
      },
    ],
    service.world.campaignVersion,
  );
  await service.settle();
  const texts = chat.seenBy('m7').map(({ message }) => message.text.split('\n').at(-1));
  expect(texts).toHaveLength(3);
  expect(new Set(texts)).toEqual(new Set(['先到', '后到', '迟到']));
});

it('keeps a round that takes longer than its lease from every other process, and gives it back if its own dies', async () => {
  const service = await startService({ at: '2021-08-27T12:00' });
  const { store, world, clock } = service;
  const openedAt = clock.now();
  const subjects = ['p1', 'p2', 'p3', ...Array.from({ length: 20_000 }, (_, index) => `p${index + 10}`)];
  const round = {
    id: 'rplong',
    cause: 'manual',
    target: 'posts',
    subjects,
    openedAt,
    phase: 'opening',
    isMassFailure: false,
    asked: 0,
  } as const;
  await store.commit(
    [{ writes: [{ id: round.id, expected: 0, aggregate: { type: 'round', state: round }, dueAt: openedAt }], events: [], notices: [] }],
    1,
  );
  const seenByOthers: string[] = [];
  let looks = 0;
  const load: Store['load'] = async (ids) => {
    if (ids.length > 100 && (looks += 1) === 2) {
      const { due } = await store.takeDue(openedAt + world.leaseMs + 1, 100, 0);
      seenByOthers.push(...due.map(({ id }) => id));
    }
    return store.load(ids);
  };
  await fireDue(await another(service, { ...store, load }));
  expect(looks).toBeGreaterThan(2);
  expect(seenByOthers).not.toContain(round.id);
  expect(store.rows().filter(({ event }) => event === 'RoundAsked')).toMatchObject([{ data: { asked: 3 } }]);

  const second = { ...round, id: 'rpdies' };
  await store.commit(
    [{ writes: [{ id: second.id, expected: 0, aggregate: { type: 'round', state: second }, dueAt: openedAt }], events: [], notices: [] }],
    1,
  );
  const dies: Store['load'] = (ids) => (ids.length > 100 ? Promise.reject(new Fault('ZG_STORE_AWAY')) : store.load(ids));
  await expect(fireDue(await another(service, { ...store, load: dies }))).rejects.toThrow('ZG_STORE_AWAY');
  const { due } = await store.takeDue(openedAt + 10 * world.leaseMs, 100, 0);
  expect(due.map(({ id }) => id)).toContain(second.id);
});
