/* Access tokens: JWT (RFC 7519), HS256 only, by libjwt, with key rotation by `kid`;
 * and opaque random tokens (refresh tokens, live tickets) with their hashes. */
#ifndef HICHAT_TOKEN_H
#define HICHAT_TOKEN_H

#include "error.h"
#include <stddef.h>
#include <stdint.h>

struct arena;
struct config;
struct token_keys;

struct token_claims {
	int64_t user_id;    /* sub */
	int64_t session_id; /* sid */
	int64_t issued_at;  /* seconds */
	int64_t expires_at; /* seconds */
};

/* Reads [auth] token_keys: "kid:hex[, kid:hex …]", each key 32 bytes or more; the first signs, all
 * verify.  NULL with a sentence in *why (static or in the arena) when they are not usable. */
struct token_keys *token_keys_new(
    const struct config *config, struct arena *arena, const char **why);
void token_keys_free(struct token_keys **keys);

/* The compact serialization, in the arena. */
const struct error *token_sign(const struct token_keys *keys, struct arena *arena,
    const struct token_claims *claims, const char **token);
/* 401 unauthenticated for anything malformed, of another algorithm, key or issuer;
 * 401 token_expired for a good one that is too old (30 s of leeway for clocks). */
const struct error *token_verify(const struct token_keys *keys, struct arena *arena,
    const char *token, struct token_claims *claims);

/* 32 random bytes as 43 characters of base64url, in the arena. */
const char *token_random(struct arena *arena);
/* SHA-256 of the text as 64 hexadecimal digits: how opaque tokens are stored. */
const char *token_hash(struct arena *arena, const char *token);
/* HMAC-SHA-256 under the signing key over "purpose\0text", base64url: derived tokens. */
const char *token_derive(
    const struct token_keys *keys, struct arena *arena, const char *purpose, const char *text);
/* The same with the verifying key at `index` (0 = the signing one); NULL past the last. */
const char *token_derive_with(const struct token_keys *keys, size_t index, struct arena *arena,
    const char *purpose, const char *text);

#endif
