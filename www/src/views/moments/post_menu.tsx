/* What else one can do with a post. */
import { useState } from 'preact/hooks';
import type { Post } from '../../api/moments';
import { Menu, MenuButton } from '../../design/menu';
import { Overlay, type Place } from '../../design/overlay';
import { moveFocus } from '../../design/roving';
import { t } from '../../i18n';
import { back, route } from '../../platform/router';
import { useAction } from '../action';
import { Confirm } from '../confirm';
import { useUser } from '../session';
import { NarrowDialog } from './narrow_dialog';
import { ReportDialog } from './report_dialog';

interface PostMenuProps {
  post: Post;
  at: Place;
  onClose: () => void;
}

type Question = 'narrow' | 'delete' | 'report';

export function PostMenu({ post, at, onClose }: PostMenuProps) {
  const { moments } = useUser();
  const [asked, setAsked] = useState<Question | null>(null);
  if (asked === 'narrow') return <NarrowDialog post={post} onClose={onClose} />;
  if (asked === 'report') return <ReportDialog post={post} onClose={onClose} />;
  if (asked === 'delete')
    return (
      <Confirm
        title={t('post.delete.title')}
        text={t('post.delete.text')}
        submit={t('post.delete')}
        onConfirm={async () => {
          await moments.remove(post.id);
          if (route.peek().screen === 'post') back({ screen: 'moments' });
        }}
        onClose={onClose}
      />
    );
  return (
    <Overlay label={t('post.menu')} at={at} onClose={onClose}>
      <Lines post={post} onAsk={setAsked} onClose={onClose} />
    </Overlay>
  );
}

interface LinesProps {
  post: Post;
  onAsk: (question: Question) => void;
  onClose: () => void;
}

function Lines({ post, onAsk, onClose }: LinesProps) {
  const user = useUser();
  const action = useAction();
  const mine = post.author.id === user.id;
  const mute = (): void => {
    void action
      .run(() => user.moments.mute(post.id, !post.muted))
      .then((done) => {
        if (done) onClose();
      });
  };
  const ask = (question: Question) => () => {
    onAsk(question);
  };
  return (
    <div
      class="conversation-menu"
      onKeyDown={(event) => {
        moveFocus(event, '.menu__line');
      }}
    >
      <Menu label={t('post.menu')}>
        <MenuButton icon={post.muted ? 'bell' : 'bellOff'} onClick={mute}>
          {t(post.muted ? 'post.unmute' : 'post.mute')}
        </MenuButton>
        {mine && post.audience !== 'private' && (
          <MenuButton icon="group" onClick={ask('narrow')}>
            {t('post.narrow')}
          </MenuButton>
        )}
        {mine ? (
          <MenuButton icon="trash" danger onClick={ask('delete')}>
            {t('post.delete')}
          </MenuButton>
        ) : (
          <MenuButton icon="flag" danger onClick={ask('report')}>
            {t('post.report')}
          </MenuButton>
        )}
      </Menu>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </div>
  );
}
