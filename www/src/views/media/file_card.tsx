/* A file in its bubble: what it is, how large, and the way to have it. */
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { isUnderWay, useOwnFile, type EnclosedProps } from './enclosed_view';
import { Progress } from './progress';
import { useObjectUrl, useWhereabouts } from './use_address';
import { nameOf, sizeText } from './words';
import './file_card.css';

export function FileCard(props: EnclosedProps) {
  const { enclosed, entry, active } = props;
  const { body } = enclosed;
  const file = useOwnFile(props);
  const local = useObjectUrl(file);
  const known = useWhereabouts(file ? undefined : body.media_id);
  const name = nameOf(body);
  const address = local ?? known?.url;
  return (
    <div class="file-card">
      {entry && isUnderWay(props) ? (
        <Progress entry={entry} />
      ) : (
        <span class="file-card__icon" aria-hidden="true">
          {endingOf(name) || <Icon name="file" size={26} />}
        </span>
      )}
      <span class="file-card__name" dir="auto" title={name}>
        <Shortened name={name} />
      </span>
      <span class="file-card__size">
        {known === null ? t('media.gone') : sizeText(body.size ?? 0)}
      </span>
      {address !== undefined && !entry && (
        <a
          class="icon-button file-card__download"
          href={address}
          download={name}
          tabIndex={active ? 0 : -1}
          aria-label={t('media.download', name)}
          title={t('media.download', name)}
        >
          <Icon name="download" size={20} />
        </a>
      )}
    </div>
  );
}

/* Its end, which says what it is, stays in sight. */
function Shortened({ name }: { name: string }) {
  const end = Math.max(0, name.length - 8);
  return (
    <>
      <span class="file-card__start">{name.slice(0, end)}</span>
      <span>{name.slice(end)}</span>
    </>
  );
}

export function endingOf(name: string): string {
  return (/\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1] ?? '').toUpperCase();
}
