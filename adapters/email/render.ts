import { createHash } from 'node:crypto';
import type { Card, OutgoingMessage } from '../../src/ports/channel.ts';
import { en } from '../../src/messages/en.ts';
import { zhCN } from '../../src/messages/zh-cn.ts';
import { emailTextsFor } from '../../src/messages/email-texts.ts';
import { escapeHtml } from './escape.ts';
import { limits } from './limits.ts';

const colourOf = { neutral: '#1f4e79', asking: '#1f4e79', alert: '#a4262c', done: '#107c41' } as const;

const paragraph = (text: string): string => `<p style="margin:0 0 8px">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;

const factsOf = ({ facts }: Card): string =>
  facts.length === 0
    ? ''
    : `<table style="border-collapse:collapse;margin:0 0 12px">${facts
        .map(
          ({ name, value }) =>
            `<tr><th scope="row" style="text-align:left;font-weight:normal;color:#595959;padding:2px 16px 2px 0">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
        )
        .join('')}</table>`;

const wordsOf = ({ text, card }: OutgoingMessage): string => {
  if (!card) return text.split('\n').map(paragraph).join('');
  const title = `<h1 style="font-size:20px;margin:0 0 12px;color:${colourOf[card.tone]}">${escapeHtml(card.title)}</h1>`;
  return `${title}${card.lines.map(paragraph).join('')}${factsOf(card)}`;
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);

/** Where nobody reads replies, nobody is asked for one. */
const withoutHint = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line !== zhCN.replyHint && line !== en.replyHint)
    .join('\n');

const cutSubject = (text: string): string => {
  const chars = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  return chars.length <= limits.subjectLength ? chars.join('') : `${chars.slice(0, limits.subjectLength - 1).join('')}…`;
};

export type Sender = {
  readonly from: string;
  /** The part of the sender's address after the `@`: ids of mails end in it. */
  readonly domain: string;
  /** Where somebody can answer each of its questions, where the service has such pages. */
  readonly answerUrlsOf?: (message: OutgoingMessage) => readonly string[];
};

/**
 * A message as a mail. The same message has the same Message-ID however often it is tried, so that a server or a reader
 * that has it already shows one; whatever is said about one question hangs together in one thread.
 */
export const toMail = (message: OutgoingMessage, address: string, { from, domain, answerUrlsOf }: Sender) => {
  const { id, to, card, cardKey } = message;
  const text = withoutHint(message.text);
  const words = emailTextsFor(text);
  const urls = answerUrlsOf?.(message) ?? [];
  const footer = urls.length === 0 ? words.footerAlone : words.footer;
  const link = urls.length === 0 ? '' : `\n\n${words.answerHere}\n${urls.join('\n')}`;
  // counted as the lines above are
  const labelOf = (index: number): string => (urls.length === 1 ? words.answer : `${words.answer} ${index + 1}`);
  const buttons = urls
    .map(
      (url, index) =>
        `<p style="margin:16px 0"><a href="${escapeHtml(url)}" style="background:#1f4e79;color:#ffffff;padding:10px 20px;text-decoration:none;border-radius:4px">${escapeHtml(labelOf(index))}</a></p>`,
    )
    .join('');
  const isUrgent = card?.tone === 'alert';
  return {
    from,
    to: address,
    subject: cutSubject(text.split('\n', 1)[0] ?? ''),
    text: `${text}${link}\n\n-- \n${footer}\n`,
    html: `<!doctype html><html><body style="font:15px/1.6 system-ui,'Microsoft YaHei',sans-serif;color:#1b1b1b">${wordsOf(message)}${buttons}<p style="margin:24px 0 0;font-size:13px;color:#595959">${escapeHtml(footer)}</p></body></html>`,
    messageId: `<${hashOf(`${id} ${to}`)}@${domain}>`,
    ...(cardKey === undefined ? {} : { references: `<${hashOf(`thread ${cardKey} ${to}`)}@${domain}>` }),
    ...(isUrgent ? { priority: 'high' as const } : {}),
    headers: {
      'List-Id': `zaigang <duty.${domain}>`,
      // RFC 3834: holiday notes and the like must not be sent back
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  };
};
