import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { pageSetupTexts, type PageSetupTexts } from '../../messages/page-setup-texts.ts';
import { useMay } from '../data/session.ts';
import { usePage } from '../data/store.ts';
import { type SetupSection, setupHref, setupSections } from '../logic/route.ts';
import { useWords } from '../parts/words.tsx';
import { CampaignSection } from './campaign-section.tsx';
import { ChannelsSection } from './channels-section.tsx';
import { ImportSection } from './import-section.tsx';
import { PoliciesSection } from './policies-section.tsx';
import { StartSection } from './start-section.tsx';
import './setup.css';

/** Sections are drawn below the heading that this frame gives them. */
const views: { readonly [section in SetupSection]: ComponentType } = {
  start: StartSection,
  campaign: CampaignSection,
  import: ImportSection,
  policies: PoliciesSection,
  channels: ChannelsSection,
};

/** The room for setting up: one section at a time, for whoever may. */
export const SetupView = ({ section }: { readonly section: SetupSection }) => {
  const { texts } = useWords();
  const words = pageSetupTexts[texts.htmlLang === 'en' ? 'en' : 'zh-CN'];
  const isKnown = usePage('session') !== null;
  const may = useMay('seeSetUp');
  const mayChange = useMay('setUp');
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollTo({ top: 0 }), [section]);
  const Section = views[section];
  return (
    <section class="setup" id="setup" ref={place} aria-label={words.title} tabIndex={-1}>
      {isKnown && !may ? (
        <p class="setup-refused">
          {words.refused}{' '}
          <a class="quiet-button" href="#/">
            {words.backToWall}
          </a>
        </p>
      ) : (
        <>
          <SectionLinks section={section} words={words} />
          <div class="setup-body">
            <h2>{words.sections[section]}</h2>
            {may && !mayChange && <p class="setup-lead">{words.readOnly}</p>}
            {may && <Section />}
          </div>
        </>
      )}
    </section>
  );
};

const SectionLinks = ({ section, words }: { readonly section: SetupSection; readonly words: PageSetupTexts }) => (
  <nav class="setup-nav" aria-label={words.nav}>
    {setupSections.map((each) => (
      <a key={each} href={setupHref(each)} aria-current={each === section ? 'page' : undefined}>
        {words.sections[each]}
      </a>
    ))}
  </nav>
);
