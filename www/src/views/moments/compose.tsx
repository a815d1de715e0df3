/* A new post.  What is written and chosen stays when one looks elsewhere. */
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../design/button';
import { Screen } from '../../design/screen';
import { t } from '../../i18n';
import { replace, route } from '../../platform/router';
import { isComplete } from '../../store/composition';
import { useAction } from '../action';
import { useUser } from '../session';
import { AudiencePicker } from './audience_picker';
import { Pieces } from './pieces';
import { usePieces } from './use_pieces';
import '../me/profile.css';
import './compose.css';

const MOST = 2000;

export function Compose() {
  const { composition } = useUser().moments;
  const action = useAction();
  const choice = usePieces();
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, []);
  const busy = composition.publishing.value;
  const audience = composition.audience.value;
  const something = composition.text.value.trim() !== '' || composition.pieces.value.length > 0;
  const ready = something && isComplete(audience);
  const publish = async (): Promise<void> => {
    // What was refused says so beside itself.
    if ((await composition.publish()) && route.peek().screen === 'moments_new')
      replace({ screen: 'moments' });
  };
  return (
    <Screen title={t('moments.new')} above={{ screen: 'moments' }}>
      <form
        class="form compose"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void action.run(publish);
        }}
        onPaste={(event) => {
          // Some programs copy a picture of the text along with the text.
          if (event.clipboardData?.types.includes('text/plain')) return;
          if (choice.take(event.clipboardData?.files)) event.preventDefault();
        }}
        onDragOver={(event) => {
          if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
        }}
        onDrop={(event) => {
          if (choice.take(event.dataTransfer?.files)) event.preventDefault();
        }}
      >
        <textarea
          ref={input}
          class="compose__text"
          rows={5}
          maxLength={MOST}
          aria-label={t('compose.text')}
          placeholder={t('compose.text')}
          value={composition.text.value}
          onInput={({ currentTarget }) => {
            composition.text.value = currentTarget.value;
          }}
        />
        <Pieces choice={choice} />
        <AudiencePicker
          chosen={audience}
          onChange={(next) => {
            composition.audience.value = next;
          }}
        />
        {action.problem && (
          <p class="field__error" role="alert">
            {action.problem.text}
          </p>
        )}
        <div class="form__end">
          <Button type="submit" kind="primary" busy={busy} disabled={!ready}>
            {t(busy ? 'compose.busy' : 'compose.submit')}
          </Button>
        </div>
      </form>
    </Screen>
  );
}
