import type { ComponentChildren } from 'preact';

type PlainTableProps = {
  readonly label: string;
  /** Heads by anything, in their order. */
  readonly columns: { readonly [key: string]: string };
  readonly children: ComponentChildren;
};

/** Rows under heads; where they are too wide for the screen they alone move, also by keyboard. */
export const PlainTable = ({ label, columns, children }: PlainTableProps) => (
  <div class="table-scroll" tabIndex={0} role="region" aria-label={label}>
    <table class="plain-table">
      <thead>
        <tr>
          {Object.entries(columns).map(([key, word]) => (
            <th scope="col" key={key}>
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
