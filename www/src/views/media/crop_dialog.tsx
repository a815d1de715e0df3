/* The square piece of a picture that becomes an avatar or a sticker: moved and enlarged by mouse, fingers or
 * keys, cut out here, and sent. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button';
import { Dialog } from '../../design/dialog';
import { t } from '../../i18n';
import { cutSquare, readAsImage, scaledDown } from '../../platform/cropping';
import { useAction } from '../action';
import { useUser } from '../session';
import { useObjectUrl } from './use_address';
import { CLOSEST, kept, moved, WHOLE, zoomed, type Point, type Pose } from './zoom';
import './crop_dialog.css';

const SIDE = 256; // of the square on the screen
const SIZES = { avatar: 640, sticker: 512 };
const STEP = 12;
const STAGE = { width: SIDE, height: SIDE };
const MIDDLE = { x: 0, y: 0 };

interface CropDialogProps {
  file: File;
  purpose: keyof typeof SIZES;
  title: string;
  onDone: (media: number) => void | Promise<void>; // it is saved when that is done
  onClose: () => void;
}

export function CropDialog({ file, purpose, title, onDone, onClose }: CropDialogProps) {
  const { media } = useUser();
  const action = useAction();
  const abort = useRef(new AbortController());
  const [image, setImage] = useState<ImageBitmap | null | undefined>(undefined);
  const [pose, setPose] = useState<Pose>(WHOLE);
  const address = useObjectUrl(file);
  useEffect(() => {
    void readAsImage(file).then(setImage);
    return () => {
      abort.current.abort();
    };
  }, [file]);
  const { width = SIDE, height = SIDE } = image ?? {};
  const cover = SIDE / Math.min(width, height);
  const shown = { width: width * cover, height: height * cover };
  const set = (next: Pose): void => {
    setPose(kept(next, shown, STAGE));
  };
  const save = async (): Promise<void> => {
    if (!image) return;
    const square = cutSquare(image, {
      side: SIDE / (cover * pose.scale),
      x: width / 2 - pose.x / (cover * pose.scale),
      y: height / 2 - pose.y / (cover * pose.scale),
    });
    const [picture, thumbnail] = [
      await scaledDown(square, SIZES[purpose]),
      await scaledDown(square, 320),
    ];
    const declared = { purpose, name: null, type: picture.type } as const;
    const made = await media.upload(picture, declared, abort.current.signal);
    await media.supply(made, 'thumbnail', thumbnail);
    await onDone(made.id);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {image === null ? (
        <p role="alert">{t('crop.unreadable')}</p>
      ) : (
        <CropStage pose={pose} onPose={set}>
          {address !== null && (
            <img
              class="crop__image"
              src={address}
              alt=""
              draggable={false}
              style={{
                inlineSize: `${shown.width}px`,
                blockSize: `${shown.height}px`,
                transform: `translate(${pose.x}px, ${pose.y}px) scale(${pose.scale})`,
              }}
            />
          )}
        </CropStage>
      )}
      <label class="crop__zoom">
        <span>{t('crop.zoom')}</span>
        <input
          type="range"
          min={1}
          max={CLOSEST}
          step={0.05}
          value={pose.scale}
          onInput={({ currentTarget }) => {
            set(zoomed(pose, Number(currentTarget.value) / pose.scale, MIDDLE));
          }}
        />
      </label>
      {action.problem && (
        <p class="field__error" role="alert">
          {action.problem.text}
        </p>
      )}
      <div class="dialog__actions">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          kind="primary"
          busy={action.busy}
          disabled={!image}
          onClick={() => void action.run(save)}
        >
          {t('crop.use')}
        </Button>
      </div>
    </Dialog>
  );
}

interface CropStageProps {
  pose: Pose;
  onPose: (pose: Pose) => void;
  children: ComponentChildren;
}

function CropStage({ pose, onPose, children }: CropStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const fingers = useRef(new Map<number, Point>());
  const now = useRef({ pose, onPose });
  now.current = { pose, onPose };
  useEffect(() => {
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      now.current.onPose(zoomed(now.current.pose, Math.exp(-event.deltaY * 0.002), MIDDLE));
    };
    stage.current?.addEventListener('wheel', wheel, { passive: false });
  }, []);
  const lift = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
  };
  return (
    <div
      ref={stage}
      class="crop"
      role="application"
      tabIndex={0}
      aria-label={t('crop.stage')}
      onKeyDown={(event) => {
        const by = MOVES[event.key];
        if (!by) return;
        event.preventDefault();
        onPose(moved(pose, by));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      }}
      onPointerMove={(event) => {
        const before = fingers.current.get(event.pointerId);
        if (!before) return;
        const at = { x: event.clientX, y: event.clientY };
        const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
        fingers.current.set(event.pointerId, at);
        if (!other) return onPose(moved(pose, { x: at.x - before.x, y: at.y - before.y }));
        const far = (point: Point): number => Math.hypot(point.x - other.x, point.y - other.y);
        onPose(zoomed(pose, far(at) / Math.max(1, far(before)), MIDDLE));
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
    >
      {children}
      <span class="crop__frame" aria-hidden="true" />
    </div>
  );
}

const MOVES: Record<string, Point> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};
