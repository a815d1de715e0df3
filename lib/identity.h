/* What people are called by: the rules for usernames, nicknames, telephone numbers
 * and mail addresses, and the keys that make equal what people take for equal
 * (Unicode NFKC, case folded).  A value that breaks a rule answers 422 invalid_field
 * naming its field.  Everything given must be valid UTF-8, as json_read() ensures;
 * everything made lives in the arena. */
#ifndef HICHAT_IDENTITY_H
#define HICHAT_IDENTITY_H

#include "error.h"
#include <stdbool.h>

struct arena;

#define USERNAME_MIN 2 /* code points */
#define USERNAME_MAX 32
#define NICKNAME_MAX 32
#define GROUP_NAME_MAX 64
#define EMAIL_MAX 254 /* bytes, RFC 5321 */

struct identity_name {
	const char *shown; /* as stored and shown: NFC, trimmed */
	const char *key;   /* what is compared, unique and searched */
};

/* Letters, marks and digits of any script, `_`, `.`, `-`; 2 to 32 of them, one a letter or digit.
 */
const struct error *identity_username(
    struct arena *arena, const char *given, struct identity_name *username);
/* 1 to 32 code points that can be seen; no line breaks, no characters that reorder others. */
const struct error *identity_nickname(
    struct arena *arena, const char *given, struct identity_name *nickname);
/* The same rules for a group's name, but up to 64 code points. */
const struct error *identity_group_name(
    struct arena *arena, const char *given, struct identity_name *name);
/* Any text of one line, maybe empty: nothing in it is invisible, or reorders others. */
bool identity_is_line(const char *text);
/* local@domain.tld, no more is checked: whether it works shows when mail is sent. */
const struct error *identity_email(
    struct arena *arena, const char *given, struct identity_name *email);
/* E.164, "+8613800138000"; spaces, dashes, dots and brackets between digits are dropped. */
const struct error *identity_phone(struct arena *arena, const char *given, const char **phone);

/* One text that names an account: "+…" is a telephone number, "…@…" a mail address, anything else
 * a username.  Exactly one member is set; none when no account can have that name. */
struct identity_login {
	const char *username_key;
	const char *phone;
	const char *email_key;
};
struct identity_login identity_login(struct arena *arena, const char *given);
/* The one that is set, or `given` in the form of a key: one text for one account. */
const char *identity_login_text(
    struct arena *arena, const struct identity_login *login, const char *given);

/* What the beginning of a nickname's key has to be to match this text; may be empty. */
const char *identity_prefix(struct arena *arena, const char *text);
/* A text that begins so, for LIKE … ESCAPE '|'. */
const char *identity_pattern(struct arena *arena, const char *prefix);
/* NFKC and case folding of any text, at most `most` code points of it. */
const char *identity_key(struct arena *arena, const char *text, size_t most);

#endif
