import type { Obligation } from '../../src/domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../src/domain/ledger/event.ts';
import type { Officer, Relief } from './bureau.ts';
import { patienceMs, pause } from './pause.ts';
import type { ChaosStage } from './stage.ts';

/** As platforms do; while everything is killed again and again nobody may be up for long enough to take or decide anything. */
const longestTryMs = 2 * patienceMs;
const pollMs = 100;
/** With nothing broken any more. */
const proposedWithinMs = 90_000;

type Accepted = { readonly by: string; readonly provesPresence: boolean };

/**
 * Everybody who answers, through the Direct Line endpoint of whichever process is up: like a platform, each posts the
 * same message again until it is taken. Who answers what, and when, is drawn when the ledger says that it was asked.
 */
export const startCrowd = ({ bureau, secret, origins, entriesAfter, proposedAt }: ChaosStage, chance: () => number) => {
  const accepted: Accepted[] = [];
  const failures: string[] = [];
  const tokens = new Map<string, Promise<string>>();
  const underWay = new Set<Promise<unknown>>();
  let retries = 0;
  let isWatching = true;

  const call = async (
    path: string,
    authorization: () => Promise<string>,
    body: object,
    onExpired?: () => void,
  ): Promise<Record<string, unknown>> => {
    for (const giveUpAt = performance.now() + longestTryMs; performance.now() < giveUpAt; await pause(pollMs)) {
      const [at] = origins().toSorted(() => Math.random() - 0.5);
      if (at === undefined) continue;
      const response = await fetch(`${at}v3/directline/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await authorization()}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(5_000),
      }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response?.status === 200 && text !== undefined) return JSON.parse(text) as Record<string, unknown>;
      if (onExpired && text?.includes('TokenExpired')) onExpired();
      else if (response && response.status < 500) throw new Error(`${path}: ${response.status} ${text}`);
      retries += 1;
    }
    throw new Error(`${path}: not taken within ${longestTryMs} ms`);
  };

  const tokenOf = (person: Officer): Promise<string> => {
    const known = tokens.get(person.id);
    if (known) return known;
    const token = call('tokens/generate', async () => secret, { user: { id: person.mobile } }).then((answer) => String(answer['token']));
    tokens.set(person.id, token);
    return token;
  };

  let messages = 0;
  const post = async (person: Officer, said: object, provesPresence: boolean): Promise<void> => {
    const clientId = `x${(messages += 1)}`;
    const isTwice = chance() < 0.2;
    const body = { type: 'message', from: { id: 'x' }, ...said, channelData: { clientActivityID: clientId } };
    // where one process is ahead by a day, what the other has given out is over: a client asks for another
    const forgetToken = (): void => void tokens.delete(person.id);
    const send = () => call(`conversations/c-${person.id}/activities`, () => tokenOf(person), body, forgetToken);
    await Promise.all(isTwice ? [send(), send()] : [send()]);
    accepted.push({ by: person.id, provesPresence });
  };

  const says = (person: Officer, said: object, afterMs: number, provesPresence = true): void => {
    const work: Promise<unknown> = pause(afterMs)
      .then(() => post(person, said, provesPresence))
      .catch((error: unknown) => failures.push(String(error)))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };

  const answer = ({ event, obligationId, data }: LedgerEvent): void => {
    const post = data['subject'] as string;
    const onDuty = bureau.onDuty.get(post);
    const coDuty = bureau.coDuty.get(post);
    if (!onDuty || !coDuty) return;
    const button = { value: { action: 'acknowledge', obligationId } };
    const [what, afterMs] = [chance(), chance() * 10_000];
    if (event === 'ObligationMissed') {
      if (what < 0.4) says(bureau.office[1], button, afterMs / 3);
    } else if (data['kind'] === 'check') {
      if (what < 0.4) says(onDuty, button, afterMs);
      else if (what < 0.5) says(coDuty, button, afterMs);
      else if (what < 0.6) says(onDuty, { text: '在岗' }, afterMs);
      else if (what < 0.65) says(onDuty, { text: '不在' }, afterMs, false);
    } else if (what < 0.6) says(data['kind'] === 'postEmpty' ? coDuty : onDuty, button, afterMs);
  };

  const reliefs = new Map(bureau.reliefs.map((relief) => [relief.holder.id, relief]));
  /** Leave is agreed on and posts are taken over; consent comes twice at once. */
  const agree = ({ event, itemId, data }: LedgerEvent): void => {
    const soonMs = chance() * 3_000;
    const press = (person: Officer | undefined, value: object): void => {
      if (person) says(person, { value }, soonMs, false);
    };
    if (event === 'HandoverOpened') press(bureau.comings.get(data['subject'] as string), { action: 'acceptHandover' });
    const relief = reliefs.get(data['holder'] as string);
    if (event === 'RequestAsked') asked.add(data['holder'] as string);
    if (event === 'RequestAsked') press(relief?.substitute, { action: 'acceptDuty', requestId: itemId });
    if (event !== 'SubstituteAccepted') return;
    press(relief?.approver, { action: 'approveDuty', requestId: itemId });
    press(relief?.approver, { action: 'approveDuty', requestId: itemId });
  };

  const asked = new Set<string>();
  let proposalsUntil = Number.POSITIVE_INFINITY;
  /** Says it once: what was taken is shown, however long that takes. */
  const askForLeave = async ({ holder, substitute }: Relief): Promise<void> => {
    await post(holder, { text: `明天请假一天，由${substitute.name}替班` }, false);
    for (const giveUpAt = performance.now() + longestTryMs; performance.now() < Math.min(giveUpAt, proposalsUntil); await pause(pollMs)) {
      // A word about something else may have confirmed it before this was seen.
      if (asked.has(holder.id)) return;
      const askedAt = await proposedAt(holder.id).catch(() => undefined);
      if (askedAt !== undefined) return post(holder, { value: { action: 'confirmDuty', askedAt: String(askedAt) } }, false);
    }
    throw new Error(`${holder.id} was never shown what they would ask for`);
  };

  const untilTaken = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  let heardTo = '0-0';
  const watch = async (): Promise<void> => {
    for (; isWatching; await pause(pollMs))
      for (const [id, fields] of await entriesAfter(heardTo)) {
        heardTo = id;
        for (const event of JSON.parse(fields[1] ?? '[]') as readonly LedgerEvent[]) {
          agree(event);
          if (['CheckOpened', 'ObligationOpened', 'ObligationMissed'].includes(event.event)) answer(event);
        }
      }
  };
  let watching: Promise<void> = Promise.resolve();
  const goOn = (): void => {
    isWatching = true;
    watching = watch();
    watching.catch(() => {}); // told by `stop`
  };
  goOn();

  return {
    accepted,
    /** Messages that nobody took, with the reason. */
    failures,
    retries: () => retries,
    /** In each unit somebody asks for leave; resolves when that has been handed in. */
    askForLeave: async (): Promise<void> => {
      await Promise.all(bureau.reliefs.map(askForLeave));
    },
    /** Everything is up again: what was taken and is not shown soon was lost. */
    endLeave: (): void => void (proposalsUntil = performance.now() + proposedWithinMs),
    /** The office asks everybody; resolves when that has been taken. */
    startRound: (): Promise<void> => post(bureau.office[0], { text: '全员点名' }, false),
    /** After `stop`. */
    goOn,
    /** Somebody who may says what ends it. */
    end: ({ id, subject }: Obligation): void => {
      const press = { value: { action: 'acknowledge', obligationId: id } };
      const [holder, comer] = [bureau.onDuty.get(subject), bureau.comings.get(subject)];
      if (holder) says(holder, press, 0);
      else if (comer) says(comer, press, 0, false);
    },
    /** Nobody begins anything new; resolves when everything begun was taken. */
    stop: async (): Promise<void> => {
      isWatching = false;
      await watching;
      await untilTaken();
    },
    untilTaken,
  };
};

export type Crowd = ReturnType<typeof startCrowd>;
