/* The text of refresh tokens. */
#include "refresh_token.h"
#include "arena.h"
#include <string.h>

#define DIGITS_MAX 16 /* ids are below 2^53 */

static const char PURPOSE_NEXT[] = "refresh";
static const char PURPOSE_SEAL[] = "refresh-seal";

static const char *sealed(const struct token_keys *keys, size_t index, struct arena *arena,
    int64_t session_id, const char *secret)
{
	const char *body = arena_printf(arena, "%lld.%s", (long long)session_id, secret);
	const char *seal = token_derive_with(keys, index, arena, PURPOSE_SEAL, body);

	return arena_printf(arena, "%s.%s", body, seal);
}

const char *refresh_token_first(
    const struct token_keys *keys, struct arena *arena, int64_t session_id)
{
	return sealed(keys, 0, arena, session_id, token_random(arena));
}

const char *refresh_token_next(const struct token_keys *keys, size_t index, struct arena *arena,
    int64_t session_id, const char *token)
{
	const char *secret = token_derive_with(keys, index, arena, PURPOSE_NEXT, token);

	return secret == NULL ? NULL : sealed(keys, index, arena, session_id, secret);
}

bool refresh_token_session(const char *token, int64_t *session_id)
{
	size_t digits = strspn(token, "0123456789");

	if (digits == 0 || digits > DIGITS_MAX || token[0] == '0' || token[digits] != '.')
		return false;
	*session_id = 0;
	for (size_t i = 0; i < digits; i++)
		*session_id = *session_id * 10 + (token[i] - '0');
	return strlen(token) <= REFRESH_TOKEN_MAX;
}

bool refresh_token_genuine(const struct token_keys *keys, struct arena *arena, const char *token)
{
	const char *dot = strrchr(token, '.');
	const char *body, *seal;

	/* Hashes are compared, so the time tells nothing about the seal. */
	if (dot == NULL)
		return false;
	body = arena_text_n(arena, token, (size_t)(dot - token));
	for (size_t i = 0; (seal = token_derive_with(keys, i, arena, PURPOSE_SEAL, body)) != NULL;
	     i++)
		if (strcmp(token_hash(arena, seal), token_hash(arena, dot + 1)) == 0)
			return true;
	return false;
}
