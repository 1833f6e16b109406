import { fileLimits } from '../../src/domain/items/file-rules.ts';

/** What one caller of the Direct Line endpoint may take up. The endpoint is ours, and so are the numbers. */
export const limits = {
  /** The real service's tokens live half an hour, and its client refreshes them every quarter of one. */
  tokenLifeMs: 30 * 60_000,
  /** Long enough to open a socket with; it stands in a URL and therefore in other people's logs. */
  streamTokenLifeMs: 60_000,
  bodyBytes: 64 * 1024,
  /** A message with a file in it as a data: URL, which takes four characters for three bytes. */
  bodyWithFilesBytes: Math.ceil((fileLimits.fileBytes * 4) / 3) + 64 * 1024,
  /** An upload: every file that may come, and what stands around them. */
  uploadBytes: fileLimits.filesPerMessage * (fileLimits.fileBytes + 1024) + 64 * 1024,
  textLength: 8_000,
  /** JSON of what a button carries. */
  valueLength: 8_000,
  clientIdLength: 200,
  /** A socket that lets this much pile up is closed; its client comes back with its watermark. */
  bufferedBytes: 1024 * 1024,
  /** What one person says: fifty a second, all day; whoever says more keeps everybody waiting. */
  saidPerWindow: 3_000,
  saidWindowMs: 60_000,
  /** What one person asks for: a token again, a conversation, what was said in it. */
  readPerWindow: 3_000,
  readWindowMs: 60_000,
  /** Messages of one person with files, each of up to ten: they are kept for good. */
  filedPerWindow: 120,
  filedWindowMs: 600_000,
  sockets: 20_000,
  socketsPerPerson: 32,
  /** A client sends nothing but empty pings. */
  socketMessageBytes: 1_024,
  pingMs: 30_000,
  /** How often it is asked whether whoever listens may still do so. */
  readmitMs: 5_000,
  /** What a client has to say goodbye when the service ends. */
  closeMs: 1_000,
  /** Ours: whoever listens to the conversation, or fetches what was said, has it. Direct Line knows no receipts of reading. */
  receipts: { delivered: 'answer', read: 'never', source: 'learn.microsoft.com: Direct Line API 3.0' },
} as const;
