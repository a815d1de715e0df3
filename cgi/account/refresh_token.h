/* Refresh tokens: "<session>.<secret>.<seal>".  The session's id makes finding it one
 * look by primary key.  Each secret but the first is derived from the token before it, so that a
 * repeated refresh gives the same successor.  The seal proves that we made the token, however
 * long ago: one that is genuine, but no longer current, was copied. */
#ifndef HICHAT_REFRESH_TOKEN_H
#define HICHAT_REFRESH_TOKEN_H

#include "token.h"
#include <stdbool.h>

#define REFRESH_TOKEN_MAX 128 /* bytes */

/* All texts in the arena. */
const char *refresh_token_first(
    const struct token_keys *keys, struct arena *arena, int64_t session_id);
/* What follows `token` under the key at `index` (0: the one that signs now), NULL past the last. */
const char *refresh_token_next(const struct token_keys *keys, size_t index, struct arena *arena,
    int64_t session_id, const char *token);
/* The session that a token names; false when it does not look like one.  Proves nothing. */
bool refresh_token_session(const char *token, int64_t *session_id);
bool refresh_token_genuine(const struct token_keys *keys, struct arena *arena, const char *token);

#endif
