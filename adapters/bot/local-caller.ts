import type { IncomingMessage } from 'node:http';

/**
 * Who may come in without a password in a demo: a program on this very machine, by one of its own names (or a page
 * elsewhere could have its name resolve to us), with no proxy in between (which would lend its address to anybody).
 */
export const isLocalCaller = (
  request: Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } },
): boolean => isLoopback(request.socket.remoteAddress ?? '') && !isForwarded(request.headers) && isLocalName(request.headers.host ?? '');

const isLoopback = (address: string): boolean => address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

const forwardedBy = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

const isForwarded = (headers: IncomingMessage['headers']): boolean => forwardedBy.some((name) => headers[name] !== undefined);

const isLocalName = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
