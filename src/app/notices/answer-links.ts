import { templateNow } from '../../domain/escalation/announce.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { isEnded } from '../../domain/escalation/obligation.ts';
import type { Button, Card, OutgoingMessage } from '../../ports/channel.ts';
import type { InboundMessage } from '../../ports/inbox.ts';
import type { LinkSigner } from '../../ports/links.ts';
import type { World } from '../world.ts';
import { renderNotice } from './render-notice.ts';

export type AnswerPage = { readonly text: string; readonly card: Card; readonly buttons: readonly Button[] };

/** Links by which somebody answers one question, where a message can have no buttons of its own. */
export type AnswerLinks = {
  /** One for each question, in the order in which the message names them; none where nobody can answer by a press. */
  readonly urlsOf: (message: OutgoingMessage) => readonly string[];
  /** What is asked, as it stands now; `over`: nobody has to answer it any more; undefined: the link opens nothing. Changes nothing. */
  readonly open: (token: string) => Promise<AnswerPage | 'over' | undefined>;
  /** Decided and durable when it resolves, with the reply. */
  readonly answer: (token: string, action: string) => Promise<{ readonly text: string; readonly card?: Card } | 'over' | undefined>;
};

/** What an answer to a question may be; whatever needs a form is done in the chat. */
const actions: readonly string[] = ['acknowledge', 'notOnPost', 'passOn'];

const tokenForm = /^(m\d{1,9})~([\w.:-]{1,120})~([\w-]{43})$/u;

const signed = (personId: string, obligationId: string): string => `answer ${personId} ${obligationId}`;

export const createAnswerLinks = (
  world: World,
  {
    signer,
    baseUrl,
    channel,
    runTurn,
    render,
  }: {
    readonly signer: LinkSigner;
    /** Ends with `/`. */
    readonly baseUrl: () => string;
    /** Whose messages carry the links: what is answered came over it. */
    readonly channel: string;
    readonly runTurn: (message: InboundMessage) => Promise<readonly Notice[]>;
    readonly render: (notice: Notice) => Promise<{ readonly text: string; readonly card?: Card }>;
  },
): AnswerLinks => {
  const read = (token: string): { readonly personId: string; readonly obligationId: string } | undefined => {
    const [, personId = '', obligationId = '', signature = ''] = tokenForm.exec(token) ?? [];
    const person = world.directory.people.get(personId);
    if (!person || person.isDisabled || !signer.isSigned(signed(personId, obligationId), signature)) return undefined;
    return { personId, obligationId };
  };

  const open: AnswerLinks['open'] = async (token) => {
    const meant = read(token);
    if (!meant) return undefined;
    const [stored] = await world.store.load([meant.obligationId]);
    const o = stored?.aggregate.type === 'obligation' ? stored.aggregate.state : undefined;
    if (!o || isEnded(o)) return 'over';
    const now = world.clock.now();
    const notice: Notice = { to: meant.personId, via: 'card', template: templateNow(o, meant.personId, now), obligationId: o.id };
    const { card, text } = renderNotice(world, notice, o, now);
    return { card, text, buttons: card.buttons.filter(({ value }) => actions.includes(value.action)) };
  };

  return {
    urlsOf: ({ to, asking, card, about = [] }) => {
      const answers = card?.buttons.filter(({ value }) => value.action === 'acknowledge') ?? [];
      if (asking === undefined || !to.startsWith('m')) return [];
      // one press for several questions is for those who see them together: behind a link each is answered by itself
      const isOfAll = answers.some(({ value }) => value.obligationId === undefined);
      const isOfOne = answers.some(({ value }) => value.obligationId === asking.obligationId);
      const asked = isOfAll ? new Set(about.map(({ obligationId }) => obligationId)) : isOfOne ? [asking.obligationId] : [];
      return [...asked].map((id) => `${baseUrl()}answer?t=${to}~${id}~${signer.sign(signed(to, id))}`);
    },
    open,
    answer: async (token, action) => {
      const page = await open(token);
      if (page === undefined || page === 'over') return page;
      const { personId, obligationId } = read(token)!;
      if (!page.buttons.some(({ value }) => value.action === action)) return undefined;
      const receivedAt = world.clock.now();
      const id = `${channel}/${world.secrets.sha256(`${token} ${action} ${receivedAt}`)}`;
      const value = { action, obligationId };
      const replies = await runTurn({ id, channel, conversation: personId, isGroup: false, from: personId, receivedAt, value });
      return replies[0] ? render(replies[0]) : 'over';
    },
  };
};
