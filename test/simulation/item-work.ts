import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { ItemDraft } from '../../src/domain/items/item-command.ts';
import { leadOf, openExtension, type FileRef, type Item } from '../../src/domain/items/item.ts';
import { finishable, nextActions, type ItemActionType } from '../../src/domain/items/next-actions.ts';
import { localDay } from '../../src/domain/local-time.ts';
import { buildDirectory } from '../../src/domain/organisation/directory.ts';
import type { Campaign } from '../../src/ports/store.ts';
import type { Said } from './people.ts';
import { createRng } from '../../src/app/rehearsal/rng.ts';
import type { Timeline } from './timeline.ts';

export type ItemWorkParts = {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly settings: CampaignSettings;
  readonly isOn: () => boolean;
  readonly isBusy: boolean;
  readonly campaign: () => Omit<Campaign, 'version'>;
  /** As they stand in the store. */
  readonly open: () => readonly Item[];
  readonly says: (from: string, said: Said) => void;
  /** Hands over through some process that is up; rejects where it breaks off. */
  readonly handOver: (drafts: readonly ItemDraft[]) => Promise<void>;
};

const minute = 60_000;
const hour = 60 * minute;
const kinds = ['assigned', 'petition', 'selfFound', 'dailyReport', 'documentRequest', 'urgentReport', 'rectificationPlan'] as const;
/** What is done most of the time; anything else is done now and then. */
const usual: readonly ItemActionType[] = [
  'receive',
  'split',
  'draft',
  'check',
  'sign',
  'submit',
  'accept',
  'close',
  'followUp',
  'approve',
  'return',
];
const seldom: readonly ItemActionType[] = ['report', 'extend', 'reject', 'urge', 'longTerm'];
const mostTries = 6;

