/* Showing a post to fewer people: from what it is for now, only what is narrower can be chosen. */
import { useEffect, useState } from 'preact/hooks';
import type { AudienceKind, Post } from '../../api/moments';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Waiting } from '../../design/empty';
import { t } from '../../i18n';
import { audienceOf, isComplete, type Chosen } from '../../store/composition';
import { useAction } from '../action';
import { useUser } from '../session';
import { AudiencePicker } from './audience_picker';

const NARROWER: Record<AudienceKind, readonly AudienceKind[]> = {
  friends: ['except', 'only', 'private'],
  except: ['except', 'only', 'private'],
  only: ['only', 'private'],
  private: ['private'],
};

function startOf({ audience, user_ids, tags }: Post): Chosen {
  const kind = audience === 'friends' || audience === null ? 'private' : audience;
  return { kind, people: new Set(user_ids), tags: new Set(tags) };
}

export function NarrowDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const { moments } = useUser();
  const loading = useAction();
  useEffect(() => {
    void loading.run(() => moments.load(post.id));
  }, []);
  return (
    <Dialog title={t('post.narrow')} onClose={onClose}>
      <p>{t('post.narrow.text')}</p>
      {post.user_ids ? (
        <Form post={post} onClose={onClose} />
      ) : (
        <>
          {loading.problem ? (
            <p class="field__error" role="alert">
              {loading.problem.text}
            </p>
          ) : (
            <Waiting label={t('common.loading')} />
          )}
        </>
      )}
    </Dialog>
  );
}

function Form({ post, onClose }: { post: Post; onClose: () => void }) {
  const { moments } = useUser();
  const action = useAction();
  const [chosen, setChosen] = useState(() => startOf(post));
  const save = async (): Promise<void> => {
    if (await action.run(() => moments.narrow(post.id, audienceOf(chosen)))) onClose();
  };
  return (
    <>
      <AudiencePicker
        chosen={chosen}
        kinds={NARROWER[post.audience ?? 'private']}
        onChange={setChosen}
      />
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.field === 'audience' ? t('post.narrow.wider') : action.problem.text}
        </p>
      )}
      <div class="dialog__actions">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          kind="primary"
          busy={action.busy}
          disabled={!isComplete(chosen)}
          onClick={() => void save()}
        >
          {t('common.save')}
        </Button>
      </div>
    </>
  );
}
