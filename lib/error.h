/* A failure is a pointer to a constant; NULL is success.  The layer that knows
 * the cause logs it once, the others return it.  `code` is stable API: clients
 * and translations key on it.  Answers carry it as RFC 9457 problem+json. */
#ifndef HICHAT_ERROR_H
#define HICHAT_ERROR_H

#include <stddef.h>

struct arena;

struct error {
	int status; /* HTTP */
	const char *code;
	const char *title; /* one English sentence for people who read logs and answers */
	const char *field; /* the offending input, or NULL */
	int retry_after;   /* seconds, 0 when waiting is no cure */
};

/* clang-format off */
#define ERROR_TABLE(X) \
	X(BAD_REQUEST,         400, "bad_request",         "The request could not be understood.") \
	X(INVALID_JSON,        400, "invalid_json",        "The body is not valid JSON.") \
	X(UNAUTHENTICATED,     401, "unauthenticated",     "Log in first: the access token is missing or not valid.") \
	X(TOKEN_EXPIRED,       401, "token_expired",       "The access token has expired.") \
	X(SESSION_ENDED,       401, "session_ended",       "This session was ended.") \
	X(WRONG_CREDENTIALS,   401, "wrong_credentials",   "Unknown name or wrong password.") \
	X(CODE_REQUIRED,       401, "code_required",       "This account asks for a code besides the password.") \
	X(INVALID_REFRESH,     401, "invalid_refresh_token", "The refresh token is missing, used up or not valid.") \
	X(FORBIDDEN,           403, "forbidden",           "This is not allowed.") \
	X(WRONG_CODE,          403, "wrong_code",          "This code is wrong, too old, or was used before.") \
	X(WRONG_PASSWORD,      403, "wrong_password",      "This is not the password of this account.") \
	X(SUSPENDED,           403, "account_suspended",   "This account is suspended.") \
	X(NOT_MEMBER,          403, "not_a_member",        "Only members of the conversation may do this.") \
	X(NOT_FRIENDS,         403, "not_friends",         "Only friends may do this.") \
	X(BLOCKED,             403, "blocked",             "This person takes no messages and no requests from you.") \
	X(MUTED,               403, "muted",               "You may not write here at present.") \
	X(DISSOLVED,           403, "group_dissolved",     "This group was dissolved.") \
	X(INVITATION_ONLY,     403, "invitation_only",     "Only those who were invited can join this group.") \
	X(NOT_YOURS,           403, "not_yours",           "Only who wrote this message may do this.") \
	X(TOO_LATE,            403, "too_late",            "It is too late for this by now.") \
	X(RECEIPTS_HIDDEN,     403, "receipts_hidden",     "Who sends no read receipts does not see those of others.") \
	X(TOO_MANY_MEMBERS,    403, "too_many_members",    "This group is too large for that.") \
	X(LINK_EXPIRED,        403, "link_expired",        "This address is good no longer: ask for a new one.") \
	X(NOT_FOUND,           404, "not_found",           "There is no such thing here.") \
	X(METHOD_NOT_ALLOWED,  405, "method_not_allowed",  "This address does not know that method.") \
	X(REQUEST_TIMEOUT,     408, "request_timeout",     "The body did not arrive in time.") \
	X(CONFLICT,            409, "conflict",            "This contradicts what is already stored.") \
	X(USERNAME_TAKEN,      409, "username_taken",      "This username is taken.") \
	X(PHONE_TAKEN,         409, "phone_taken",         "This phone number belongs to another account.") \
	X(EMAIL_TAKEN,         409, "email_taken",         "This mail address belongs to another account.") \
	X(ALREADY_FRIENDS,     409, "already_friends",     "You are friends already.") \
	X(ALREADY_ANSWERED,    409, "already_answered",    "This request was answered before.") \
	X(ALREADY_MEMBER,      409, "already_member",      "This person is a member already.") \
	X(GROUP_FULL,          409, "group_full",          "There is no room for so many members.") \
	X(OWNER_STAYS,         409, "owner_must_transfer", "The owner can leave only after handing the group over.") \
	X(RECALLED,            409, "recalled",            "This message was recalled.") \
	X(TOO_MANY_REACTIONS,  409, "too_many_reactions",  "This message has as many different reactions as it can.") \
	X(TOO_MANY_PINS,       409, "too_many_pins",       "As many messages are pinned here as can be.") \
	X(TOO_MANY_STICKERS,   409, "too_many_stickers",   "You have as many stickers as you can.") \
	X(UPLOAD_OFFSET,       409, "upload_offset",       "The upload does not stand where this piece begins.") \
	X(UPLOAD_BUSY,         409, "upload_busy",         "Another piece of this upload is being taken.") \
	X(LINK_ENDED,          410, "link_ended",          "This invitation link no longer works.") \
	X(TOO_LARGE,           413, "too_large",           "The body is larger than this route takes.") \
	X(UNSUPPORTED_TYPE,    415, "unsupported_type",    "Content of this type is not taken here.") \
	X(TYPE_MISMATCH,       415, "type_mismatch",       "This is not of the type that it claims to be.") \
	X(RANGE,               416, "range_not_satisfiable", "There are no such bytes in it.") \
	X(INVALID,             422, "invalid_field",       "A field is missing or not acceptable.") \
	X(WEAK_PASSWORD,       422, "weak_password",       "The password is too easy to guess.") \
	X(BAD_MEDIA,           422, "bad_media",           "This is damaged, cut short, or more than it should be.") \
	X(MEDIA_TOO_COMPLEX,   422, "media_too_complex",   "This has too many pixels or frames, or is too long.") \
	X(TOO_MANY_ATTEMPTS,   429, "too_many_attempts",   "Too many attempts, wait a while.") \
	X(RATE_LIMITED,        429, "rate_limited",        "Too many requests, wait a while.") \
	X(TOO_MANY_UPLOADS,    429, "too_many_uploads",    "Too many uploads are unfinished.") \
	X(RECENTLY_DECLINED,   429, "recently_declined",   "This request was declined a short while ago, ask again later.") \
	X(INTERNAL,            500, "internal",            "Something went wrong here, the log knows more.") \
	X(BUSY,                503, "busy",                "Too much to do right now, try again in a moment.") \
	X(UNAVAILABLE,         503, "unavailable",         "The database cannot be reached, try again in a moment.") \
	X(STORAGE_UNAVAILABLE, 503, "storage_unavailable", "What is stored cannot be reached, try again in a moment.") \
	X(QUOTA,               507, "quota_exceeded",      "There is no room left for what you store.")
/* clang-format on */

enum error_id {
#define X(id, status, code, title) ERROR_##id,
	ERROR_TABLE(X)
#undef X
	    ERROR_COUNT
};

extern const struct error error_table[ERROR_COUNT];

#define FAIL(id) (&error_table[ERROR_##id])

/* Copies of an error that name the field, or the seconds to wait.  Live as long as the arena. */
const struct error *error_field(struct arena *arena, const struct error *error, const char *field);
const struct error *error_retry(struct arena *arena, const struct error *error, int seconds);

/* True when both mean the same code; works for copies too.  NULL is no error. */
int error_is(const struct error *error, const struct error *kind);

/* The only macro that hides control flow. */
#define TRY(call)                                       \
	do {                                            \
		const struct error *try_error = (call); \
		if (try_error != NULL)                  \
			return try_error;               \
	} while (0)

#endif
