/**
 * What can go wrong at the doors, by name. The words, the HTTP status and what to do stand in one table beside the
 * HTTP server; whoever finds the fault only names it.
 */
export type FaultCode =
  | 'ZG_STORE_AWAY'
  | 'ZG_NOT_READY'
  | 'ZG_BAD_REQUEST'
  | 'ZG_BAD_JSON'
  | 'ZG_BAD_ACTIVITY'
  | 'ZG_BAD_ITEM'
  | 'ZG_BAD_CAMPAIGN'
  | 'ZG_BAD_WORKBOOK'
  | 'ZG_MOVED_ON'
  | 'ZG_BAD_APPEAL'
  | 'ZG_NOT_APPEALABLE'
  | 'ZG_APPEAL_DECIDED'
  | 'ZG_OWN_APPEAL'
  | 'ZG_BAD_QUERY'
  | 'ZG_BAD_WATERMARK'
  | 'ZG_TOO_LARGE'
  | 'ZG_TOO_MANY'
  | 'ZG_UNSUPPORTED_MEDIA'
  | 'ZG_FILE_TOO_LARGE'
  | 'ZG_TOO_MANY_FILES'
  | 'ZG_FILE_KIND'
  | 'ZG_BAD_FILE'
  | 'ZG_NO_SUCH_FILE'
  | 'ZG_FILE_DAMAGED'
  | 'ZG_TOKEN_MISSING'
  | 'ZG_TOKEN_INVALID'
  | 'ZG_TOKEN_EXPIRED'
  | 'ZG_SIGNED_OUT'
  | 'ZG_NOT_ALLOWED'
  | 'ZG_CROSS_SITE'
  | 'ZG_TOO_OFTEN'
  | 'ZG_NOT_LOCAL'
  | 'ZG_WRONG_CONVERSATION'
  | 'ZG_NO_SUCH_PATH'
  | 'ZG_NO_SUCH_ITEM'
  | 'ZG_NO_SUCH_THING'
  | 'ZG_NO_SUCH_LINK'
  | 'ZG_NO_FONT'
  | 'ZG_NO_PAGE'
  | 'ZG_INTERNAL';

/** `detail` is shown to the caller: which field, which limit; never a name, a number or a secret. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly detail: string | undefined;

  constructor(code: FaultCode, detail?: string, cause?: unknown) {
    super(detail === undefined ? code : `${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
    this.detail = detail;
  }
}

/** By code and not by class, so that every adapter may throw its own kind of error for it. */
export const isStoreAway = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ZG_STORE_AWAY';
