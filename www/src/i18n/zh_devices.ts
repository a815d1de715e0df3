/* 简体中文：登录设备与密码。 */
import type { Catalogue } from './en';
import type { enDevices } from './en_devices';

export const zhDevices: Pick<Catalogue, keyof typeof enDevices> = {
  'me.devices': '设备与密码',
  'devices.title': '设备与密码',
  'devices.list': '已登录的设备',
  'devices.current': '本机',
  'devices.unnamed': '未命名的设备',
  'devices.used': (when) => `最近使用：${when}`,
  'devices.name': '设备名称',
  'devices.rename': '重命名',
  'devices.rename.name': (device) => `重命名 ${device}`,
  'devices.rename.title': '重命名设备',
  'devices.end': '退出登录',
  'devices.end.name': (device) => `让 ${device} 退出登录`,
  'devices.end.title': (device) => `让 ${device} 退出登录？`,
  'devices.end.text': '该设备会立即断开，需要重新登录。',
  'devices.end_others': '退出其他所有设备',
  'devices.end_others.title': '退出其他所有设备？',
  'devices.end_others.text': '除本机外的所有设备会立即断开，需要重新登录。',
  'password.change': '修改密码',
  'password.change.text': '其他所有设备都会退出登录。',
  'password.old': '当前密码',
  'password.new': '新密码',
  'password.changed': '密码已修改，其他设备已退出登录。',
  'error.invalid_field.old_password': '密码不正确。',
  'error.invalid_field.new_password': '密码应为 8 到 128 个字符。',
  'error.invalid_field.device': '请输入 1 到 100 个字符的单行名称',
};
