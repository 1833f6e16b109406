import type { ComponentChildren } from 'preact';

export type Fact = { readonly label: string; readonly value: ComponentChildren };

/** Labels and values; what has no value is left out. */
export const Facts = ({ facts }: { readonly facts: readonly (Fact | null)[] }) => (
  <dl class="facts">
    {facts
      .filter((fact) => fact !== null)
      .map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** `08-27 10:03`, in the campaign's own offset. */
export const momentOf = (iso: string): string => `${iso.slice(5, 10).replace('-', '/')} ${iso.slice(11, 16)}`;
