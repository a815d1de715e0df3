/* 简体中文：注销账号，以及已注销的人。 */
import type { Catalogue } from './en';
import type { enErasing } from './en_erasing';

export const zhErasing: Pick<Catalogue, keyof typeof enErasing> = {
  'person.gone': '已注销用户',
  'silence.gone': '该账号已注销，不会再有人看到这里的消息。',

  'erase.title': '注销账号',
  'erase.hint': '属于你的一切都会从这台服务器上删除。',
  'erase.open': '注销账号…',
  'erase.question': '要注销你的账号吗？',
  'erase.goes':
    '你的资料、好友、朋友圈、草稿和上传的内容都会删除；你的群会转给最早的管理员或成员；你的用户名不会再给任何人使用。',
  'erase.stays': '你发给别人的消息会保留在对方那里，显示为“已注销用户”。不想保留的消息请先撤回。',
  'erase.undo': '如果这台服务器留有反悔时间，会告诉你截止到何时：在那之前登录即可保留账号。',
  'erase.submit': '注销我的账号',
  'erase.done': '你的账号已注销。',
  'erase.until': (when) => `你的账号将于 ${when} 注销。在那之前登录即可保留。`,
  'erase.kept.title': '你的账号已保留',
  'erase.kept.text':
    '该账号原定要注销。你及时登录了，所以什么都不会删除。仍要注销的话，请在资料页重新申请。',
  'erase.kept.close': '知道了',

  'error.wrong_password': '密码不对。',
};
