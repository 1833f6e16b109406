import type { Log } from '../../src/ports/log.ts';

/** Keeps what was logged, for tests that ask, and says nothing. */
export const quietLog = (): Log & {
  readonly lines: readonly { readonly level: string; readonly fields: object; readonly message: string }[];
} => {
  const lines: { level: string; fields: object; message: string }[] = [];
  const at =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push({ level, fields, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
