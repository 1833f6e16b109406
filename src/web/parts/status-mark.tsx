import type { Shade } from '../logic/sort-wall.ts';

/** A shape of its own for each state, so that nothing depends on seeing colours. Words stand beside it. */
const shapes: { readonly [color in Shade]: preact.JSX.Element } = {
  green: (
    <>
      <circle cx="12" cy="12" r="10" class="mark-fill" />
      <path d="M7.4 12.4l3.1 3.1 6.1-6.6" class="mark-line" />
    </>
  ),
  unproven: <circle cx="12" cy="12" r="9" class="mark-dashes" />,
  waiting: (
    <>
      <circle cx="12" cy="12" r="9" class="mark-ring" />
      <path d="M12 6.8V12l3.4 2.2" class="mark-stroke" />
    </>
  ),
  escalated: (
    <>
      <path d="M12 2.2l10.4 18.6H1.6z" class="mark-fill" />
      <path d="M12 9v5.2M12 17.6v.1" class="mark-line" />
    </>
  ),
  missed: (
    <>
      <path d="M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6z" class="mark-fill" />
      <path d="M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4" class="mark-line" />
    </>
  ),
  empty: (
    <>
      <rect x="2.5" y="2.5" width="19" height="19" rx="3" class="mark-dashes" />
      <path d="M8 12h8" class="mark-stroke" />
    </>
  ),
};

export const StatusMark = ({ color }: { readonly color: Shade }) => (
  <svg class={`mark is-${color}`} viewBox="0 0 24 24" aria-hidden="true">
    {shapes[color]}
  </svg>
);
