import type { z } from 'zod';
import { file, secret, some } from './channel-fields.ts';
import { isLoopback, type Given } from './environment-rules.ts';
import type { Fault } from './faults.ts';
import { textField } from './fields.ts';

/** Mail: the first two, or none. */

const senderPattern = /^(?:[^<>\r\n"]*<)?([^\s<>@"]+)@((?:[a-z\d-]+\.)+[a-z]{2,63})>?$/i;

export const emailVariables = {
  SMTP_HOST: textField('a host name or an address', 'smtp.example.cn', (text) => (/^[\w.:-]+$/.test(text) ? text : undefined)).optional(),
  SMTP_FROM: textField('a sender, as an address or as a name and <address>', 'duty@example.cn', (text) =>
    senderPattern.test(text) && text.includes('<') === text.endsWith('>') ? text : undefined,
  ).optional(),
  SMTP_PORT: textField('a port from 1 to 65535', '587', (text) =>
    /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : undefined,
  ).optional(),
  SMTP_SECURITY: textField('one of starttls, tls, none', 'starttls', (text) =>
    (['starttls', 'tls', 'none'] as const).find((value) => value === text),
  ).optional(),
  SMTP_USER: some('the name to sign in with', 'duty@example.cn').optional(),
  SMTP_PASSWORD: secret('the password to sign in with').optional(),
  SMTP_CA_FILE: file.optional(),
};

export type EmailSettings = {
  readonly host: string;
  readonly port: number;
  readonly security: 'starttls' | 'tls' | 'none';
  readonly login: { readonly user: string; readonly password: string } | null;
  readonly from: string;
  /** Of the sender's address. */
  readonly domain: string;
  /** Absolute; null: the authorities that Node knows. */
  readonly caFile: string | null;
};

export const emailNeeds = ['SMTP_HOST', 'SMTP_FROM'] as const;

/** A name without its password, and what would go over a network in the clear. */
export const emailFaults = (given: Given): readonly Fault[] => {
  const { SMTP_HOST, SMTP_USER, SMTP_PASSWORD, SMTP_SECURITY } = given;
  const half =
    SMTP_USER === undefined && SMTP_PASSWORD !== undefined
      ? 'SMTP_USER'
      : SMTP_USER !== undefined && SMTP_PASSWORD === undefined
        ? 'SMTP_PASSWORD'
        : undefined;
  return [
    ...(half === undefined ? [] : [{ name: half, problem: 'missing; signing in takes SMTP_USER and SMTP_PASSWORD, or neither' }]),
    ...(SMTP_SECURITY === 'none' && SMTP_HOST !== undefined && !isLoopback(SMTP_HOST)
      ? [
          {
            name: 'SMTP_SECURITY',
            problem: 'none is only for a server on this machine: names would go over the network in the clear',
            example: 'starttls',
          },
        ]
      : []),
  ];
};

type Read = { readonly [name in keyof typeof emailVariables]?: z.output<(typeof emailVariables)[name]> };

export const arrangeEmail = (read: Read): EmailSettings | null => {
  const { SMTP_HOST: host, SMTP_FROM: from, SMTP_USER: user, SMTP_PASSWORD: password } = read;
  if (host === undefined || from === undefined) return null;
  const security = read.SMTP_SECURITY ?? (read.SMTP_PORT === 465 ? 'tls' : 'starttls');
  return {
    host,
    port: read.SMTP_PORT ?? (security === 'tls' ? 465 : security === 'none' ? 25 : 587),
    security,
    login: user === undefined || password === undefined ? null : { user, password },
    from,
    domain: senderPattern.exec(from)![2]!.toLowerCase(),
    caFile: read.SMTP_CA_FILE ?? null,
  };
};