/** Items that are handed over in batches, and what people make of them: late or never, in order or not, by whoever may and by others. */
export const createItemWork = (parts: ItemWorkParts): void => {
  const { timeline, seed, settings, says } = parts;
  const rng = createRng(seed, 'items');
  let handedOver = 0;
  let files = 0;

  const fileOf = (name: string): FileRef => ({
    sha256: String((files += 1)).padStart(64, '0'),
    name: `${name}${files}.pdf`,
    bytes: 100,
    mime: 'application/pdf',
  });

  const draft = (): ItemDraft => {
    handedOver += 1;
    const now = timeline.now();
    const { units } = parts.campaign().organisation;
    const number = `D2SD20210828${String(handedOver).padStart(4, '0')}`;
    const unitAt = now + rng.between(1, 40) * hour;
    const limit = (level: 'unit' | 'team', at: number) => ({ level, at, countedFromAt: now, rule: { type: 'instant' as const } });
    const bodies = [...units.map(({ id }) => id), 'g1'];
    return {
      id: `i${number}`,
      kind: rng.pick(kinds),
      number,
      text: '工地扬尘',
      pollution: [],
      isSpecial: false,
      isUrgent: rng.chance(0.1),
      handedOverAt: now,
      unitIds: [...new Set([rng.pick(bodies), ...(rng.chance(0.2) ? [rng.pick(bodies)] : [])])],
      limits: [limit('unit', unitAt), ...(rng.chance(0.5) ? [limit('team', unitAt + rng.between(0, 72) * hour)] : [])],
    };
  };

  /** Whoever imports a list and sees it break off imports it again. */
  const handOver = (drafts: readonly ItemDraft[], tries: number): void => {
    let isDone = false;
    timeline.at(timeline.now() + 30_000, () => {
      if (!isDone && tries < mostTries) handOver(drafts, tries + 1);
    });
    parts.handOver(drafts).then(
      () => (isDone = true),
      () => undefined,
    );
  };

  const dateIn = (hours: number): string => localDay(settings.timeZone, timeline.now() + hours * hour).date;

  const inputsOf = (item: Item, action: ItemActionType, ownerId: string): Said => {
    const no = String(item.versions.length);
    const value = (inputs: { readonly [id: string]: string } = {}) => ({
      value: { action: action === 'receive' ? 'receiveItem' : action, itemId: item.id, ...inputs },
    });
    switch (action) {
      case 'split':
        return value({ title1: '核查', owner1: ownerId, ...(rng.chance(0.3) ? { title2: '洒水', owner2: ownerId } : {}) });
      case 'report':
        return { ...value({ text: '已到现场' }), ...(rng.chance(0.3) ? { files: [fileOf('照片')] } : {}) };
      case 'draft': {
        const interim = rng.chance(0.15) ? { outcome: 'interim', next: dateIn(rng.between(2, 30)) } : { outcome: 'done' };
        return { ...value({ ...interim, text: '已办结' }), files: [fileOf('报告')] };
      }
      case 'sign':
        return { ...value({ signedOn: dateIn(0), no }), files: [fileOf('盖章')] };
      case 'return':
        return value({ no, fault: 'incomplete', reason: '材料不全' });
      case 'followUp':
        return value(rng.chance(0.6) ? { passed: 'yes', text: '合格' } : { passed: 'no', text: '反弹', again: dateIn(rng.between(1, 48)) });
      case 'extend':
        return value({ to: dateIn(rng.between(-10, 72)), reason: '下雨' });
      case 'approve':
        return value({ no: String(openExtension(item)?.no ?? 1) });
      case 'reject':
        return value({ no: String(openExtension(item)?.no ?? 1), reason: '不同意' });
      case 'longTerm':
        return value({ responsible: ownerId, to: dateIn(rng.between(1, 40)), measures: '分批整改' });
      default:
        return value(['check', 'submit', 'accept'].includes(action) ? { no } : {});
    }
  };

  let known: Omit<Campaign, 'version'> | undefined;
  let directory: ReturnType<typeof buildDirectory> | undefined;
  const contextNow = () => {
    const campaign = parts.campaign();
    if (known !== campaign || !directory) directory = buildDirectory(campaign.organisation, campaign.roster);
    known = campaign;
    return { directory, timeZone: settings.timeZone, kindOf: (name: string) => settings.kinds[name] ?? settings.kinds['assigned']! };
  };

  /** May be done again, and mostly is not. */
  const isDone = (item: Item, action: ItemActionType): boolean =>
    (action === 'split' && item.subtasks.length > 0) ||
    (action === 'draft' && item.versions.at(-1)?.decision === undefined && item.versions.length > 0);

  const pickAct = (item: Item, personId: string): Said | undefined => {
    const context = contextNow();
    const now = timeline.now();
    const part = finishable(item, personId, context, now)[0];
    if (part !== undefined && rng.chance(0.6)) return { value: { action: 'finishSubtask', itemId: item.id, no: String(part) } };
    const may = nextActions(item, personId, context, now);
    const likely = may.filter((one) => usual.includes(one) && !isDone(item, one));
    // whoever can only urge mostly lets others work
    if (likely.length === 0 && rng.chance(0.8)) return undefined;
    const some = likely.length > 0 && rng.chance(0.85) ? likely : may.filter((one) => seldom.includes(one));
    const owner = parts.campaign().organisation.appointments.filter(({ of }) => of === leadOf(item).unitId);
    return some.length === 0 ? undefined : inputsOf(item, rng.pick(some), owner.length > 0 ? rng.pick(owner).personId : personId);
  };

  /** Most acts are by somebody whose act it is; some by anybody, at any time, twice. */
  const doSomething = (): void => {
    const open = parts.open();
    if (open.length === 0) return;
    const item = rng.pick(rng.chance(0.7) ? open.slice(0, 6) : open);
    const { people, appointments } = parts.campaign().organisation;
    const bodies = new Set(['g1', ...item.parts.map(({ unitId }) => unitId)]);
    const own = appointments.filter(({ of }) => bodies.has(of)).map(({ personId }) => personId);
    if (rng.chance(0.08) || own.length === 0)
      return says(rng.pick(people).id, inputsOf(item, rng.pick([...usual, ...seldom]), rng.pick(people).id));
    if (rng.chance(0.03))
      return says(rng.pick(own), { text: rng.pick(['我的任务', '全部签收', '全部逾期', '更多', '已办结', '日报告全部通过', '是']) });
    for (let tries = 0; tries < 8; tries += 1) {
      const personId = rng.pick(own);
      const said = pickAct(item, personId);
      if (!said) continue;
      says(personId, said);
      if (rng.chance(0.1)) says(personId, said);
      // two people act on one item at the same instant
      const other = rng.chance(0.1) ? pickAct(item, rng.pick(own)) : undefined;
      if (other) says(rng.pick(own), other);
      return;
    }
  };

  const again = (run: () => void, shortestMs: number, longestMs: number): void => {
    timeline.at(timeline.now() + rng.between(shortestMs, longestMs), () => {
      if (!parts.isOn()) return;
      run();
      again(run, shortestMs, longestMs);
    });
  };
  again(() => handOver(Array.from({ length: rng.between(1, 5) }, draft), 0), 10 * minute, 5 * hour);
  // Some bureaus work on their items all day, others now and then.
  again(doSomething, 20_000, parts.isBusy ? 6 * minute : createRng(seed, 'pace of items').pick([6, 20, 60]) * minute);
};
