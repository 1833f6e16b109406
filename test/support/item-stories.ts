import { handOver } from '../../src/app/items/intake/hand-over.ts';
import type { ItemDraft } from '../../src/domain/items/item-command.ts';
import type { FileRef, Item } from '../../src/domain/items/item.ts';
import { at } from './invented.ts';
import { startStory, type Story } from './story.ts';

/** Items of the invented bureau, for stories that are told in chat. */

/** Nothing is asked of posts while these stories are told. */
const quietly = { at: '2021-08-28T10:29:40' };

export const draftOf = (no: number, more: Partial<ItemDraft> = {}): ItemDraft => {
  const number = `D2SD20210828${String(no).padStart(4, '0')}`;
  return {
    id: `i${number}`,
    kind: 'petition',
    number,
    text: `第${no}件：某工地夜间施工扬尘扰民`,
    pollution: ['大气'],
    isSpecial: false,
    handedOverAt: at('2021-08-28T10:30'),
    unitIds: ['u2'],
    limits: [
      {
        level: 'unit',
        at: at('2021-09-01T00:00'),
        countedFromAt: at('2021-08-28T10:30'),
        rule: { type: 'days', count: 3, day: 'natural' },
      },
      {
        level: 'team',
        at: at('2021-09-08T00:00'),
        countedFromAt: at('2021-08-28T10:30'),
        rule: { type: 'days', count: 10, day: 'natural' },
      },
    ],
    ...more,
  };
};

export const fileOf = (name: string): FileRef => ({
  sha256: name.length.toString(16).padStart(64, 'a'),
  name,
  bytes: 1000,
  mime: 'application/pdf',
});

export const startWith = async (...drafts: readonly ItemDraft[]): Promise<Story> => {
  const story = await startStory(quietly);
  await handOver(story.world, { drafts });
  // what several items have to say waits so long for each other
  await story.clock.reaches('2021-08-28T10:30');
  return story;
};

export const itemIn = ({ store }: Story, no: number): Item => {
  const found = store.all().find(({ id }) => id === draftOf(no).id)?.aggregate;
  if (found?.type !== 'item') throw new Error('no such item');
  return found.state;
};

export const ignoreAll = (story: Story): void => {
  for (const to of story.chat.everybody()) story.personById(to).ignores();
};
