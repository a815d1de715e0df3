/* Pictures as the browser reads them: how large they are, and smaller ones made of them for a
 * server that makes none. */
import { encode } from './blurhash';

export interface Picture {
  width: number;
  height: number;
  duration_ms?: number; // of a video
  placeholder: string;
  thumbnail?: Blob; // absent: it is small enough itself
  preview?: Blob;
}

const THUMBNAIL_PX = 320;
const PREVIEW_PX = 1280;
const MOST_BYTES = 90_000; // goes in one request everywhere
const QUALITIES = [0.82, 0.65, 0.45, 0.3];
const VIDEO_MS = 10_000;

type Source = ImageBitmap | HTMLVideoElement;

interface Sized {
  source: Source;
  width: number;
  height: number;
}

/* null: it is none that this browser can read. */
export async function readImage(file: Blob): Promise<Picture | null> {
  let source: ImageBitmap;
  try {
    source = await createImageBitmap(file);
  } catch {
    return null;
  }
  const { width, height } = source;
  const picture = await pictureOf({ source, width, height }, width);
  source.close();
  return picture;
}

export async function readVideo(file: Blob): Promise<Picture | null> {
  const source = document.createElement('video');
  const address = URL.createObjectURL(file);
  source.muted = true;
  source.preload = 'auto';
  source.playsInline = true;
  try {
    source.src = address;
    await happened(source, 'loadeddata');
    const { videoWidth: width, videoHeight: height, duration } = source;
    if (width === 0 || height === 0) return null;
    if (Number.isFinite(duration) && duration > 1) {
      source.currentTime = Math.min(1, duration / 4); // the very first one is often black
      await happened(source, 'seeked');
    }
    const picture = await pictureOf({ source, width, height }, Infinity);
    return Number.isFinite(duration)
      ? { ...picture, duration_ms: Math.round(duration * 1000) }
      : picture;
  } catch {
    return null;
  } finally {
    source.removeAttribute('src');
    URL.revokeObjectURL(address);
  }
}

function happened(source: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('the video takes too long'));
    }, VIDEO_MS);
    const done = (work: () => void) => () => {
      clearTimeout(timer);
      work();
    };
    source.addEventListener(event, done(resolve), { once: true });
    const failed = done(() => {
      reject(new Error('the video cannot be read'));
    });
    source.addEventListener('error', failed, { once: true });
  });
}

/* Of a video both are its poster, which it does not have itself. */
async function pictureOf(sized: Sized, side: number): Promise<Picture> {
  const { width, height } = sized;
  const longer = side === Infinity ? Infinity : Math.max(width, height);
  const thumbnail = longer > THUMBNAIL_PX ? await reduced(sized, THUMBNAIL_PX) : null;
  const preview = longer > PREVIEW_PX ? await reduced(sized, PREVIEW_PX) : null;
  return {
    width,
    height,
    placeholder: placeholderOf(sized),
    ...(thumbnail ? { thumbnail } : {}),
    ...(preview ? { preview } : {}),
  };
}

function placeholderOf(sized: Sized): string {
  const canvas = drawn(sized, 32);
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  return pixels ? encode(pixels) : '';
}

/* As good as fits. */
async function reduced(sized: Sized, longer: number): Promise<Blob | null> {
  const canvas = drawn(sized, longer);
  for (const quality of QUALITIES) {
    const blob = await encoded(canvas, quality);
    if (blob && blob.size <= MOST_BYTES) return blob;
  }
  return longer > THUMBNAIL_PX ? reduced(sized, Math.round(longer / 2)) : null;
}

function drawn({ source, width, height }: Sized, longer: number): HTMLCanvasElement {
  const scale = Math.min(1, longer / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/* Browsers that cannot write WebP would write a PNG, which is too large: they get JPEG. */
export async function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  const as = (type: string): Promise<Blob | null> =>
    new Promise((resolve) => {
      canvas.toBlob(resolve, type, quality);
    });
  const webp = await as('image/webp');
  return webp?.type === 'image/webp' ? webp : as('image/jpeg');
}
