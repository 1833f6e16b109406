import type { PageImportTexts } from '../../messages/page-setup-import-texts.ts';
import { put } from '../logic/put.ts';
import { PlainTable } from './plain-table.tsx';
import type { ContactChanges, PersonChange, PostChanges, RosterChanges, ShiftChange } from './import-types.ts';

const total = (posts: readonly PostChanges[], of: 'added' | 'changed' | 'gone'): number => posts.reduce((sum, post) => sum + post[of], 0);

/** `08-27 08:30 – 08-28 08:30` */
const spanOf = ({ from, to }: Pick<ShiftChange, 'from' | 'to'>): string => {
  const [start, end] = [from, to].map((iso) => `${iso.slice(5, 10)} ${iso.slice(11, 16)}`) as [string, string];
  return start.slice(0, 5) === end.slice(0, 5) ? `${start} – ${end.slice(6)}` : `${start} – ${end}`;
};

type RosterProps = { readonly changes: RosterChanges; readonly told: number; readonly words: PageImportTexts };

/** By post, and within each by shift. */
export const RosterDifferences = ({ changes: { posts, left, doubled }, told, words }: RosterProps) => (
  <div class="setup-card">
    <p>
      <strong>
        {posts.length === 0
          ? words.noShifts
          : put(words.rosterCounts, { added: total(posts, 'added'), changed: total(posts, 'changed'), gone: total(posts, 'gone') })}
      </strong>{' '}
      {told > 0 && put(words.toldCount, { count: told })}
    </p>
    {doubled.length > 0 && (
      <div class="import-doubled">
        <p>{words.doubled}</p>
        <ul>
          {doubled.map((one) => (
            <li key={one.person}>{put(words.doubledAt, { ...one, at: one.at.slice(5, 16).replace('T', ' ') })}</li>
          ))}
        </ul>
      </div>
    )}
    {posts.map((post) => (
      <details key={post.postId} class="import-post" open={posts.length <= 2}>
        <summary>
          <span>{post.post}</span>
          <span class="import-counts">
            {(['added', 'changed', 'gone'] as const).map(
              (type) => post[type] > 0 && <b key={type} class={`count-${type}`}>{`${words.types[type]} ${post[type]}`}</b>,
            )}
          </span>
        </summary>
        <ShiftTable post={post} words={words} />
      </details>
    ))}
    {left > 0 && <p class="import-hint">{put(words.shiftsLeft, { count: left })}</p>}
  </div>
);

const ShiftTable = ({ post, words }: { readonly post: PostChanges; readonly words: PageImportTexts }) => {
  const people = (holders: ShiftChange['before']): string =>
    holders.length === 0 ? words.nobody : holders.map(({ name, role }) => `${name}（${words.roles[role] ?? role}）`).join(words.comma);
  return (
    <PlainTable label={put(words.shiftsOf, { post: post.post })} columns={words.shiftColumns}>
      {post.shifts.map((shift) => (
        <tr key={`${shift.type} ${shift.from}`}>
          <td>
            <b class={`count-${shift.type}`}>{words.types[shift.type]}</b>
          </td>
          <td>{spanOf(shift)}</td>
          <td>{shift.type === 'added' ? '' : people(shift.before)}</td>
          <td>{shift.type === 'gone' ? '' : people(shift.after)}</td>
        </tr>
      ))}
    </PlainTable>
  );
};

export const ContactDifferences = ({ changes, words }: { readonly changes: ContactChanges; readonly words: PageImportTexts }) => {
  const { units, people, opened, closed } = changes;
  const counts = { added: people.added.length, changed: people.changed.length, opened: opened.length, closed: closed.length };
  return (
    <div class="setup-card">
      <p>
        <strong>{put(words.contactCounts, counts)}</strong>
      </p>
      <Names title={words.contactUnits} names={units} words={words} />
      <Names title={words.added} names={people.added} words={words} />
      <Names title={words.changed} names={people.changed} words={words} />
      <Appointments title={words.opened} list={opened} words={words} />
      <Appointments title={words.closed} list={closed} words={words} />
    </div>
  );
};

type NamesProps = { readonly title: string; readonly names: readonly string[]; readonly words: PageImportTexts };

const Names = ({ title, names, words }: NamesProps) =>
  names.length > 0 && (
    <p>
      {title} <strong>{names.length}</strong>：{names.join(words.comma)}
    </p>
  );

type AppointmentsProps = { readonly title: string; readonly list: readonly PersonChange[]; readonly words: PageImportTexts };

const Appointments = ({ title, list, words }: AppointmentsProps) =>
  list.length > 0 && (
    <details class="import-post" open={list.length <= 20}>
      <summary>
        <span>{title}</span>
        <span class="import-counts">
          <b>{list.length}</b>
        </span>
      </summary>
      <PlainTable label={title} columns={words.appointment}>
        {list.map(({ name, unit, role }) => (
          <tr key={`${name} ${unit} ${role}`}>
            <td>{name}</td>
            <td>{unit}</td>
            <td>{words.appointmentRoles[role] ?? role}</td>
          </tr>
        ))}
      </PlainTable>
    </details>
  );
