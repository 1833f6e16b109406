import type { Activity } from 'botframework-directlinejs';
import { connectDirectLine, type DirectLineOptions, type DirectLineUser } from '../support/direct-line.ts';
import type { Demo } from '../support/demo.ts';

export type Row = {
  readonly seq: number;
  readonly at: string;
  readonly event: string;
  readonly obligationId?: string;
  readonly actor?: string;
  readonly channel?: string;
  readonly data: Readonly<Record<string, unknown>>;
};

type PersonView = {
  readonly id: string;
  readonly name: string;
  readonly mobile: string;
  readonly isOffice: boolean;
  readonly roles: readonly { readonly role: string; readonly of: string; readonly name: string }[];
};

type Holder = { readonly role: string; readonly personId: string; readonly name: string };
export type PostRow = { readonly postId: string; readonly post: string; readonly unit: string; readonly holders: readonly Holder[] };

const readAll = async <T>(demo: Pick<Demo, 'url'>, path: string, first = ''): Promise<readonly T[]> => {
  const found: T[] = [];
  for (let after: string | null = first; after !== null;) {
    const response = await fetch(`${demo.url}api/${path}?limit=500${after === '' ? '' : `&after=${after}`}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const page = (await response.json()) as { readonly items: readonly T[]; readonly next: string | null };
    found.push(...page.items);
    after = page.next;
  }
  return found;
};

/** The whole ledger as the API hands it out. */
export const ledgerOf = (demo: Pick<Demo, 'url'>): Promise<readonly Row[]> => readAll<Row>(demo, 'ledger', '0');
export const peopleOf = (demo: Pick<Demo, 'url'>): Promise<readonly PersonView[]> => readAll<PersonView>(demo, 'people');
export const rosterOf = (demo: Pick<Demo, 'url'>): Promise<readonly PostRow[]> => readAll<PostRow>(demo, 'roster');

type Asking = { readonly obligationId: string; readonly kind: string; readonly stepNo: number; readonly answerBy: string };
type CardContent = {
  readonly body: readonly unknown[];
  readonly actions?: readonly { readonly title: string; readonly data: Readonly<Record<string, string>> }[];
};
export type Said = { readonly id?: string; readonly type: string; readonly text?: string; readonly from: { readonly role?: string } };

const fieldsOf = (activity: Activity) =>
  activity as unknown as Said & { readonly attachments?: readonly { readonly content: CardContent }[] };

export const textOf = (activity: Activity): string => fieldsOf(activity).text ?? '';
export const cardOf = (activity: Activity): CardContent | undefined => fieldsOf(activity).attachments?.[0]?.content;
export const buttonsOf = (activity: Activity) => (cardOf(activity)?.actions ?? []).map((action) => action.data);
export const askingOf = (activity: Activity): Asking | undefined =>
  (activity.channelData as { readonly zaigang?: Asking } | undefined)?.zaigang;
const isByBot = (activity: Activity): boolean => fieldsOf(activity).from.role === 'bot';

export type Player = {
  readonly id: string;
  readonly name: string;
  readonly mobile: string;
  readonly line: DirectLineUser;
  /** Everything the bot has said here so far. */
  readonly heard: () => readonly Activity[];
  /** The first that the bot has said, or says, after this call's `since`, and that fits. */
  readonly hears: (what: RegExp | ((activity: Activity) => boolean), since?: number) => Promise<Activity>;
  /** Says it and hears the first thing that the bot then says and that fits. */
  readonly asks: (text: string, answer: RegExp, more?: object) => Promise<Activity>;
  /** Presses a button of a card that is shown. */
  readonly presses: (card: Activity, action: string) => Promise<void>;
  /** How many activities have come so far: a place from which to listen. */
  readonly now: () => number;
};

const longestWaitMs = 30_000;

const orNever = <T>(work: Promise<T>, what: () => string): Promise<T> => {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(what())), longestWaitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Somebody in a browser: connected by the real client, and known to be heard when this resolves. */
export const play = async (
  demo: Pick<Demo, 'url'>,
  person: Omit<Player, 'line' | 'heard' | 'hears' | 'asks' | 'presses' | 'now'>,
  more: Partial<DirectLineOptions> = {},
): Promise<Player> => {
  const line = await connectDirectLine({ origin: demo.url.replace(/\/$/u, ''), mobile: person.mobile, ...more });
  const fits = (what: RegExp | ((activity: Activity) => boolean), since: number) => (activity: Activity) =>
    isByBot(activity) &&
    line.received.indexOf(activity) >= since &&
    (typeof what === 'function' ? what(activity) : what.test(textOf(activity)));
  const heard = () => line.received.filter(isByBot);
  const shown = () =>
    heard()
      .map((activity) => `${activity.type} ${textOf(activity)}`)
      .join('\n---\n');
  const hears: Player['hears'] = (what, since = 0) =>
    orNever(line.sees(fits(what, since)), () => `${person.name} did not hear ${String(what)}, but:\n${shown()}`);
  const player: Player = {
    id: person.id,
    name: person.name,
    mobile: person.mobile,
    line,
    heard,
    hears,
    now: () => line.received.length,
    asks: async (text, answer, options = {}) => {
      const since = line.received.length;
      await line.says(text, options);
      return hears(answer, since);
    },
    presses: async (card, action) => {
      const value = buttonsOf(card).find((data) => data['action'] === action);
      if (!value) throw new Error(`no button ${action} on: ${textOf(card)}`);
      await line.says('', { text: undefined, value });
    },
  };
  if (more.conversation !== 'group') await player.asks('帮助', /可以这样用/u);
  return player;
};

export type Cast = Awaited<ReturnType<typeof castOf>>;

/** Who is who in a running demo. */
export const castOf = async (demo: Pick<Demo, 'url'>) => {
  const [people, posts] = await Promise.all([peopleOf(demo), rosterOf(demo)]);
  const person = (id: string) => people.find((one) => one.id === id)!;
  return {
    people,
    posts,
    person,
    onPost: (post: string, role: string) => {
      const holder = posts.find((one) => one.post === post)?.holders.find((one) => one.role === role);
      if (!holder) throw new Error(`nobody is ${role} at ${post}`);
      return person(holder.personId);
    },
    office: () => people.filter((one) => one.isOffice),
    byRole: (role: string, unit: string) => people.find((one) => one.roles.some((held) => held.role === role && held.name.includes(unit)))!,
  };
};
