import { useFetched } from '../data/use-fetched.ts';
import type { Item, Page } from '../data/types.ts';
import { deadlineOf } from '../detail/facts.tsx';
import { hrefOf } from '../logic/route.ts';
import { useWords } from './words.tsx';

const mostRead = 500;
const heats = ['overdue', 'red', 'amber', 'green', 'none'] as const;
const tones: { readonly [heat: string]: string } = { overdue: 'missed', red: 'escalated', amber: 'waiting', green: 'green', none: 'plain' };

/** Items that have not ended, by how near their deadline is; what is overdue stands on top. */
export const ItemList = () => {
  const { texts } = useWords();
  const found = useFetched<Page<Item>>(`api/items?open=true&limit=${mostRead}`);
  if (found === null) return <p class="nothing">{texts.detailLoading}</p>;
  if (found === 'missing') return <p class="nothing">{texts.refused}</p>;
  if (found.items.length === 0) return <p class="nothing">{texts.itemsNone}</p>;
  const byHeat = Map.groupBy(found.items, ({ heat }) => heat);
  return (
    <>
      {heats
        .filter((heat) => byHeat.has(heat))
        .map((heat) => (
          <section key={heat} aria-label={texts.heats[heat]}>
            <h2 class="section-title">
              {texts.heats[heat]}
              <span class="section-count">{byHeat.get(heat)?.length}</span>
            </h2>
            <ul class="entries">
              {byHeat.get(heat)?.map((item) => (
                <Entry key={item.id} item={item} tone={tones[heat] ?? 'plain'} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
};

const Entry = ({ item, tone }: { readonly item: Item; readonly tone: string }) => {
  const { texts } = useWords();
  const lead = item.units.find(({ isLead }) => isLead) ?? item.units[0];
  return (
    <li class={`entry is-${tone}`}>
      <a href={hrefOf({ kind: 'item', id: item.id })}>
        <b class="entry-kind">{item.number}</b>
        <span class="entry-name">{lead?.name}</span>
        <span class="tile-step">{texts.itemStatuses[item.status] ?? item.status}</span>
        <span class="entry-left">
          <span class="label">{texts.itemDue}</span> <b>{item.dueAt === null ? '' : deadlineOf(item.dueAt)}</b>
        </span>
        <span class="entry-text">{item.text}</span>
      </a>
    </li>
  );
};
