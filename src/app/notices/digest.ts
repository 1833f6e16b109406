import { isEnded, type Obligation } from '../../domain/escalation/obligation.ts';
import { zhCN } from '../../messages/zh-cn.ts';
import { nameOf } from '../acts/speaker.ts';
import { scanAll } from '../ledger/scan-all.ts';
import { watchIdOf, type World } from '../world.ts';

/** Names shown of posts in trouble; how many more are said in a figure. */
const mostNames = 8;

const counted = (pattern: string, values: { readonly [name: string]: string | number }): string =>
  pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));

const minutesOf = (ms: number): string => counted(zhCN.minutes, { count: Math.round(ms / 60_000) });

/** The digest's lines: how the posts stand, what is open by kind, and which posts are missed. */
export const digestOf = async (world: World): Promise<readonly string[]> => {
  const words = zhCN.digest;
  const known = (await scanAll(world.store, 'obligation')).filter((o) => o.itemId === undefined);
  const obligations = known.filter((o) => !isEnded(o));
  const posts = world.directory.roster.posts;
  const watches = await world.store.load(posts.map((post) => watchIdOf(post.id)));
  const quiet = watches.filter((stored) => stored?.aggregate.type === 'watch' && stored.aggregate.state.openObligationId === null).length;
  const byKind = Map.groupBy(obligations, (o: Obligation) => o.kind);
  const missed = obligations.filter((o) => o.status === 'withOffice').map((o) => nameOf(world, o.subject));
  const late = known.flatMap((o) =>
    o.deliveredLateMs === undefined ? [] : [`${nameOf(world, o.subject)} ${minutesOf(o.deliveredLateMs)}`],
  );
  const names = missed.slice(0, mostNames).join(zhCN.comma);
  return [
    counted(words.posts, { count: posts.length, quiet }),
    ...[...byKind].map(([kind, list]) => counted(words.open, { kind: zhCN.kinds[kind], count: list.length })),
    ...(missed.length === 0 ? [] : [counted(missed.length > mostNames ? words.missedMore : words.missed, { names, count: missed.length })]),
    ...(late.length === 0 ? [] : [counted(words.late, { names: late.slice(0, mostNames).join(zhCN.comma) })]),
    ...(obligations.length === 0 ? [words.nothing] : []),
  ];
};
