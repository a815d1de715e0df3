/* The way from a picture on this device to a sticker.  What may move is taken as it is: cutting would
 * stop it. */
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { useAction } from '../action';
import { CropDialog } from '../media/crop_dialog';
import { useUser } from '../session';

export function MakeSticker() {
  const { media } = useUser();
  const { stickers } = media;
  const action = useAction();
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const take = async (whole: File): Promise<void> => {
    const declared = { purpose: 'sticker', name: null, type: whole.type } as const;
    const made = await media.upload(whole, declared, new AbortController().signal);
    await stickers.make(made.id);
  };
  return (
    <>
      <button
        type="button"
        class="sticker-choice sticker-choice--make"
        aria-label={t('stickers.make')}
        title={t('stickers.make')}
        disabled={action.busy}
        onClick={() => {
          input.current?.click();
        }}
      >
        <Icon name="plus" size={28} />
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('stickers.make')}
        data-way="sticker"
        onChange={({ currentTarget }) => {
          const [chosen = null] = currentTarget.files ?? [];
          currentTarget.value = ''; // the same one may be chosen again
          if (chosen?.type === 'image/gif') void action.run(() => take(chosen));
          else setFile(chosen);
        }}
      />
      {action.problem && (
        <p class="sticker-table__problem" role="alert">
          {action.problem.text}
        </p>
      )}
      {file && (
        <CropDialog
          file={file}
          purpose="sticker"
          title={t('stickers.crop')}
          onDone={async (made) => {
            await stickers.make(made);
            setFile(null);
          }}
          onClose={() => {
            setFile(null);
          }}
        />
      )}
    </>
  );
}
