/* Pieces cut out of pictures. */
import { encoded } from './pictures';

export interface Square {
  side: number;
  x: number; // its middle, in pixels of the picture
  y: number;
}

/* null: this browser cannot read it. */
export async function readAsImage(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file);
  } catch {
    return null;
  }
}

const MOST_PX = 1024;

export function cutSquare(image: ImageBitmap, { side, x, y }: Square): HTMLCanvasElement {
  const size = Math.min(MOST_PX, Math.round(side));
  return drawnOn(size, (context) => {
    context.drawImage(image, x - side / 2, y - side / 2, side, side, 0, 0, size, size);
  });
}

export async function scaledDown(from: HTMLCanvasElement, most: number): Promise<Blob> {
  const size = Math.min(most, from.width);
  const canvas = drawnOn(size, (context) => {
    context.drawImage(from, 0, 0, size, size);
  });
  const blob = await encoded(canvas, 0.85);
  if (!blob) throw new Error('this browser cannot write pictures');
  return blob;
}

function drawnOn(
  size: number,
  draw: (context: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.max(1, size);
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'high';
    draw(context);
  }
  return canvas;
}
