/* An invitation link that was followed by somebody who is not logged in: where it leads, and what
 * to do first. */
import { Waiting } from '../../design/empty';
import { Link } from '../../design/link';
import { errorText, t } from '../../i18n';
import { GroupAvatar } from '../groups/group_avatar';
import { Entrance } from '../login/entrance';
import { useSession } from '../session';
import { useLink } from './use_link';
import '../groups/group_about.css';

export function JoinOutside({ token }: { token: string }) {
  const session = useSession();
  const { target, failure } = useLink(token, (link) => session.previewLink(link));
  return (
    <Entrance title={t(failure ? 'join.link.ended.title' : 'join.link.title')}>
      {!target && !failure && <Waiting label={t('common.loading')} />}
      {failure && (
        <p class="entrance__problem" role="alert">
          {errorText(failure)}
        </p>
      )}
      {target && (
        <section class="group-about">
          <GroupAvatar group={target.group} size="xl" />
          <h2 class="group-about__name">{target.group.name}</h2>
          <p class="group-about__more">{t('group.members', target.group.member_count)}</p>
          {target.group.description && (
            <p class="group-about__description">{target.group.description}</p>
          )}
        </section>
      )}
      <Link to={{ screen: 'login' }} class="button button--primary button--wide">
        {t(target ? 'join.link.login' : 'login.submit')}
      </Link>
      <Link to={{ screen: 'register' }} class="entrance__other">
        {t('join.link.register')}
      </Link>
    </Entrance>
  );
}
