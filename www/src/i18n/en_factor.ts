/* English: a code besides the password. */
export const enFactor = {
  'factor.title': 'Code when logging in',
  'factor.off.text':
    'Besides your password, logging in can ask for a code that an authenticator app on your phone shows. So a stolen password is not enough.',
  'factor.on.text': 'Logging in asks for a code of your authenticator app besides the password.',
  'factor.codes_left': (count: number) =>
    `Recovery codes left, for when you have lost that app: ${count}`,
  'factor.on': 'Turn on',
  'factor.off': 'Turn off',
  'factor.off.ask': 'From then on your password alone logs you in.',
  'factor.renew': 'New recovery codes',
  'factor.renew.ask':
    'Ten new codes take the place of those you have. They are good no longer then.',
  'factor.next': 'Next',
  'factor.scan': 'Scan this with your authenticator app.',
  'factor.type': 'Or type this into it:',
  'factor.qr': 'QR code for the authenticator app',
  'factor.code': 'Code',
  'factor.code.either': 'Of your authenticator app, or a recovery code',
  'factor.codes': 'Your recovery codes',
  'factor.codes.text':
    'Keep them where others do not find them. Each logs you in once in place of a code of the app. They are shown only now.',
  'factor.codes.copy': 'Copy',
  'factor.codes.copied': 'Copied',
  'factor.codes.kept': 'I have kept them',
  'error.code_required': 'Enter the code of your authenticator app.',
  'error.wrong_code': 'This code is wrong, too old, or was used before.',
};
