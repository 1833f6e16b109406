import { useMay } from '../data/session.ts';
import { usePage } from '../data/store.ts';
import type { ItemDetail as Shown } from '../data/types.ts';
import { put } from '../logic/put.ts';
import { hrefOf } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';
import { deadlineOf, Facts, momentOf } from './facts.tsx';
import { ItemPapers } from './item-papers.tsx';
import { Offers } from './offers.tsx';
import { Story } from './story.tsx';

/** Nobody waits for anybody in these. */
const ended: ReadonlySet<string> = new Set(['closed', 'confirmed', 'withdrawn']);

/** One item with its clocks, its units and everything that was ever said of it. */
export const ItemDetail = ({ item, viewer }: { readonly item: Shown; readonly viewer: string | null }) => {
  const { texts } = useWords();
  const kinds: { readonly [kind: string]: string } = texts.kinds;
  const posts = usePage('wall')?.posts ?? [];
  const isOver = ended.has(item.status);
  const mayTake = useMay('exportEvidence');
  const nameOf = (subject: string): string =>
    item.units.find(({ id }) => id === subject)?.name ?? posts.find((post) => post.subject === subject)?.unit ?? '';
  return (
    <>
      <p class="item-text">{item.text}</p>
      <Offers kind="item" id={item.id} viewer={viewer} />
      <Facts
        facts={[
          { label: texts.statusTitle, value: texts.itemStatuses[item.status] ?? item.status },
          item.dueAt === null
            ? null
            : { label: texts.itemDue, value: `${deadlineOf(item.dueAt)} ${isOver ? '' : (texts.heats[item.heat] ?? '')}` },
          { label: texts.itemHandedOver, value: momentOf(item.handedOverAt) },
          {
            label: texts.itemUnits,
            value: item.units.map(({ id, name, isLead, receivedAt }) => (
              <span key={id} class="facts-part">
                <a href={hrefOf({ kind: 'unit', id })}>{name}</a> {isLead && <span class="holder-role">{texts.itemLead}</span>}{' '}
                <span class="holder-role">
                  {receivedAt === undefined ? texts.itemNotReceived : put(texts.itemReceived, { time: momentOf(receivedAt) })}
                </span>
              </span>
            )),
          },
          item.clocks.length === 0
            ? null
            : {
                label: texts.itemClocks,
                value: item.clocks.map(({ kind, subject, dueAt }) => (
                  <span key={`${kind} ${subject} ${dueAt}`} class="facts-part">
                    {kinds[kind] ?? kind} {nameOf(subject)} {deadlineOf(dueAt)}
                  </span>
                )),
              },
        ]}
      />
      <ItemPapers papers={item.papers} />
      {mayTake && (
        <p>
          <a class="quiet-button" href={`api/items/${encodeURIComponent(item.id)}/evidence`} download>
            {texts.evidence}
          </a>
        </p>
      )}
      <section aria-label={texts.story}>
        <h3>{texts.story}</h3>
        <Story query={`itemId=${encodeURIComponent(item.id)}`} isNewestFirst={false} about={item.number} />
      </section>
    </>
  );
};
