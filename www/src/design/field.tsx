/* A labelled input with its hint and what is wrong with it, all tied together for those who hear it. */
import type { ComponentChildren, TargetedEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { IconButton } from './button';
import './field.css';

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string | undefined;
  error?: string | null | undefined;
  type?: 'text' | 'password' | 'search' | 'date';
  max?: string; // of a date
  autoComplete?: string;
  autoFocus?: boolean;
  required?: boolean;
  maxLength?: number;
  rows?: number; // more than one line
  name?: string;
  spellcheck?: boolean;
  optional?: boolean;
}

export function Field(props: FieldProps) {
  const { label, hint, error, type = 'text', rows, optional, autoFocus = false } = props;
  const id = useId();
  const [shown, setShown] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The attribute only works while a page loads.
    if (autoFocus) box.current?.querySelector<HTMLElement>('.field__input')?.focus();
  }, [autoFocus]);
  const described =
    [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  const shared = {
    id,
    name: props.name,
    value: props.value,
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      props.onInput(event.currentTarget.value);
    },
    autoComplete: props.autoComplete ?? 'off',
    required: props.required,
    maxLength: props.maxLength,
    max: props.max,
    spellcheck: props.spellcheck,
    'aria-invalid': Boolean(error),
    'aria-describedby': described,
    class: 'field__input',
  };
  return (
    <div class={`field ${error ? 'field--wrong' : ''}`}>
      <label class="field__label" for={id}>
        {label}
        {optional && <span class="field__optional"> · {t('common.optional')}</span>}
      </label>
      <div ref={box} class="field__box">
        {rows ? (
          <textarea {...shared} rows={rows} />
        ) : (
          <input
            {...shared}
            type={(type === 'password' && shown ? 'text' : type) as 'text'}
            autocapitalize="off"
          />
        )}
        {type === 'password' && (
          <IconButton
            icon={shown ? 'eyeOff' : 'eye'}
            size={20}
            pressed={shown}
            name={t(shown ? 'password.hide' : 'password.show')}
            onClick={() => {
              setShown(!shown);
            }}
          />
        )}
      </div>
      {hint && !error && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  name: string;
  value: T;
  options: readonly (readonly [T, ComponentChildren])[];
  onChange: (value: T) => void;
}

/* One of a few. */
export function Choice<T extends string>({
  legend,
  name,
  value,
  options,
  onChange,
}: ChoiceProps<T>) {
  return (
    <fieldset class="choice">
      <legend class="field__label">{legend}</legend>
      <div class="choice__options">
        {options.map(([option, label]) => (
          <label key={option} class="choice__option">
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => {
                onChange(option);
              }}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
