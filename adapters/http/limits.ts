/** What one caller of the HTTP server may take up. */
export const limits = {
  /** Webhooks carry no files; the largest is a Bot Framework activity with a card in it. */
  bodyBytes: 256 * 1024,
  /** Of one part of a path: signed links and ids. */
  pathPart: 500,
  pageDefault: 100,
  page: 1_000,
  liveConnections: 500,
  liveBufferedBytes: 1024 * 1024,
  /** So much may be on its way to a wall; what comes on top waits and is told together. */
  liveBehindBytes: 64 * 1024,
  /** A wall that takes nothing for so long is let go: it comes again by itself. */
  liveStalledMs: 30_000,
  /** Links opened from one address; a bureau's programs behind one address ask once an hour each. */
  linksPerWindow: 120,
  linksWindowMs: 60_000,
  /** Sign-ins tried from one address; a whole bureau may come from behind one. */
  signInsPerWindow: 60,
  signInsWindowMs: 60_000,
  /** How long somebody may take at the house's own sign-in, s. */
  openIdS: 600,
  /** Requests of one person below `/api`: a page of the wall asks some three times a second, and people open several. */
  requestsPerWindow: 3_000,
  /** Workbooks, PDFs and packs of one person. */
  exportsPerWindow: 60,
  windowMs: 60_000,
  /** How often an open stream asks whether its reader may still read. */
  recheckMs: 2_000,
  /** Proxies close what is silent for a minute. */
  heartbeatMs: 15_000,
  /** A request that has not come in whole by then is given up: a file over a poor line takes a while. */
  requestMs: 120_000,
  /** Everything in front of the body. */
  headersMs: 30_000,
} as const;
