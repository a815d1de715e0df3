/* The way to a picture of one's own as an avatar. */
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { t } from '../../i18n';
import { CropDialog } from './crop_dialog';

export function AvatarPicker({ onPick }: { onPick: (avatar: string) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        icon="camera"
        class="avatar-choice__picture"
        onClick={() => {
          input.current?.click();
        }}
      >
        {t('crop.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('crop.choose')}
        data-way="avatar"
        onChange={({ currentTarget }) => {
          setFile(currentTarget.files?.[0] ?? null);
          currentTarget.value = ''; // the same one may be chosen again
        }}
      />
      {file && (
        <CropDialog
          file={file}
          purpose="avatar"
          title={t('crop.title')}
          onDone={(media) => {
            setFile(null);
            onPick(`media:${media}`);
          }}
          onClose={() => {
            setFile(null);
          }}
        />
      )}
    </>
  );
}
