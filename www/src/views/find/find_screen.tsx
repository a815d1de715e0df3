/* Finding something by what one knows of it: a field, and the rows of what was found, in pages. */
import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Button } from '../../design/button';
import { Empty } from '../../design/empty';
import { Field } from '../../design/field';
import type { IconName } from '../../design/icons';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import type { Route } from '../../platform/router';
import { useAction } from '../action';
import './find.css';

export interface Found<Thing> {
  things: readonly Thing[];
  more: boolean;
}

export interface FindScreenProps<Thing> {
  title: string;
  above: Route;
  label: string;
  icon: IconName;
  start: { title: string; text: string };
  none: { title: string; text: string };
  count: (count: number) => string;
  more?: string;
  /* The first page, or the one behind a thing. */
  search: (query: string, behind?: Thing) => Promise<Found<Thing>>;
  row: (thing: Thing) => ComponentChildren;
  children?: ComponentChildren;
}

export function FindScreen<Thing extends { id: number }>(props: FindScreenProps<Thing>) {
  const action = useAction();
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState('');
  const [page, setPage] = useState<Found<Thing> | null>(null);
  const things = page?.things;
  const search = async (): Promise<void> => {
    setAsked(query.trim());
    setPage(await props.search(query.trim()));
  };
  const goOn = async (): Promise<void> => {
    const known = things ?? [];
    const next = await props.search(asked, known.at(-1));
    setPage({ things: [...known, ...next.things], more: next.more });
  };
  return (
    <Screen title={props.title} above={props.above}>
      <form
        class="find"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim() !== '') void action.run(search);
        }}
      >
        <Field
          label={props.label}
          type="search"
          value={query}
          onInput={setQuery}
          autoFocus
          maxLength={64}
          spellcheck={false}
          error={action.problem?.text}
        />
        <Button type="submit" kind="primary" icon="search" busy={action.busy}>
          {t(action.busy ? 'find.busy' : 'find.submit')}
        </Button>
      </form>
      <p class="visually-hidden" role="status">
        {things && props.count(things.length)}
      </p>
      {!things && <Empty icon="search" {...props.start} />}
      {things?.length === 0 && <Empty icon={props.icon} {...props.none} />}
      {things && things.length > 0 && (
        <ul class="rows" aria-label={t('find.results')}>
          {things.map((thing) => (
            <li key={thing.id}>{props.row(thing)}</li>
          ))}
        </ul>
      )}
      {page?.more && (
        <Button busy={action.busy} onClick={() => void action.run(goOn)}>
          {props.more}
        </Button>
      )}
      {props.children}
    </Screen>
  );
}
