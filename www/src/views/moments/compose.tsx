/* A new post. */
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Field } from '../../design/field';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { replace } from '../../platform/router';
import { useAction } from '../action';
import { useUser } from '../session';
import { AudiencePicker, audienceOf, isComplete, TO_FRIENDS, type Chosen } from './audience_picker';
import '../me/profile.css';
import './moments.css';

const MOST = 2000;

export function Compose() {
  const { moments } = useUser();
  const action = useAction();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Chosen>(TO_FRIENDS);
  const key = useRef(moments.newKey()); // the same for another try
  const ready = text.trim() !== '' && isComplete(chosen);
  const publish = async (): Promise<void> => {
    await moments.publish(key.current, text.trim(), audienceOf(chosen));
    replace({ screen: 'moments' });
  };
  return (
    <Screen title={t('moments.new')} above={{ screen: 'moments' }}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void action.run(publish);
        }}
      >
        <Field
          label={t('compose.text')}
          name="text"
          value={text}
          onInput={setText}
          rows={6}
          maxLength={MOST}
          autoFocus
          spellcheck
        />
        <AudiencePicker chosen={chosen} onChange={setChosen} />
        {action.problem && (
          <p class="field__error" role="alert">
            {action.problem.text}
          </p>
        )}
        <div class="form__end">
          <Button type="submit" kind="primary" busy={action.busy} disabled={!ready}>
            {t(action.busy ? 'compose.busy' : 'compose.submit')}
          </Button>
        </div>
      </form>
    </Screen>
  );
}
