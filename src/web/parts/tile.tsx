import { Component } from 'preact';
import type { Post, Standing } from '../data/types.ts';
import { countdownOf, sinceOf, timeOf } from '../logic/format-time.ts';
import { put } from '../logic/put.ts';
import { hrefOf, subjectHref } from '../logic/route.ts';
import { isTrouble, shadeOf } from '../logic/sort-wall.ts';
import { StatusMark } from './status-mark.tsx';
import { useTicking } from './ticking.tsx';
import { useWords } from './words.tsx';

/** A post or a standing contact, in the words that a tile shows. */
export type TileFacts = {
  readonly subject: Post | Standing;
  readonly title: string;
  /** Smaller, behind the title. */
  readonly detail: string;
  /** Who was to take over and has not. */
  readonly waiting?: string;
  /** Where the title is a person's name. */
  readonly titlePersonId?: string;
  /** Where there are no holders to be named. */
  readonly place?: string;
  /** Who can be spoken as: the name, and the id where it is known. */
  readonly holders: readonly { readonly role: string; readonly name: string; readonly personId: string | undefined }[];
};

type TileProps = { readonly facts: TileFacts; readonly onPerson: (personId: string) => void };

/** Drawn again only when something is new about it: the wall is another with each news, most of its tiles are not. */
export class Tile extends Component<TileProps> {
  override shouldComponentUpdate({ facts }: TileProps): boolean {
    return facts !== this.props.facts;
  }
  override render() {
    const { facts, onPerson } = this.props;
    return isTrouble(facts.subject) ? <TroubleTile facts={facts} onPerson={onPerson} /> : <CalmTile facts={facts} onPerson={onPerson} />;
  }
}

const TroubleTile = ({ facts, onPerson }: TileProps) => {
  const { texts } = useWords();
  const { subject } = facts;
  const { color, obligation } = subject;
  return (
    <li class={`tile trouble is-${color}`}>
      <p class="tile-state">
        <StatusMark color={color} />
        <span class="tile-word">{texts.colors[color]}</span>
        {obligation && (
          <a class="tile-step" data-key={obligation.id} href={hrefOf({ kind: 'obligation', id: obligation.id })}>
            {put(texts.step, { step: Math.max(1, obligation.stepNo) })}
          </a>
        )}
        {obligation && obligation.kind !== 'check' && <span class="tile-kind">{texts.kinds[obligation.kind]}</span>}
      </p>
      <Title facts={facts} onPerson={onPerson} />
      <Holders facts={facts} onPerson={onPerson} />
      <div class="tile-times">
        <LastContact iso={subject.lastContactAt} by={subject.lastContactBy} />
        {obligation?.nextAt && <Countdown iso={obligation.nextAt} label={texts.nextStep} />}
      </div>
    </li>
  );
};

const CalmTile = ({ facts, onPerson }: TileProps) => {
  const { texts } = useWords();
  const { subject } = facts;
  const shade = shadeOf(subject);
  return (
    <li class={`tile calm is-${shade}`}>
      <StatusMark color={shade} />
      <span class="hidden">{texts.colors[shade]}</span>
      <Title facts={facts} onPerson={onPerson} />
      <Holders facts={facts} onPerson={onPerson} />
      <p class="tile-times">
        <LastContact iso={subject.lastContactAt} by={subject.lastContactBy} />
        {subject.nextCheckAt && (
          <span class="next-check">
            {texts.nextCheck} {timeOf(subject.nextCheckAt)}
          </span>
        )}
      </p>
    </li>
  );
};

const Title = ({ facts, onPerson }: TileProps) => (
  <h3 class="tile-title">
    {facts.titlePersonId === undefined ? (
      <a class="name-link" data-key={facts.subject.subject} href={subjectHref(facts.subject.subject) ?? '#'}>
        {facts.title}
      </a>
    ) : (
      <Name name={facts.title} personId={facts.titlePersonId} onPerson={onPerson} />
    )}
    {facts.detail && <span class="tile-detail">{facts.detail}</span>}
    {facts.waiting && <span class="tile-detail tile-waiting">{facts.waiting}</span>}
  </h3>
);

type NameProps = { readonly name: string; readonly personId: string | undefined; readonly onPerson: (personId: string) => void };

/** A name that can be spoken as, where it is known whose it is. */
const Name = ({ name, personId, onPerson }: NameProps) => {
  const { texts } = useWords();
  if (personId === undefined) return <>{name}</>;
  return (
    <button type="button" class="name-button" data-key={personId} title={put(texts.openChat, { name })} onClick={() => onPerson(personId)}>
      {name}
    </button>
  );
};

const Holders = ({ facts, onPerson }: TileProps) => {
  const { texts } = useWords();
  if (facts.place !== undefined) return <p class="holders place">{facts.place}</p>;
  if (facts.holders.length === 0) return <p class="holders is-nobody">{texts.nobody}</p>;
  return (
    <p class="holders">
      {facts.holders.map(({ role, name, personId }) => (
        <span class="holder" key={`${role} ${name}`}>
          {role && <span class="holder-role">{role}</span>}
          <Name name={name} personId={personId} onPerson={onPerson} />
        </span>
      ))}
    </p>
  );
};

/** `by`: whoever gave it, where they stand the post no more. */
export const LastContact = ({ iso, by }: { readonly iso: string | null; readonly by: string | undefined }) => {
  const { texts } = useWords();
  const since = useTicking((nowMs) => (iso === null ? texts.never : sinceOf(iso, nowMs, texts)));
  return (
    <span class="last-contact">
      <span class="label">{texts.lastContact}</span> <b>{since ?? ''}</b>
      {by !== undefined && <span class="contact-by"> {put(texts.contactBy, { name: by })}</span>}
    </span>
  );
};

export const Countdown = ({ iso, label }: { readonly iso: string; readonly label: string }) => {
  const { texts } = useWords();
  const left = useTicking((nowMs) => countdownOf(iso, nowMs));
  return (
    <span class="countdown" role="timer" aria-live="off">
      <span class="label">{label}</span> <b>{left ?? texts.due}</b>
    </span>
  );
};
