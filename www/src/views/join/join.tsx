/* An invitation link that was followed by somebody who is logged in. */
import { Button } from '../../design/button';
import { Empty, Waiting } from '../../design/empty';
import { Link } from '../../design/link';
import { Screen } from '../../design/screen';
import { errorText, t } from '../../i18n';
import { replace } from '../../platform/router';
import { useAction } from '../action';
import { GroupCard, OpenChat } from '../groups/group_card';
import { useUser } from '../session';
import { useLink } from './use_link';

export function Join({ token }: { token: string }) {
  const user = useUser();
  const action = useAction();
  const { target, failure } = useLink(token, (link) => user.joining.preview(link));
  const join = async (): Promise<void> => {
    const id = await user.joining.join(token);
    replace({ screen: 'conversation', id });
  };
  return (
    <Screen title={t('join.link.title')} above={{ screen: 'chats' }}>
      {!target && !failure && <Waiting label={t('common.loading')} />}
      {failure && (
        <Empty icon="link" title={t('join.link.ended.title')} text={errorText(failure)} />
      )}
      {target && (
        <GroupCard group={target.group}>
          {target.member ? (
            <>
              <p class="standing">{t('join.link.member')}</p>
              <OpenChat id={target.group.id} />
            </>
          ) : (
            <>
              <Link to={{ screen: 'chats' }} open={replace} class="button button--quiet">
                {t('join.link.not_now')}
              </Link>
              <Button
                kind="primary"
                icon="groupAdd"
                busy={action.busy}
                onClick={() => {
                  void action.run(join);
                }}
              >
                {t('join.submit')}
              </Button>
            </>
          )}
        </GroupCard>
      )}
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </Screen>
  );
}
