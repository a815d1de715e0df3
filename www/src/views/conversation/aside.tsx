/* What stands beside a conversation, or instead of it where there is no room. */
import type { ComponentChildren } from 'preact';
import { IconButton } from '../../design/button';
import { BackButton } from '../../design/screen';
import { t } from '../../i18n';
import { go } from '../../platform/router';

interface AsideProps {
  conversation: number;
  title: string;
  deep?: boolean; // behind the first page of it
  children: ComponentChildren;
}

export function Aside({ conversation: id, title, deep = false, children }: AsideProps) {
  return (
    <section class={`about ${deep ? 'about--deep' : ''}`} aria-label={title}>
      <header class="pane-head">
        <BackButton above={{ screen: deep ? 'about' : 'conversation', id }} />
        <h1 class="pane-head__title">{title}</h1>
        <IconButton
          icon="close"
          name={t('common.close')}
          class="about__close"
          onClick={() => {
            go({ screen: 'conversation', id });
          }}
        />
      </header>
      <div class="about__body scroll">{children}</div>
    </section>
  );
}
