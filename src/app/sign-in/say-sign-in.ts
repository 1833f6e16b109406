import { accessOf } from '../../domain/access/held-roles.ts';
import type { Notice } from '../../domain/escalation/notice.ts';
import { signInTextsFor } from '../../messages/sign-in-texts.ts';
import type { LinkSigner } from '../../ports/links.ts';
import { reply, type Turn } from '../acts/speaker.ts';
import { makeLinkToken } from './sign-in-link.ts';

export type SignInMaker = {
  readonly signer: LinkSigner;
  /** Ends with `/`. */
  readonly baseUrl: () => string;
  /** Real epoch ms. */
  readonly realNow: () => number;
};

/** A link to the page for whoever asks, in their own conversation; whoever is nothing on the page gets none. */
export const saySignIn = (turn: Turn, { signer, baseUrl, realNow }: SignInMaker): Notice => {
  const { world, person, change, message } = turn;
  const { heading, link, hint, states } = signInTextsFor(message.locale);
  const access = accessOf(world.directory, person.id, change.now, new Set(world.settings.auditors));
  if (!access) return reply(turn, 'reply.dashboard', { heading: states.noRole.title, lines: states.noRole.lines });
  const url = `${baseUrl()}sign-in/${makeLinkToken(signer, world.secrets, person.id, realNow())}`;
  return reply(turn, 'reply.dashboard', { heading, lines: [link.replace('{url}', () => url), hint] });
};

/** Where the page is, and nothing that opens it. */
export const sayPage = (turn: Turn, pageUrl: string): Notice => {
  const { heading, link } = signInTextsFor(turn.message.locale);
  return reply(turn, 'reply.dashboard', { heading, lines: [link.replace('{url}', () => pageUrl)] });
};
