import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageAskedFor } from '../../src/messages/page-language.ts';
import { signInTextsFor, type SignInPage } from '../../src/messages/sign-in-texts.ts';
import { securityHeaders } from './security.ts';

/** Pages that work without a script and without being signed in: what a link of the chat opens. */

const statusOf: { readonly [page in SignInPage]: number } = {
  ready: 200,
  used: 410,
  expired: 410,
  unknown: 404,
  noRole: 403,
  otherPerson: 403,
  crossSite: 403,
  tooOften: 429,
  openIdFailed: 400,
  openIdUnknown: 403,
};

const entities: { readonly [mark: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/gu, (mark) => entities[mark]!);

/** The colours are the page's own (`tokens.css`), which this page must do without. */
const style = `
:root{color-scheme:light dark;--ink:#15201a;--soft:#4a5850;--ground:#f3f5f1;--sheet:#ffffff;--line:#dce1da;--act:#12634a;--on-act:#ffffff;--focus:#0b62d6}
@media (prefers-color-scheme:dark){:root{--ink:#e4ece7;--soft:#a0b0a7;--ground:#0c1210;--sheet:#131b18;--line:#24302b;--act:#7fd6ad;--on-act:#06150e;
--focus:#8ab8ff}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);color:var(--ink);
font:1.0625rem/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{width:100%;max-width:32rem;background:var(--sheet);border:1px solid var(--line);border-radius:1rem;padding:2rem}
.brand{display:flex;align-items:center;gap:.6rem;margin:0 0 1.25rem;color:var(--ink);font-weight:700}.brand img{width:2.2rem;height:2.2rem}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.35}p{margin:0 0 .6rem;color:var(--soft)}
button,a.go{display:inline-block;margin-top:1rem;padding:.75rem 1.5rem;min-height:3rem;border:0;border-radius:.6rem;background:var(--act);color:var(--on-act);
font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
button:focus-visible,a:focus-visible{outline:3px solid var(--focus);outline-offset:3px}`;

/** The page's own, written out: where none is named, browsers ask for one at the root, which is not there. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%2317694a'/%3E%3Cpath d='M8.5 16.5l5 5 10-11' fill='none' stroke='%23fff' stroke-width='3.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/** As the page behind it will choose. */
const localeOf = ({ headers }: FastifyRequest): string => languageAskedFor((headers['accept-language'] ?? '').split(','));

/** The form posts to the address it came from: its token stands nowhere else on the page. */
const render = (page: SignInPage, locale: string, { name = '', home }: { readonly name?: string; readonly home: string }): string => {
  const texts = signInTextsFor(locale);
  const { title, lines, button } = texts.states[page];
  const heading = escape(title.replace('{name}', () => name));
  const act =
    button === undefined
      ? `<a class="go" href="${home}">${escape(texts.page)}</a>`
      : `<form method="post"><button type="submit">${escape(button)}</button></form>`;
  return `<!doctype html><html lang="${texts.htmlLang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><link rel="icon" href="${icon}"><title>${escape(texts.heading)}</title><style>${style}</style></head>
<body><main data-state="${page}"><p class="brand"><img src="${icon}" alt="">${escape(texts.heading)}</p><h1>${heading}</h1>${lines.map((line) => `<p>${escape(line)}</p>`).join('')}${act}</main></body></html>`;
};

const headers = {
  ...securityHeaders,
  'content-security-policy': securityHeaders['content-security-policy'].replace("form-action 'none'", "form-action 'self'"),
  // where there is none at all, a form's post names no origin, and could not be told from another site's
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** `home`: the way from the page that was asked for to the control room. */
export const sendSignInPage = (
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  page: SignInPage,
  words: { readonly name?: string; readonly home: string },
): FastifyReply =>
  reply
    .code(statusOf[page])
    .headers(headers)
    .type('text/html; charset=utf-8')
    .send(render(page, localeOf(request), words));
