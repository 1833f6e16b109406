import type { RateLimits } from '../../src/ports/rate-limits.ts';
import type { AnswerLinks } from '../../src/app/notices/answer-links.ts';
import { emailTextsFor } from '../../src/messages/email-texts.ts';
import type { Button, Card } from '../../src/ports/channel.ts';
import { createLinkWindow } from '../bot/link-window.ts';
import type { Answer, Door, RawRequest } from '../bot/webhook-door.ts';
import { escapeHtml } from './escape.ts';
import { channelName } from './outbound.ts';

/** Of one link, and of links that open nothing from one address. */
export const openings = { most: 120, windowMs: 60_000 } as const;
/** A pressed button and no more. */
const bodyBytes = 1_000;

const headers = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const style = `body{font:18px/1.6 system-ui,'Microsoft YaHei',sans-serif;margin:0 auto;max-width:34rem;padding:1.5rem;color:#1b1b1b;background:#fff}
h1{font-size:1.5rem;margin:0 0 .75rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#595959}dd{margin:0}
form{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}button{font:inherit;padding:.75rem 1.5rem;border:1px solid #1f4e79;border-radius:6px;background:#fff;color:#1f4e79}
button.positive{background:#1f4e79;color:#fff}@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#f3f3f3}dt{color:#c8c8c8}button{background:#1b1b1b;color:#9cc7ee;border-color:#9cc7ee}button.positive{background:#9cc7ee;color:#1b1b1b}}`;

const factsOf = (card: Card): string =>
  card.facts.length === 0
    ? ''
    : `<dl>${card.facts.map(({ name, value }) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;

const buttonOf = ({ title, value, style: look }: Button): string =>
  `<button name="action" value="${escapeHtml(value.action)}"${look === 'positive' ? ' class="positive"' : ''}>${escapeHtml(title)}</button>`;

const page = (status: number, title: string, body: string): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  headers,
  body: `<!doctype html><html lang="${/\p{Script=Han}/u.test(title) ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`,
});

const lines = (texts: readonly string[]): string => texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('');

/**
 * Where a mail's link leads: what is asked, and buttons. Looking at it changes nothing, for machines that look at mails
 * for people follow every link in them; only the press of a button answers. Throws ZG_TOO_OFTEN.
 */
export const createAnswerDoor = (
  links: Pick<AnswerLinks, 'open' | 'answer'>,
  shared?: RateLimits,
  realNow: () => number = () => performance.now(),
): Door => {
  const window = createLinkWindow({ of: 'answers', ...openings, realNow }, shared);
  const noLink = async (address: string): Promise<Answer> => {
    await window.misses(address);
    const { gone, goneHint } = emailTextsFor('\u4e00');
    return page(404, gone, lines([goneHint]));
  };
  const over = (): Answer => {
    const texts = emailTextsFor('\u4e00');
    return page(200, texts.over, lines([texts.overHint]));
  };

  const show = async (token: string, address: string): Promise<Answer> => {
    const asked = await links.open(token);
    if (asked === undefined) return noLink(address);
    if (asked === 'over') return over();
    const { card, text, buttons } = asked;
    const form =
      buttons.length === 0 ? '' : `<form method="post" action="?t=${escapeHtml(token)}">${buttons.map(buttonOf).join('')}</form>`;
    return page(200, text.split('\n', 1)[0] ?? card.title, `${lines(card.lines)}${factsOf(card)}${form}`);
  };

  const press = async (token: string, address: string, body: Buffer): Promise<Answer> => {
    const action = new URLSearchParams(body.toString('utf8')).get('action') ?? '';
    const reply = await links.answer(token, action);
    if (reply === undefined) return noLink(address);
    if (reply === 'over') return over();
    const [first = '', ...rest] = reply.text.split('\n');
    return page(200, first, lines(rest));
  };

  return {
    name: channelName,
    path: '/answer',
    methods: ['GET', 'POST'],
    maxBytes: bodyBytes,
    handle: async ({ method, query, address, body }: RawRequest) => {
      const token = query['t'] ?? '';
      await window.opens(token);
      return method === 'POST' ? press(token, address, body) : show(token, address);
    },
  };
};
