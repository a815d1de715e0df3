/* Whom a post of mine is for; nothing where it is for all friends. */
import type { Post } from '../../api/moments';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';

export function AudienceMark({ post: { audience } }: { post: Post }) {
  if (audience === null || audience === 'friends') return null;
  return (
    <span class="post__audience">
      <Icon name={audience === 'private' ? 'lock' : 'group'} size={14} />
      {t(`audience.${audience}`)}
    </span>
  );
}
