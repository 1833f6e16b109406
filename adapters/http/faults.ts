import { Fault, type FaultCode, isStoreAway } from '../../src/ports/fault.ts';

type Entry = { readonly status: number; readonly message: string; readonly whatToDo: string; readonly wireCode?: string };

/** Every error that a caller can get, with what it means and what to do about it. */
export const faultTable: { readonly [code in FaultCode]: Entry } = {
  ZG_STORE_AWAY: {
    status: 503,
    message: 'The store is away; nothing was taken.',
    whatToDo: 'Send it again in a few seconds: what was taken already is not taken twice.',
  },
  ZG_NOT_READY: {
    status: 503,
    message: 'The service is not ready.',
    whatToDo: 'See the reasons in this answer, or wait for /readyz to answer 200.',
  },
  ZG_BAD_REQUEST: {
    status: 400,
    message: 'This is no request that can be read.',
    whatToDo: 'Send HTTP/1.1, with headers of at most 16 kB, and the whole of it within half a minute.',
  },
  ZG_BAD_JSON: { status: 400, message: 'The body is no JSON.', whatToDo: 'Send one JSON object with content type application/json.' },
  ZG_BAD_ACTIVITY: {
    status: 400,
    message: 'The message lacks something or has it in the wrong form.',
    whatToDo: 'Correct the field named in detail and send it again.',
  },
  ZG_BAD_ITEM: {
    status: 400,
    message: 'The item lacks something or has it in the wrong form; nothing was added.',
    whatToDo: 'Correct the field named in detail and send it again; /openapi.json lists them all.',
  },
  ZG_BAD_CAMPAIGN: {
    status: 400,
    message: 'The campaign cannot be used like this; nothing was changed.',
    whatToDo: 'Correct the member named in detail; a preview names all that is at fault.',
  },
  ZG_BAD_WORKBOOK: {
    status: 400,
    message: 'The workbook cannot be read, or has faults; nothing was changed.',
    whatToDo: 'Have it shown once more: every fault is named with its cell.',
  },
  ZG_MOVED_ON: {
    status: 409,
    message: 'Somebody has changed this since it was shown to you; nothing of yours was applied.',
    whatToDo: 'Have it shown once more, and apply what is shown then.',
  },
  ZG_BAD_APPEAL: {
    status: 400,
    message: 'The appeal lacks something or has it in the wrong form; nothing was changed.',
    whatToDo: 'Correct the field named in detail and send it again; /openapi.json lists them all.',
  },
  ZG_NOT_APPEALABLE: {
    status: 409,
    message: 'This check does not count against your unit, or is more than two weeks old.',
    whatToDo: 'Take the obligationId from /api/appeals?status=appealable.',
  },
  ZG_APPEAL_DECIDED: {
    status: 409,
    message: 'This appeal has been decided, or was taken back.',
    whatToDo: 'See detail and /api/appeals for what was decided; it stands.',
  },
  ZG_OWN_APPEAL: {
    status: 409,
    message: 'Nobody decides an appeal that they have brought themselves.',
    whatToDo: 'Leave it to somebody else of the office.',
  },
  ZG_BAD_QUERY: {
    status: 400,
    message: 'The query is not understood.',
    whatToDo: 'Correct the parameter named in detail; /openapi.json lists them all.',
  },
  ZG_BAD_WATERMARK: {
    status: 400,
    message: 'The watermark is no number.',
    whatToDo: 'Send back the watermark as it came, or none to begin with the newest activities.',
  },
  ZG_TOO_LARGE: { status: 413, message: 'The message is too large.', whatToDo: 'Send at most 64 kB; long texts go into a document.' },
  ZG_TOO_MANY: { status: 429, message: 'Too many connections at once.', whatToDo: 'Close some windows and try again in a minute.' },
  ZG_UNSUPPORTED_MEDIA: {
    status: 415,
    message: 'This kind of content is not read here.',
    whatToDo: 'Send JSON with content type application/json.',
  },
  ZG_FILE_TOO_LARGE: {
    status: 413,
    message: 'A file is too large.',
    whatToDo: 'Send files of at most 20 MB each; make a picture smaller, or divide a document.',
  },
  ZG_TOO_MANY_FILES: { status: 413, message: 'Too many files at once.', whatToDo: 'Send at most 10 files with one message.' },
  ZG_FILE_KIND: {
    status: 415,
    message: 'This kind of file is not taken.',
    whatToDo: 'Send PDF, pictures, office documents, text or zip.',
  },
  ZG_BAD_FILE: {
    status: 400,
    message: 'A file could not be read.',
    whatToDo: 'See detail; open the file yourself, save it again, and send it as multipart upload or as a data: URL.',
  },
  ZG_NO_SUCH_FILE: { status: 404, message: 'There is no such file.', whatToDo: 'Ask for it by the SHA-256 that the ledger names.' },
  ZG_FILE_DAMAGED: {
    status: 500,
    message: 'What is kept under this hash is no longer what was handed in.',
    whatToDo: 'Tell the office: bring the file named in detail back from a copy of the data folder.',
  },
  ZG_TOKEN_MISSING: {
    status: 401,
    message: 'No token came with the request.',
    whatToDo: 'Sign in on the page by the link that the duty bot gives for the word dashboard, or send a token as Authorization: Bearer.',
  },
  ZG_TOKEN_INVALID: { status: 401, message: 'The token is not one of ours.', whatToDo: 'Sign in again and use the new token.' },
  ZG_TOKEN_EXPIRED: {
    status: 403,
    message: 'Token has expired.',
    whatToDo: 'Sign in again and use the new token.',
    wireCode: 'TokenExpired',
  },
  ZG_SIGNED_OUT: {
    status: 401,
    message: 'You are not signed in any more: the session has ended, or was ended.',
    whatToDo: 'Write dashboard to the duty bot and open the link that it gives.',
  },
  ZG_CROSS_SITE: {
    status: 403,
    message: 'This was sent by a page of somebody else.',
    whatToDo: 'Do it on the page of the service itself; a program sends a token as Authorization: Bearer and no cookie.',
  },
  ZG_TOO_OFTEN: { status: 429, message: 'Too many requests in a short time.', whatToDo: 'Wait a minute, then go on more slowly.' },
  ZG_NOT_ALLOWED: {
    status: 403,
    message: 'This is not open to you.',
    whatToDo: 'See detail for the roles that it is open to; ask the office of the liaison group.',
  },
  ZG_NOT_LOCAL: {
    status: 403,
    message: 'The demo is open only to this machine itself, without a proxy.',
    whatToDo: 'Open it as http://127.0.0.1, or set ZAIGANG_MODE=production.',
  },
  ZG_WRONG_CONVERSATION: {
    status: 403,
    message: 'The token belongs to another conversation.',
    whatToDo: 'Use the conversation that came with the token.',
  },
  ZG_NO_SUCH_PATH: { status: 404, message: 'There is nothing here.', whatToDo: 'See /openapi.json for what there is.' },
  ZG_NO_SUCH_ITEM: { status: 404, message: 'There is no such item.', whatToDo: 'See /api/items for those there are.' },
  ZG_NO_SUCH_THING: {
    status: 404,
    message: 'There is no obligation, post, unit or person with this id, or no longer.',
    whatToDo: 'Take the ids from /api/wall, /api/obligations or /api/people; what is over for long is told by /api/ledger.',
  },
  ZG_NO_SUCH_LINK: {
    status: 404,
    message: 'This link opens nothing: it is mistyped, or was taken back.',
    whatToDo: 'Ask the duty bot for a new one.',
  },
  ZG_NO_FONT: {
    status: 503,
    message: 'This machine has no font with Chinese characters to write a PDF with.',
    whatToDo: 'Install one, such as the package fonts-noto-cjk, or take the Excel file.',
  },
  ZG_NO_PAGE: { status: 503, message: 'The page has not been built.', whatToDo: 'Start the service with npm start, which builds it.' },
  ZG_INTERNAL: {
    status: 500,
    message: 'Something went wrong on our side.',
    whatToDo: 'Try again; if it stays, give the office the time of this answer.',
  },
};

