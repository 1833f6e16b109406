/**
 * Everything that happened. Sealed rows hold ids, instants and numbers only; what names a person
 * (texts, names, phone numbers) goes into `personal`, which is kept beside and can be removed later.
 */

export type EventName =
  // the campaign's data
  | 'CampaignChanged'
  | 'CampaignRehearsed'
  | 'OrganisationChanged'
  | 'RosterChanged'
  | 'RosterOverridden'
  | 'RosterRestored'
  | 'RosterProposed'
  | 'ProposalApplied'
  | 'ProposalDeclined'
  | 'ProposalWithdrawn'
  | 'ProposalExpired'
  | 'UnreachableListed'
  | 'ShiftsReminded'
  | 'RosterExported'
  | 'CalendarLinkReset'
  | 'AppointmentChanged'
  | 'SeedSealed'
  | 'SeedRevealed'
  // obligations
  | 'CheckOpened'
  | 'ObligationOpened'
  | 'StepFired'
  | 'StepSkipped'
  | 'ReminderFired'
  | 'AnswerRecorded'
  | 'StandInRecorded'
  | 'CodeAsked'
  | 'CallRecorded'
  | 'ObligationMissed'
  | 'ObligationTakenOver'
  | 'ObligationWithdrawn'
  | 'PolicyMoved'
  // changes of shift
  | 'HandoverOpened'
  | 'HandoverNoted'
  | 'HandoverDelayed'
  | 'HandoverJoined'
  | 'ShiftNoted'
  | 'HandoverAccepted'
  | 'HandoverLapsed'
  // contact
  | 'WatchStarted'
  | 'WatchMoved'
  | 'WatchEnded'
  | 'ContactProven'
  | 'PresenceWithdrawn'
  | 'ChannelPaused'
  | 'ChannelResumed'
  // rounds and the calendar
  | 'RoundOpened'
  | 'RoundAsked'
  | 'RoundClosed'
  | 'MassFailureFound'
  | 'ChannelFailed'
  | 'ChannelRecovered'
  | 'DecisionFailed'
  | 'DigestSent'
  | 'ShiftsAnnounced'
  | 'RosterAudited'
  | 'PhaseAnnounced'
  // items
  | 'ItemHandedOver'
  | 'ItemCorrected'
  | 'AnswersListed'
  | 'ItemReceived'
  | 'ItemPlanned'
  | 'SubtaskDone'
  | 'SubtaskReassigned'
  | 'ProgressReported'
  | 'HandInDrafted'
  | 'DataChecked'
  | 'HandInSigned'
  | 'ItemSubmitted'
  | 'ItemAccepted'
  | 'ItemReturned'
  | 'ItemClosed'
  | 'ItemConfirmed'
  | 'ItemReopened'
  | 'ItemUrged'
  | 'ItemWithdrawn'
  | 'ExtensionAsked'
  | 'ExtensionApproved'
  | 'ExtensionRefused'
  | 'OuterLimitMoved'
  | 'LongTermSet'
  // leave, swaps and covers
  | 'RequestAsked'
  | 'SubstituteNamed'
  | 'SubstituteAccepted'
  | 'SubstituteDeclined'
  | 'RequestApproved'
  | 'RequestRefused'
  | 'RequestTookEffect'
  | 'RequestWithdrawn'
  | 'RequestExpired'
  | 'RequestUndone'
  | 'RequestVoided'
  | 'RequestRevived'
  | 'HolderKeptOn'
  // figures: what a unit appeals against, and what was reported and taken away
  | 'AppealAsked'
  | 'AppealUpheld'
  | 'AppealRejected'
  | 'AppealWithdrawn'
  | 'FiguresExported'
  | 'ReportDrafted'
  | 'ReportSent'
  | 'ReportDropped'
  // delivery and input
  | 'NoticeSent'
  | 'NoticeDelivered'
  | 'NoticeRead'
  | 'NoticeFailed'
  | 'IdentityBound'
  | 'IdentityRevoked'
  | 'BindingCodeSent'
  | 'ChannelTested'
  | 'MessageSetAside'
  | 'PersonalRemoved'
  | 'AccessRefused'
  // the page
  | 'SignedIn'
  | 'SignInRefused'
  | 'SignedOut'
  | 'DataExported';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type LedgerEvent = {
  /** Epoch ms, campaign clock. */
  readonly at: number;
  readonly event: EventName;
  readonly obligationId?: string;
  readonly itemId?: string;
  /** Who did it, where a person did. */
  readonly actor?: string;
  readonly channel?: string;
  /** Ids, instants, numbers and codes; never a name, a number or a text of a person. */
  readonly data: { readonly [key: string]: Json };
  /** What can be removed without breaking a seal. */
  readonly personal?: { readonly [key: string]: Json };
};

/** An event with its place in the ledger: `seq` starts at 1 and has no gaps. */
export type LedgerRow = LedgerEvent & { readonly seq: number; readonly bureau: string };
