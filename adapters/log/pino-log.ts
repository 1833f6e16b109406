import { type DestinationStream, pino } from 'pino';
import type { Log } from '../../src/ports/log.ts';
import { redactFields, redactText } from './redact.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/**
 * One JSON line each, on stdout unless told otherwise (the command line keeps stdout for its answer). Everything passes `redact`,
 * because an error may quote what it was given.
 */
export const createLog = (level: LogLevel, destination: 'stdout' | 'stderr' | DestinationStream = 'stdout'): Log => {
  const stream = typeof destination === 'string' ? pino.destination({ fd: destination === 'stdout' ? 1 : 2, sync: true }) : destination;
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  const at =
    (method: 'debug' | 'info' | 'warn' | 'error') =>
    (fields: object, message: string): void => {
      if (logger.isLevelEnabled(method)) logger[method](redactFields(fields), redactText(message));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
