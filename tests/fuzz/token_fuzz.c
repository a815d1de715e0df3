/* Fuzzes the reading of tokens: once with the bytes as they come, and once as header and claims
 * (one line each) that are correctly signed, so that they get past the signature. */
#include "arena.h"
#include "base64.h"
#include "config.h"
#include "token.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#define KEY "6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool good)
{
	if (!good)
		__builtin_trap();
}

static const char *sign(struct arena *arena, const char *text, size_t size)
{
	unsigned char key[32], mac[EVP_MAX_MD_SIZE];
	unsigned mac_size = 0;
	const char *end = memchr(text, '\n', size);
	size_t header = end == NULL ? size : (size_t)(end - text);
	size_t claims = end == NULL ? 0 : size - header - 1;
	const char *message =
	    arena_printf(arena, "%s.%s", base64_write(arena, BASE64_URL, text, header),
		base64_write(arena, BASE64_URL, end == NULL ? "" : end + 1, claims));

	memset(key, 'k', sizeof key);
	HMAC(EVP_sha256(), key, sizeof key, (const unsigned char *)message, strlen(message), mac,
	    &mac_size);
	return arena_printf(
	    arena, "%s.%s", message, base64_write(arena, BASE64_URL, mac, mac_size));
}

static void verify(const struct token_keys *keys, struct arena *arena, const char *token)
{
	struct token_claims claims;
	const struct error *error = token_verify(keys, arena, token, &claims);

	if (error == NULL || error_is(error, FAIL(TOKEN_EXPIRED)))
		require(claims.user_id > 0 && claims.session_id > 0 && claims.expires_at > 0);
	else
		require(error_is(error, FAIL(UNAUTHENTICATED)) && claims.user_id == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_text_n(arena, (const char *)bytes, size), *why;
	struct config config = {.auth = {.token_keys = "k:" KEY, .issuer = "hichat"}};
	struct token_keys *keys = token_keys_new(&config, arena, &why), *others;

	verify(keys, arena, text);
	verify(keys, arena, sign(arena, text, size));
	config.auth.token_keys = text;
	others = token_keys_new(&config, arena, &why);
	require((others == NULL) == (why != NULL));
	token_keys_free(&others);
	token_keys_free(&keys);
	arena_free(&arena);
	return 0;
}
