/* English: pictures, voices, videos and files. */

export const enMedia = {
  'media.image': '[Image]',
  'media.voice': (length: string) => `[Voice] ${length}`,
  'media.video': (length: string) => `[Video] ${length}`,
  'media.file': (name: string) => `[File] ${name}`,
  'media.sticker': (label: string) => `[Sticker] ${label}`,
  'media.unnamed': 'Unnamed',
  'media.gone': 'Not available any more',
  'media.sending': (percent: number) => `${percent} % sent`,
  'media.cancel': 'Cancel sending',
  'media.download': (name: string) => `Download ${name}`,

  'attach.title': 'Attach',
  'attach.pictures': 'Photos and videos',
  'attach.camera': 'Take a photo',
  'attach.file': 'File',
  'attach.drop': 'Drop to attach',

  'tray.title': 'To be sent',
  'tray.remove': (name: string) => `Remove ${name}`,
  'tray.more': 'Add more',
  'tray.send': (count: number) => (count === 1 ? 'Send 1 item' : `Send ${count} items`),
  'tray.too_many': (most: number) => `At most ${most} at a time. The others were left out.`,
  'tray.too_large': (name: string, most: string) => `${name} is larger than ${most}.`,
  'tray.empty': (name: string) => `${name} is empty.`,

  'error.file_gone': 'The file is not on this device any more. Delete this and attach it again.',
  'error.type_mismatch': 'This file is not what its name says.',
  'error.bad_media': 'This file is damaged.',
  'error.media_too_complex': 'This file is too large in its dimensions or too long.',
  'error.quota_exceeded': 'There is no room for more of your files on the server.',
  'error.too_many_uploads': 'Too many files are being sent at once. Please wait a while.',
  'error.upload_offset': 'The file did not arrive as a whole. Please try again.',
  'error.upload_busy': 'The file is being sent already.',
  'error.link_expired': 'This address has ended. Please reload the page.',
};
