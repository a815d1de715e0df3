/* What was chosen to be sent: looked at once more, taken out again, and sent. */
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { Icon } from '../../design/icons';
import { t } from '../../i18n';
import { readImage, readVideo, type Picture } from '../../platform/pictures';
import type { UserStore } from '../../store/user_store';
import { useTalk, type Talk } from '../conversation/talk';
import { kindFor } from './choose';
import { endingOf } from './file_card';
import { useObjectUrl } from './use_address';
import { sizeText } from './words';
import './tray.css';

const MOST = 20;

interface TrayProps {
  files: readonly File[];
  replyTo: number | null; // answered by the first of them
  onSent: () => void;
  onChange: (files: readonly File[]) => void;
  onMore: () => void;
  onClose: () => void;
}

export function Tray({ files, replyTo, onSent, onChange, onMore, onClose }: TrayProps) {
  const talk = useTalk();
  const problems = useProblems(talk.user, files);
  const sendable = files.slice(0, MOST).filter((file) => !problems.has(file));
  const send = (): void => {
    onClose();
    onSent();
    void talk.run(async () => {
      for (const [index, file] of sendable.entries())
        await sendFile(talk, file, index === 0 ? replyTo : null);
    });
  };
  return (
    <Dialog title={t('tray.title')} onClose={onClose}>
      <ul class="tray">
        {files.slice(0, MOST).map((file) => (
          <Chosen
            key={keyOf(file)}
            file={file}
            problem={problems.get(file) ?? null}
            onRemove={() => {
              const rest = files.filter((one) => one !== file);
              if (rest.length === 0) onClose();
              else onChange(rest);
            }}
          />
        ))}
      </ul>
      <div role="alert">
        {files.length > MOST && <p class="field__error">{t('tray.too_many', MOST)}</p>}
        {[...problems].map(([file, problem]) => (
          <p key={keyOf(file)} class="field__error">
            {problem}
          </p>
        ))}
      </div>
      <div class="dialog__actions">
        <Button onClick={onMore}>{t('tray.more')}</Button>
        <Button kind="primary" icon="send" disabled={sendable.length === 0} onClick={send}>
          {t('tray.send', sendable.length)}
        </Button>
      </div>
    </Dialog>
  );
}

const keys = new WeakMap<File, number>();
let next = 0;

function keyOf(file: File): number {
  const key = keys.get(file) ?? next++;
  keys.set(file, key);
  return key;
}

/* What the server would refuse, as far as that is known here. */
function useProblems(user: UserStore, files: readonly File[]): ReadonlyMap<File, string> {
  const [problems, setProblems] = useState<ReadonlyMap<File, string>>(new Map());
  useEffect(() => {
    let current = true;
    user.media.limits().then(
      (limits) => {
        const found = files.flatMap((file): [File, string][] => {
          const choice = kindFor(file, limits);
          if (!('problem' in choice)) return [];
          const most = sizeText(limits.purposes.file.max_size);
          const { name } = file;
          const large = choice.problem === 'too_large';
          return [[file, large ? t('tray.too_large', name, most) : t('tray.empty', name)]];
        });
        if (current) setProblems(new Map(found));
      },
      () => undefined, // it is asked for again when they are sent
    );
    return () => {
      current = false;
    };
  }, [files]);
  return problems;
}

async function sendFile(
  { user, conversation }: Talk,
  file: File,
  replyTo: number | null,
): Promise<void> {
  const choice = kindFor(file, await user.media.limits());
  if ('problem' in choice) return;
  const picture = await pictureOf(choice.kind, file);
  const kind = picture || choice.kind === 'video' ? choice.kind : 'file'; // damaged, or not known here
  const { thumbnail, preview, ...known }: Partial<Picture> = picture ?? {};
  const { placeholder } = known;
  user.history.toNewest(conversation); // where it will stand
  await user.media.send(
    conversation.id,
    { kind, body: { ...known, name: file.name, size: file.size, type: file.type } },
    { purpose: kind, name: file.name, type: null, ...(placeholder ? { placeholder } : {}) },
    { file, ...(thumbnail ? { thumbnail } : {}), ...(preview ? { preview } : {}) },
    replyTo,
  );
}

function pictureOf(kind: string, file: File): Promise<Picture | null> {
  if (kind === 'image') return readImage(file);
  return kind === 'video' ? readVideo(file) : Promise.resolve(null);
}

interface ChosenProps {
  file: File;
  problem: string | null;
  onRemove: () => void;
}

function Chosen({ file, problem, onRemove }: ChosenProps) {
  const picture = /^(image|video)\//.test(file.type);
  const address = useObjectUrl(picture ? file : undefined);
  return (
    <li class="tray__item" data-bad={problem !== null}>
      <span class="tray__picture">
        {address !== null && file.type.startsWith('image/') && <img src={address} alt="" />}
        {address !== null && file.type.startsWith('video/') && (
          <video src={address} muted playsInline preload="metadata" aria-hidden="true" />
        )}
        {!picture && (endingOf(file.name) || <Icon name="file" size={32} />)}
      </span>
      <span class="tray__name" title={file.name}>
        {file.name}
      </span>
      <span class="tray__size">{sizeText(file.size)}</span>
      <IconButton
        icon="close"
        size={16}
        name={t('tray.remove', file.name)}
        class="tray__remove"
        onClick={onRemove}
      />
    </li>
  );
}
