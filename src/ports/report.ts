/** A table of a report. */
export type ReportTable = {
  readonly title: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** In proportion to each other. */
  readonly weights: readonly number[];
  /** Which hold shares such as `95.5%`, for those who reckon with them; text where nothing is said. */
  readonly columns?: readonly ('text' | 'share')[];
};

/** A report, ready to be laid out. */
export type ReportPaper = {
  readonly title: string;
  readonly subtitle: string;
  /** Figures that are read first, for the picture. */
  readonly keys: readonly { readonly name: string; readonly value: string; readonly detail: string; readonly isBad: boolean }[];
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  /** On what it rests. */
  readonly source: string;
  /** Who gives it out, and when: stand at the end on the right. */
  readonly sign: readonly string[];
  readonly tables: readonly ReportTable[];
  /** How often checks stayed unanswered in each hour of the week, Monday first; null where nobody was asked. */
  readonly heat: {
    readonly title: string;
    readonly rows: readonly { readonly name: string; readonly hours: readonly (number | null)[] }[];
    /** How often, both included, with its words for the legend. */
    readonly bands: readonly {
      readonly heat: 'calm' | 'warm' | 'hot';
      readonly from: number;
      readonly to: number;
      readonly text: string;
    }[];
    /** What the legend says of an hour in which nobody was asked. */
    readonly blank: string;
  };
  /** With a place for `{page}`. */
  readonly page: string;
};

export type ReportFormat = 'xlsx' | 'pdf' | 'png' | 'json';

/** A file. Rejects with ZG_NO_FONT where this machine has no font with Chinese characters. */
export type WriteReport = (paper: ReportPaper) => Promise<Uint8Array>;
