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

/** `08/30 24:00`: a day that a limit ends with is named, not the one that begins. */
export const deadlineOf = (iso: string): string => {
  if (iso.slice(11, 16) !== '00:00') return momentOf(iso);
  const dayBefore = new Date(Date.parse(iso.slice(0, 10)) - 86_400_000).toISOString();
  return momentOf(dayBefore).replace(/00:00$/u, '24:00');
};
