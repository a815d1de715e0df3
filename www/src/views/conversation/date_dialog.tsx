/* Asks for a day, and goes to what was said first from then on. */
import { useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Field } from '../../design/field';
import { t } from '../../i18n';
import { isoDay } from '../../i18n/format';
import { useAction } from '../action';
import { useTalk } from './talk';

export function DateQuestion() {
  const time = useTalk().asked.value;
  return time === null ? null : <DateDialog time={time} />;
}

function DateDialog({ time }: { time: number }) {
  const talk = useTalk();
  const action = useAction();
  const [day, setDay] = useState(isoDay(time));
  const close = (): void => {
    talk.asked.value = null;
  };
  const start = Date.parse(`${day}T00:00`); // as it begins here
  const go = async (): Promise<void> => {
    const seq = await talk.user.history.firstSince(talk.conversation, start);
    close();
    if (seq !== null) await talk.jump(seq);
  };
  return (
    <Dialog title={t('date.title')} onClose={close}>
      <form
        class="ask"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(go);
        }}
      >
        <Field
          label={t('date.label')}
          type="date"
          value={day}
          max={isoDay(Date.now())}
          onInput={setDay}
          required
          autoFocus
          error={action.problem?.text}
        />
        <div class="dialog__actions">
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" busy={action.busy} disabled={Number.isNaN(start)}>
            {t('date.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
