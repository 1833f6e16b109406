import type { Access } from '../../domain/access/access.ts';
import { lookingFor, seesSubject } from '../../domain/access/in-sight.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { Clock } from '../../ports/clock.ts';
import { type LedgerRowView, toLedgerRowView } from '../ledger/view-ledger.ts';
import type { FollowWall, WallNews } from './live-wall.ts';
import type { Iso } from './view-page.ts';
import { countColors, type WallView } from './view-wall.ts';
import type { createRowsFor, ViewsFor } from './views-for.ts';

export type ShownNews = Omit<WallNews, 'rows'> & { readonly rows: readonly LedgerRowView[] };

/** The wall as somebody may see it: whole, then what is new. News that everybody may see is one and the same object for all. */
export type WallFor = (access: Access) => Promise<{
  readonly whole: () => Promise<WallView>;
  readonly follow: (tell: (news: ShownNews) => void) => () => void;
}>;

export type WallForDeps = {
  readonly viewsFor: ViewsFor;
  readonly followWall: FollowWall;
  readonly rowsFor: ReturnType<typeof createRowsFor>;
  readonly loadDirectory: () => Promise<Directory>;
  readonly clock: Clock;
  readonly iso: Iso;
};

export const createWallFor = ({ viewsFor, followWall, rowsFor, loadDirectory, clock, iso }: WallForDeps): WallFor => {
  const open = new WeakMap<WallNews, ShownNews>();
  const toShown = (news: WallNews): ShownNews => {
    const known = open.get(news) ?? { ...news, rows: news.rows.map((row) => toLedgerRowView(row, iso)) };
    open.set(news, known);
    return known;
  };
  return async (access) => {
    const whole = () => viewsFor(access).wall();
    const isRowShown = await rowsFor(access);
    const looking = lookingFor(access, 'seeWall', await loadDirectory(), clock.now());
    if (looking.sight === 'all' && isRowShown === undefined) return { whole, follow: (tell) => followWall((news) => tell(toShown(news))) };
    const isSeen = ({ subject }: { readonly subject: string }): boolean => seesSubject(looking, subject);
    const cut = (news: WallNews): ShownNews => {
      const [posts, standing] = [news.posts.filter(isSeen), news.standing.filter(isSeen)];
      const rows = news.rows.filter((row) => isRowShown?.(row) ?? true).map((row) => toLedgerRowView(row, iso));
      // how many there are of what is not in sight is nobody's business either; the page counts what it shows
      const counts = { ...countColors([]), posts: 0, standing: 0, open: 0 };
      return { ...news, posts, standing, gone: news.gone, office: news.office.filter(isSeen), rows, counts };
    };
    return { whole, follow: (tell) => followWall((news) => tell(cut(news))) };
  };
};
