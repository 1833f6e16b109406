/**
 * Who may see and do what: the one table that every door asks. A new route or act is one line here, and
 * `config: { may: '…' }` where the route is registered; a route without it does not start.
 */

export const accessRoles = ['office', 'groupLeader', 'auditor', 'principal', 'liaison', 'officer'] as const;
export type AccessRole = (typeof accessRoles)[number];

/** `unit`: what is of the unit that the role is held in. A role that is left out may not. */
type Rule = { readonly [role in AccessRole]?: 'all' | 'unit' };

const office: Rule = { office: 'all' };
/** Whoever must know everything, and changes nothing of it. */
const overseers: Rule = { office: 'all', auditor: 'all' };
const heads: Rule = { principal: 'unit' };
const named: Rule = { principal: 'unit', liaison: 'unit' };
const ofUnit: Rule = { principal: 'unit', liaison: 'unit', officer: 'unit' };
const everybody: Rule = { ...overseers, groupLeader: 'all', ...ofUnit };

const rules = <Act extends string>(table: { readonly [act in Act]: Rule }): { readonly [act in Act]: Rule } => table;

/** What is looked at or taken away. */
export const readingRules = rules({
  seeWall: everybody,
  seePeople: everybody,
  /** Whole numbers: for whoever must call. */
  seePhones: { ...office, ...ofUnit },
  seeRoster: everybody,
  seeObligations: everybody,
  seeRequests: everybody,
  seeHandovers: everybody,
  seeItems: everybody,
  /** Who complained, and how they are reached: for whoever must answer them, and whoever checks that it was done. */
  seeComplainants: { ...overseers, ...named },
  seeFiles: { ...overseers, ...named },
  seeLedger: everybody,
  seeFigures: everybody,
  /** How each unit answered, without a rank and in the order of the directory. */
  seeUnitAnswers: overseers,
  /**
   * Ranks units, and is the office's alone, auditors' reading of everything else notwithstanding: an auditor has every share,
   * denominator and row that it is made of, and whoever else sees an order of merit parades those at its end.
   */
  seeLeague: office,
  /** A unit sees its own. */
  seeAppeals: { ...overseers, ...ofUnit },
  seeChannels: overseers,
  /** How the service is set up: campaign, ladders, channels, imports, and how far it has come; a rehearsal, which sends nothing. */
  seeSetUp: overseers,
  exportRoster: { ...overseers, ...ofUnit },
  exportHandovers: { ...overseers, ...named },
  exportItems: overseers,
  /** Holds everything ever said about an item, complainants included. */
  exportEvidence: { ...overseers, ...heads },
  exportFigures: { ...overseers, groupLeader: 'all', ...heads },
});

/** What changes something or sends something out. */
export const changingRules = rules({
  /** In the chat of the page, as oneself. */
  speak: { ...office, groupLeader: 'all', ...ofUnit },
  addItem: office,
  startCheck: office,
  announcePhase: office,
  draftRoster: office,
  changeRoster: office,
  testChannel: office,
  sendReport: office,
  /** The office for a unit that has only a telephone; then somebody else there decides it. */
  appeal: { ...office, ...ofUnit },
  decideAppeal: office,
  setUp: office,
});

export const accessRules = { ...readingRules, ...changingRules };
export type AccessAct = keyof typeof accessRules;
