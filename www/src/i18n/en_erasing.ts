/* English: erasing an account, and those who have. */

export const enErasing = {
  'person.gone': 'Deleted user',
  'silence.gone': 'This account was deleted. Nobody reads what is written here any more.',

  'erase.title': 'Delete account',
  'erase.hint': 'Everything that is yours is removed from this server.',
  'erase.open': 'Delete account …',
  'erase.question': 'Delete your account?',
  'erase.goes':
    'Your profile, friends, moments, drafts and whatever you have uploaded go. Your groups pass to the oldest administrator or member. Nobody gets your username any more.',
  'erase.stays':
    'What you have sent to others stays with them, under “Deleted user”. To take a message away, recall it first.',
  'erase.undo':
    'If this server gives you time to change your mind, you are told until when: logging in keeps the account.',
  'erase.submit': 'Delete my account',
  'erase.done': 'Your account is deleted.',
  'erase.until': (when: string) =>
    `Your account will be deleted: ${when}. Logging in until then keeps it.`,
  'erase.kept.title': 'Your account stays',
  'erase.kept.text':
    'It was to be deleted. You have logged in in time, so nothing is deleted. To delete it after all, ask for it again in your profile.',
  'erase.kept.close': 'OK',

  'error.wrong_password': 'This is not your password.',
};
