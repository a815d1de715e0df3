/* The head of a pane: where one is, the way back, and what can be done here. */
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { back, type Route } from '../platform/router';
import { IconButton } from './button';
import './screen.css';

interface PaneHeadProps {
  title: string;
  above?: Route; // a way back, where panes are shown one at a time
  children?: ComponentChildren;
}

export function PaneHead({ title, above, children }: PaneHeadProps) {
  return (
    <header class="pane-head">
      {above && <BackButton above={above} />}
      <h1 class="pane-head__title">{title}</h1>
      {children}
    </header>
  );
}

export function BackButton({ above }: { above: Route }) {
  return (
    <IconButton
      icon="back"
      name={t('nav.back')}
      class="back-button"
      onClick={() => {
        back(above);
      }}
    />
  );
}

/* A screen in the main pane: its head, and a column of readable width. */
export function Screen({
  title,
  above,
  children,
}: {
  title: string;
  above: Route;
  children: ComponentChildren;
}) {
  return (
    <>
      <PaneHead title={title} above={above} />
      <div class="screen scroll">
        <div class="screen__column">{children}</div>
      </div>
    </>
  );
}
