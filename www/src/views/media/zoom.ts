/* How a picture lies on its stage: how much larger than it fits, and moved by how much.  Pure. */

export interface Pose {
  scale: number; // 1: as a whole
  x: number; // from the middle, in pixels of the screen
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number; // from the middle of the stage
  y: number;
}

export const WHOLE: Pose = { scale: 1, x: 0, y: 0 };
export const CLOSEST = 8;

/* As large as the stage allows, never larger than it is. */
export function fitted(picture: Size, stage: Size): Size {
  const scale = Math.min(1, stage.width / picture.width, stage.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/* Closer or farther, with what is under a point staying there. */
export function zoomed(pose: Pose, factor: number, at: Point): Pose {
  const scale = Math.max(1, Math.min(CLOSEST, pose.scale * factor));
  const by = scale / pose.scale;
  return { scale, x: at.x - (at.x - pose.x) * by, y: at.y - (at.y - pose.y) * by };
}

export function moved({ scale, x, y }: Pose, by: Point): Pose {
  return { scale, x: x + by.x, y: y + by.y };
}

/* No edge of the picture comes farther in than the edge of the stage. */
export function kept({ scale, x, y }: Pose, shown: Size, stage: Size): Pose {
  const within = (value: number, size: number, room: number): number => {
    const most = Math.max(0, (size * scale - room) / 2);
    return most === 0 ? 0 : Math.max(-most, Math.min(most, value));
  };
  return {
    scale,
    x: within(x, shown.width, stage.width),
    y: within(y, shown.height, stage.height),
  };
}
