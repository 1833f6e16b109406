/** What one caller of the HTTP server may take up. */
export const limits = {
  /** Webhooks carry no files; the largest is a Bot Framework activity with a card in it. */
  bodyBytes: 256 * 1024,
  /** Of one part of a path: signed links and ids. */
  pathPart: 500,
  pageDefault: 100,
  page: 1_000,
  liveConnections: 500,
  /** Of one person: a tab has two, and people leave tabs open. */
  livePerPerson: 32,
  liveBufferedBytes: 1024 * 1024,
  /** So much may be on its way to a wall; what comes on top waits and is told together. */
  liveBehindBytes: 64 * 1024,
  /** A wall that takes nothing for so long is let go: it comes again by itself. */
  liveStalledMs: 30_000,
  /** Of one link, and of links that open nothing from one address: behind a proxy everybody has the proxy's, and nobody must keep others out. */
  linksPerWindow: 120,
  linksWindowMs: 60_000,
  /** Of one link; and from one address, where a whole bureau may come from, links that let nobody in and sign-ins begun elsewhere. */
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
