import type { SendResult } from '../../src/ports/channel.ts';
import { limits } from './limits.ts';

/** What nodemailer says of a mail that did not go out. */
type MailFailure = { readonly code?: unknown; readonly responseCode?: unknown; readonly command?: unknown };

/** Answers to who we are, not to whom we write: wrong password, encryption wanted, a sender that the server does not know. */
const aboutUs: ReadonlySet<number> = new Set([530, 534, 535, 538]);
const isAboutUs = (status: number, command: string): boolean =>
  aboutUs.has(status) || /^(?:EHLO|HELO|STARTTLS|AUTH|MAIL FROM)/.test(command) || status === 421;

/**
 * 5xx is said for good of the recipient or the mail, 4xx for now (RFC 5321, 4.2.1). What the server says of us, or a
 * server that is not there, is a failure of the channel: the recipient's address is not at fault.
 */
export const toFailure = (error: unknown): SendResult => {
  const { code, responseCode, command } = (error ?? {}) as MailFailure;
  const status = typeof responseCode === 'number' ? responseCode : undefined;
  const said = typeof command === 'string' ? command : '';
  if (status === undefined) {
    const name = typeof code === 'string' ? code : 'unknown';
    return name === 'EENVELOPE' ? { status: 'permanent', code: name } : { status: 'transient', code: name, isTransport: true };
  }
  if (isAboutUs(status, said)) return { status: 'transient', code: String(status), isTransport: true };
  if (status >= 500) return { status: 'permanent', code: String(status) };
  return { status: 'transient', code: String(status), retryAfterMs: limits.retryAfterMs };
};
