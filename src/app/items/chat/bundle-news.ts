import type { Notice } from '../../../domain/escalation/notice.ts';
import type { Turn } from '../../acts/speaker.ts';

const isNews = ({ template, isUpdate }: Notice): boolean => template === 'item.news' && !isUpdate;
const eventOf = ({ params }: Notice): string => String(params?.['event']);

/** What happened last to an item is all that there is to tell of it. */
const lastOfEach = (news: readonly Notice[]): readonly Notice[] => [...new Map(news.map((notice) => [notice.itemId, notice])).values()];

/** Whoever hears the same of several items hears it once. `from`: how many notices the change held before. */
export const bundleNews = ({ change }: Turn, from: number): void => {
  const said = change.notices.splice(from);
  change.notices.push(...said.filter((notice) => !isNews(notice)));
  for (const [to, all] of Map.groupBy(said.filter(isNews), (notice) => notice.to)) {
    for (const list of Map.groupBy(lastOfEach(all), eventOf).values()) {
      const itemIds = list.flatMap(({ itemId }) => itemId ?? []);
      if (list.length === 1) change.notices.push(list[0]!);
      else
        change.notices.push({
          to,
          via: 'card',
          template: 'item.batch',
          itemId: itemIds[0]!,
          params: { ...list[0]!.params, count: itemIds.length, itemIds },
        });
    }
  }
};
