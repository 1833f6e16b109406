import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { selfSigned } from '../self-signed.ts';

/** A mail server on this machine that speaks SMTP as it is, with a certificate of an authority that nobody else knows. */

export type Mail = {
  readonly to: readonly string[];
  readonly raw: string;
  readonly isEncrypted: boolean;
  readonly user: string | undefined;
};

export const login = { user: 'duty', password: 'a secret of the server' };

/** `isBare`: it knows no encryption. */
export const startSmtp = async ({ secure = false, isBare = false }: { readonly secure?: boolean; readonly isBare?: boolean } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'zaigang-smtp-'));
  const { key, cert } = selfSigned();
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, cert);
  const mails: Mail[] = [];
  const state = { connections: 0, open: 0, mostOpen: 0, refusesLogin: false };
  /** What is answered at a step, by address or for all. */
  const answers = new Map<string, number>();
  const failing = (at: string) => {
    const status = answers.get(at);
    return status === undefined ? null : Object.assign(new Error(`as asked at ${at}`), { responseCode: status });
  };
  const server = new SMTPServer({
    secure,
    key,
    cert,
    authOptional: false,
    ...(isBare ? { disabledCommands: ['STARTTLS'], allowInsecureAuth: true } : {}),
    onAuth: ({ username, password }, _session, done) =>
      !state.refusesLogin && username === login.user && password === login.password
        ? done(null, { user: username })
        : done(Object.assign(new Error('no such login'), { responseCode: 535 })),
    onConnect: (_session, done) => {
      state.connections += 1;
      state.open += 1;
      state.mostOpen = Math.max(state.mostOpen, state.open);
      done();
    },
    onClose: () => void (state.open -= 1),
    onMailFrom: (_address, _session, done) => done(failing('MAIL FROM')),
    onRcptTo: ({ address }, _session, done) => done(failing(address)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        const refusal = failing('DATA');
        const to = session.envelope.rcptTo.map(({ address }) => address);
        if (!refusal) mails.push({ to, raw: Buffer.concat(chunks).toString('utf8'), isEncrypted: session.secure, user: session.user });
        done(refusal);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    caFile,
    mails,
    state,
    answers: (at: string, status: number) => void answers.set(at, status),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export type Smtp = Awaited<ReturnType<typeof startSmtp>>;

/** One header, unfolded; undefined where the mail has none of that name. */
export const headerOf = ({ raw }: Mail, name: string): string | undefined => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  return head
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    ?.slice(name.length + 1)
    .trim();
};

/** The parts of a mail by type, decoded. */
export const partsOf = ({ raw }: Mail): { readonly [type: string]: string } => {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map((part) => {
      const [head, body] = [part.slice(0, part.indexOf('\r\n\r\n')), part.slice(part.indexOf('\r\n\r\n') + 4)];
      const type = /content-type: ([\w/]+)/i.exec(head)?.[1] ?? '';
      const isBase64 = /base64/i.test(head);
      const bytes = isBase64
        ? Buffer.from(body, 'base64')
        : Buffer.from(
            body.replaceAll('=\r\n', '').replaceAll(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
            'latin1',
          );
      return [type, bytes.toString('utf8').replaceAll('\r\n', '\n')];
    }),
  );
};

/** Words of a header as people read them (RFC 2047). */
export const decodeWords = (text: string): string => {
  const bytes = (charset: string, encoding: string, words: string) =>
    encoding.toUpperCase() === 'B'
      ? Buffer.from(words, 'base64')
      : Buffer.from(
          words.replaceAll('_', ' ').replaceAll(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
          charset === '' ? 'utf8' : 'latin1',
        );
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?([\w-]+)\?([BQ])\?([^?]*)\?=/gi, (_, charset: string, encoding: string, words: string) =>
      bytes(charset, encoding, words).toString('utf8'),
    );
};
