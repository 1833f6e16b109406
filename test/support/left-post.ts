import type { Appeal, Obligation, Person, Wall } from '../../src/web/data/types.ts';
import { type Demo, eventually } from './demo.ts';
import { connectDirectLine } from './direct-line.ts';

/** What a demo lists, as whoever sits before it sees it. */
export const listIn = async <T>({ url }: Pick<Demo, 'url'>, path: string): Promise<readonly T[]> =>
  ((await (await fetch(`${url}${path}`)).json()) as { readonly items: readonly T[] }).items;

const says = async ({ url }: Pick<Demo, 'url'>, { mobile }: Person, text: string): Promise<void> => {
  const client = await connectDirectLine({ origin: new URL(url).origin, mobile: mobile.replaceAll('-', '') });
  await client.says(text);
  client.end();
};

/** The office asks a post of the demo, and its officer says that they are not there: a check that counts against the unit. */
export const leavePost = async (
  demo: Pick<Demo, 'url'>,
  { unit, subject, onDuty }: Wall['posts'][number],
  people: readonly Person[],
): Promise<{ readonly checkId: string; readonly unit: string; readonly liaison: Person }> => {
  const office = people.find(({ isOffice }) => isOffice)!;
  await says(demo, office, `查岗${unit}`);
  await eventually(
    () => listIn<Obligation>(demo, 'api/obligations'),
    (open) => open.some((one) => one.subject === subject && one.kind === 'check'),
  );
  await says(
    demo,
    people.find(({ name }) => name === onDuty[0])!,
    '不在',
  );
  const found = await eventually(
    () => listIn<Appeal>(demo, 'api/appeals?status=appealable'),
    (all) => all.some((one) => one.unit === unit),
  );
  const liaison = people.find(({ roles }) => roles.some(({ role, name }) => role === 'liaison' && name.includes(unit)))!;
  return { checkId: found.find((one) => one.unit === unit)!.obligationId, unit, liaison };
};
