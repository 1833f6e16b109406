/** What a look at somebody's data found. The words stand in the message catalogues, by code. */

/** Where in a workbook: `cell` is the A1 address, empty where it is about the whole sheet or file. */
export type Place = { readonly sheet: string; readonly row: number; readonly cell: string };

export type FindingCode =
  // the file
  | 'ZG_FILE_MISSING'
  | 'ZG_FILE_EMPTY'
  | 'ZG_FILE_TOO_LARGE'
  | 'ZG_FILE_UNPACKS_TOO_LARGE'
  | 'ZG_NOT_A_WORKBOOK'
  | 'ZG_OLD_WORKBOOK'
  | 'ZG_WORKBOOK_LOCKED'
  | 'ZG_WORKBOOK_DAMAGED'
  | 'ZG_WORKBOOK_EMPTY'
  | 'ZG_SHEET_TOO_LARGE'
  // any sheet
  | 'ZG_SHEET_SKIPPED'
  | 'ZG_COLUMN_UNREAD'
  | 'ZG_NOTHING_RECOGNISED'
  | 'ZG_CELL_UNREADABLE'
  | 'ZG_MORE_FAULTS'
  | 'ZG_UNIT_UNKNOWN'
  | 'ZG_UNIT_AMBIGUOUS'
  | 'ZG_UNIT_MISSING'
  | 'ZG_MAP_UNKNOWN'
  | 'ZG_NAME_UNCLEAR'
  | 'ZG_NAME_MISSING'
  | 'ZG_PHONE_INVALID'
  | 'ZG_SECOND_PHONE'
  | 'ZG_EMAIL_INVALID'
  // contacts
  | 'ZG_PHONE_MISSING'
  | 'ZG_PHONE_SHARED'
  | 'ZG_ROLE_UNKNOWN'
  | 'ZG_UNIT_TWICE'
  | 'ZG_LIAISON_MISSING'
  | 'ZG_LIAISON_TWICE'
  | 'ZG_CONTACT_MISSING'
  | 'ZG_CONTACT_TWICE'
  | 'ZG_PRINCIPAL_MISSING'
  | 'ZG_LIAISON_IS_CONTACT'
  | 'ZG_GROUP_LEADER_MISSING'
  | 'ZG_GROUP_LEADER_TWICE'
  | 'ZG_NAME_CHANGED'
  | 'ZG_SAME_NAME_IN_UNIT'
  // rosters
  | 'ZG_CONTACTS_FIRST'
  | 'ZG_YEAR_MISSING'
  | 'ZG_DATE_UNCLEAR'
  | 'ZG_DATE_MISSING'
  | 'ZG_DAY_TWICE'
  | 'ZG_DAY_MISSING'
  | 'ZG_POST_EMPTY'
  | 'ZG_WEEKDAY_WRONG'
  | 'ZG_PERSON_UNKNOWN'
  | 'ZG_PERSON_AMBIGUOUS'
  | 'ZG_PERSON_UNCLEAR'
  | 'ZG_PERSON_TWICE'
  | 'ZG_PERSON_ELSEWHERE'
  | 'ZG_NOT_OF_UNIT'
  | 'ZG_PHONE_DIFFERS'
  | 'ZG_NAME_DIFFERS'
  | 'ZG_TEAM_STAYS'
  | 'ZG_HEADCOUNT'
  | 'ZG_LEADER_MISSING'
  | 'ZG_SHIFTS_OVERLAP'
  | 'ZG_HOURS_MISSING'
  | 'ZG_HOURS_ASSUMED'
  | 'ZG_HOURS_OPEN'
  | 'ZG_HOURS_UNCLEAR'
  | 'ZG_OUTSIDE_CAMPAIGN'
  | 'ZG_PARTLY_OUTSIDE_CAMPAIGN'
  | 'ZG_LANDLINE_INVALID'
  // lists of items
  | 'ZG_NUMBER_MISSING'
  | 'ZG_NUMBER_UNREADABLE'
  | 'ZG_TEXT_MISSING'
  | 'ZG_CASE_TWICE'
  | 'ZG_CASE_AGAIN'
  | 'ZG_CASE_DIFFERS'
  | 'ZG_REQUEST_TWICE'
  | 'ZG_LIMIT_UNREADABLE'
  | 'ZG_LIMIT_MISSING'
  | 'ZG_LIMIT_BEFORE'
  | 'ZG_LIMIT_CLOSE'
  | 'ZG_LIMIT_SAME_DAY'
  | 'ZG_LIMIT_PAST'
  | 'ZG_HANDED_OVER_NEEDED'
  | 'ZG_HANDED_OVER_ASSUMED'
  | 'ZG_ANSWERS_NOTED'
  | 'ZG_LIST_COLUMN_UNREAD'
  | 'ZG_REQUEST_LEFT'
  | 'ZG_REQUEST_WITHDRAWN'
  | 'ZG_ITEM_ENDED';

export type Finding = {
  readonly code: FindingCode;
  /** With one error in it nothing of an import is applied. */
  readonly severity: 'error' | 'warning';
  readonly place?: Place;
  /** ISO date. */
  readonly date?: string;
  /** The unit's short name, or the text that was taken for one. */
  readonly unit?: string;
  readonly person?: string;
  readonly params?: { readonly [key: string]: string | number };
};

type Details = Omit<Finding, 'code' | 'severity'>;

export const fault = (code: FindingCode, details: Details = {}): Finding => ({ code, severity: 'error', ...details });

export const warning = (code: FindingCode, details: Details = {}): Finding => ({ code, severity: 'warning', ...details });

export const hasFaults = (findings: readonly Finding[]): boolean => findings.some((finding) => finding.severity === 'error');
