import { readFileSync } from 'node:fs';
import type { toMail } from './render.ts';
import { limits } from './limits.ts';

export type MailServer = {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` or nothing, or in the clear for a server on this machine. */
  readonly security: 'starttls' | 'tls' | 'none';
  readonly login: { readonly user: string; readonly password: string } | null;
  /** Absolute; null: the authorities that Node knows. */
  readonly caFile: string | null;
};

/** Resolves once the server has taken the mail; rejects with what nodemailer says. */
export type MailTransport = { readonly send: (mail: ReturnType<typeof toMail>) => Promise<void>; readonly close: () => void };

/** Connections come up with the first mail, and the library with them: a service that sends none starts without. */
export const openMailTransport = ({ host, port, security, login, caFile }: MailServer): MailTransport => {
  const open = async () => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      pool: true,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
      tls: { minVersion: 'TLSv1.2', ...(caFile === null ? {} : { ca: readFileSync(caFile, 'utf8') }) },
      maxConnections: limits.connections,
      maxMessages: limits.mailsPerConnection,
      connectionTimeout: limits.connectMs,
      greetingTimeout: limits.connectMs,
      socketTimeout: limits.silentMs,
      // texts come from outside: none of them may name a file or an address to be read
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  let opened: ReturnType<typeof open> | undefined;
  return {
    send: async (mail) => {
      await (await (opened ??= open())).sendMail(mail);
    },
    close: () => void opened?.then((transport) => transport.close()),
  };
};
