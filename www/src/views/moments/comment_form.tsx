/* Saying something to a post, or to what somebody said: where one reads it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Comment, Post } from '../../api/moments';
import { Button } from '../../design/button';
import { t } from '../../i18n';
import { useAction } from '../action';
import { useUser } from '../session';

const MOST = 1000;

interface CommentFormProps {
  post: Post;
  answered: Comment | null;
  onClose: () => void;
}

export function CommentForm({ post, answered, onClose }: CommentFormProps) {
  const user = useUser();
  const action = useAction();
  const [text, setText] = useState('');
  const key = useRef(user.moments.newKey()); // the same for another try
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, []);
  const whom = answered?.author;
  const label = whom ? t('post.answer.to', user.nameOf(whom)) : t('post.comment');
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    const say = () => user.moments.comment(post.id, key.current, text.trim(), answered?.id ?? null);
    if (await action.run(say)) onClose();
  };
  return (
    <form
      class="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <textarea
        ref={input}
        class="comment-form__input"
        rows={1}
        maxLength={MOST}
        aria-label={label}
        placeholder={label}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <Button type="submit" kind="primary" busy={action.busy} disabled={text.trim() === ''}>
        {t('post.comment.send')}
      </Button>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
    </form>
  );
}