const namesOfOthers: { readonly [code: string]: FaultCode } = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'ZG_TOO_LARGE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'ZG_BAD_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'ZG_BAD_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'ZG_BAD_JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'ZG_UNSUPPORTED_MEDIA',
  FST_ERR_BAD_URL: 'ZG_NO_SUCH_PATH',
  FST_ERR_NOT_FOUND: 'ZG_NO_SUCH_PATH',
};

const codeOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '');

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;

/** Any error as one of the table. */
export const toFault = (error: unknown): Fault => {
  if (error instanceof Fault) return error;
  if (isStoreAway(error)) return new Fault('ZG_STORE_AWAY', undefined, error);
  const known = namesOfOthers[codeOf(error)];
  if (known) return new Fault(known, undefined, error);
  const status = statusOf(error);
  if (error instanceof SyntaxError && status === 400) return new Fault('ZG_BAD_JSON', undefined, error);
  if (status === 404) return new Fault('ZG_NO_SUCH_PATH', undefined, error);
  if (status >= 400 && status < 500) return new Fault('ZG_BAD_QUERY', undefined, error);
  return new Fault('ZG_INTERNAL', undefined, error);
};

export const toAnswer = (fault: Fault) => {
  const { status, message, whatToDo, wireCode } = faultTable[fault.code];
  const detail = fault.detail === undefined ? {} : { detail: fault.detail };
  return { status, body: { error: { code: wireCode ?? fault.code, message, what_to_do: whatToDo, ...detail } } };
};
