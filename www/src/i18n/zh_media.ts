/* 简体中文：图片、语音、视频和文件。 */
import type { Catalogue } from './en';
import type { enMedia } from './en_media';

export const zhMedia: Pick<Catalogue, keyof typeof enMedia> = {
  'media.image': '[图片]',
  'media.voice': (length) => `[语音] ${length}`,
  'media.video': (length) => `[视频] ${length}`,
  'media.file': (name) => `[文件] ${name}`,
  'media.sticker': (label) => `[贴纸] ${label}`,
  'media.unnamed': '未命名',
  'media.gone': '已失效',
  'media.sending': (percent) => `已发送 ${percent}%`,
  'media.cancel': '取消发送',
  'media.download': (name) => `下载${name}`,

  'attach.title': '添加',
  'attach.pictures': '照片和视频',
  'attach.camera': '拍照',
  'attach.file': '文件',
  'attach.drop': '松开即可添加',

  'tray.title': '待发送',
  'tray.remove': (name) => `移除${name}`,
  'tray.more': '继续添加',
  'tray.send': (count) => `发送 ${count} 项`,
  'tray.too_many': (most) => `一次最多 ${most} 项，其余的没有添加。`,
  'tray.too_large': (name, most) => `${name}超过了 ${most}。`,
  'tray.empty': (name) => `${name}是空的。`,

  'error.file_gone': '文件已不在这台设备上。请删除后重新添加。',
  'error.type_mismatch': '文件内容与名称不符。',
  'error.bad_media': '文件已损坏。',
  'error.media_too_complex': '文件的尺寸过大或时间过长。',
  'error.quota_exceeded': '服务器上没有空间存放你的更多文件。',
  'error.too_many_uploads': '正在发送的文件太多，请稍候。',
  'error.upload_offset': '文件没有完整送达，请重试。',
  'error.upload_busy': '文件正在发送中。',
  'error.link_expired': '地址已过期，请刷新页面。',
};
