/* 简体中文：登录验证码。 */
import type { Catalogue } from './en';
import type { enFactor } from './en_factor';

export const zhFactor: Pick<Catalogue, keyof typeof enFactor> = {
  'factor.title': '登录验证码',
  'factor.off.text':
    '开启后，登录时除密码外还需输入手机验证器应用显示的验证码，密码被盗也无法登录。',
  'factor.on.text': '登录时除密码外还需输入验证器应用显示的验证码。',
  'factor.codes_left': (count) => `剩余恢复码（验证器丢失时使用）：${count} 个`,
  'factor.on': '开启',
  'factor.off': '关闭',
  'factor.off.ask': '关闭后，仅凭密码即可登录。',
  'factor.renew': '更换恢复码',
  'factor.renew.ask': '将生成十个新的恢复码，原有恢复码随即失效。',
  'factor.next': '下一步',
  'factor.scan': '请用验证器应用扫描此二维码。',
  'factor.type': '或手动输入密钥：',
  'factor.qr': '供验证器应用扫描的二维码',
  'factor.code': '验证码',
  'factor.code.either': '验证器应用显示的验证码，或恢复码',
  'factor.codes': '你的恢复码',
  'factor.codes.text': '请妥善保管，不要让他人看到。每个恢复码可代替验证码登录一次，仅显示这一次。',
  'factor.codes.copy': '复制',
  'factor.codes.copied': '已复制',
  'factor.codes.kept': '我已保存',
  'error.code_required': '请输入验证器应用显示的验证码。',
  'error.wrong_code': '验证码错误、已过期或已使用过。',
};
