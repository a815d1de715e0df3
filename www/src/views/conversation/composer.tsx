/* Where a text is written.  Enter sends, Shift+Enter begins a line; while an input method composes,
 * every key is its own. */
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../../design/button';
import { t } from '../../i18n';
import { useUser } from '../session';
import { EmojiPicker } from './emoji_picker';
import { MentionPicker, optionId } from './mention_picker';
import { useMention } from './use_mention';
import './composer.css';

const MOST = 8000; // characters, as the server counts: code points
const WARN_FROM = 7500;
const KEY_OF_INPUT_METHOD = 229;

interface ComposerProps {
  conversation: number;
  name: string;
  initial: string;
  about: number | null; // the message that it is about: the text gets the focus with it
  editing?: boolean; // that message's own text
  head: ComponentChildren;
  attach?: ComponentChildren; // the way to what is no text
  voice?: ComponentChildren; // in the place of a text
  stickers?: (onDone: () => void) => ComponentChildren; // beside the emoji
  suggest?: (text: string, onTaken: () => void) => ComponentChildren;
  onWrite: (text: string) => void;
  /* false: it was not taken, and stays. */
  onSubmit: (text: string, mentions: readonly number[]) => boolean | Promise<boolean>;
  onCancel: (() => void) | null;
  onUp?: () => void; // ArrowUp, with nothing written
}

export function Composer(props: ComposerProps) {
  const { conversation, name, about, editing = false } = props;
  const user = useUser();
  const [text, setText] = useState(props.initial);
  const [busy, setBusy] = useState(false);
  const [picking, setPicking] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const picker = useId();
  const length = text.length > WARN_FROM / 2 ? [...text].length : text.length;
  const ready = text.trim() !== '' && length <= MOST && !busy;

  useEffect(() => {
    // Another device went on with it.  By the time of this, more may have been typed here.
    if (!editing) setText(user.drafts.get(conversation));
  }, [props.initial]);

  useLayoutEffect(() => {
    if (!input.current) return;
    fit(input.current);
    if (caret.current !== null) input.current.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);
  useEffect(() => {
    // On a touch screen focus would bring the keyboard up over what one came to read.
    if (about === null && !matchMedia('(pointer: fine)').matches) return;
    input.current?.focus();
    if (editing) input.current?.setSelectionRange(text.length, text.length);
  }, [about]);

  const write = (next: string): void => {
    setText(next);
    props.onWrite(next);
    if (next !== '') user.typing.wrote(conversation);
  };
  const mention = useMention({
    user,
    conversation,
    input,
    onComplete: (next, at) => {
      caret.current = at;
      write(next);
      input.current?.focus();
    },
  });
  const send = async (): Promise<void> => {
    if (!ready) return;
    const answer = props.onSubmit(text.trim(), mention.namedIn(text));
    setBusy(true);
    const taken = await answer;
    setBusy(false);
    if (!taken) return;
    if (!editing) write('');
    setPicking(false);
    input.current?.focus();
  };
  const pressed = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    const composing = event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD;
    if (composing || mention.pressed(event)) return;
    if (event.key === 'Escape' && props.onCancel) props.onCancel();
    else if (event.key === 'ArrowUp' && text === '' && props.onUp) props.onUp();
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else return;
    event.preventDefault();
  };
  const insert = (emoji: string): void => {
    const { selectionStart: start, selectionEnd: end } = input.current ?? {
      selectionStart: text.length,
      selectionEnd: text.length,
    };
    caret.current = start + emoji.length;
    write(text.slice(0, start) + emoji + text.slice(end));
  };
  const closePicker = (): void => {
    setPicking(false);
    input.current?.focus();
  };

  const choosing = mention.options.length > 0;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {props.head}
      {choosing && <MentionPicker mention={mention} />}
      {props.suggest?.(text, () => {
        write('');
        input.current?.focus();
      })}
      {picking && (
        <EmojiPicker
          id={picker}
          stickers={props.stickers?.(closePicker)}
          onChoose={insert}
          onClose={closePicker}
        />
      )}
      <div class="composer__box">
        {props.attach}
        <IconButton
          icon="smile"
          name={t('composer.emoji')}
          expanded={picking}
          controls={picker}
          class="composer__emoji"
          onClick={() => {
            setPicking(!picking);
          }}
        />
        <textarea
          ref={input}
          class="composer__input"
          rows={1}
          value={text}
          aria-label={t('composer.label', name)}
          placeholder={t('composer.placeholder')}
          enterkeyhint="send"
          dir="auto"
          aria-autocomplete="list"
          aria-controls={choosing ? mention.id : undefined}
          aria-activedescendant={choosing ? optionId(mention.id, mention.active) : undefined}
          onInput={(event) => {
            write(event.currentTarget.value);
            mention.look();
          }}
          onClick={mention.look}
          onBlur={mention.close}
          onKeyDown={pressed}
        />
        {text.trim() === '' && props.voice}
        <IconButton
          icon={editing ? 'check' : 'send'}
          name={t(editing ? 'common.save' : 'composer.send')}
          type="submit"
          disabled={!ready}
          class="composer__send"
        />
      </div>
      <p class="composer__length" role="status" data-over={length > MOST}>
        {length > MOST
          ? t('composer.too_long', length - MOST)
          : length >= WARN_FROM
            ? t('composer.left', MOST - length)
            : ''}
      </p>
    </form>
  );
}

/* As high as its text, up to a limit of the style sheet. */
function fit(input: HTMLTextAreaElement): void {
  input.style.blockSize = 'auto';
  // Behind another pane of a phone it has no height, and would keep none.
  if (input.scrollHeight > 0) input.style.blockSize = `${input.scrollHeight}px`;
}
