/* Access tokens and opaque tokens, see token.h.
 *
 * libjwt 1.10 checks less than it seems: it takes any algorithm the token names, keys of any
 * length, expired tokens, and with a NULL key anything at all.  So it only computes here;
 * what is demanded of a token is written down in this file. */
#include "token.h"
#include "arena.h"
#include "base64.h"
#include "clock.h"
#include "config.h"
#include "randomness.h"
#include <errno.h>
#include <inttypes.h>
#include <jwt.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEYS_MAX 8
#define KEY_BYTES_MIN 32
#define KEY_BYTES_MAX 128
#define KEY_ID_MAX 32
#define TOKEN_LENGTH_MAX 1024
#define LEEWAY 30 /* s: clocks of several machines differ */

struct key {
	char id[KEY_ID_MAX + 1];
	unsigned char bytes[KEY_BYTES_MAX];
	size_t size;
};

struct token_keys {
	char issuer[65];
	size_t count;
	struct key keys[KEYS_MAX];
};

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);

	return at == NULL ? -1 : (int)(at - digits);
}

static bool read_hex(const char *text, size_t length, struct key *key)
{
	if (length % 2 != 0 || length / 2 > sizeof key->bytes)
		return false;
	for (size_t i = 0; i < length; i += 2) {
		int high = digit(text[i]), low = digit(text[i + 1]);

		if (high < 0 || low < 0)
			return false;
		key->bytes[key->size++] = (unsigned char)(high << 4 | low);
	}
	return true;
}

/* "kid:hex"; NULL, or what is wrong with it.  Never quotes the key. */
static const char *read_key(const char *text, size_t length, struct token_keys *keys)
{
	const char *colon = memchr(text, ':', length);
	struct key *key = &keys->keys[keys->count];
	size_t id = colon == NULL ? 0 : (size_t)(colon - text);

	if (keys->count == KEYS_MAX)
		return "holds more than 8 keys";
	if (id == 0 || id > KEY_ID_MAX)
		return "must be \"name:hexadecimal key\", with a name of 1 to 32 characters";
	memcpy(key->id, text, id);
	for (size_t i = 0; i < keys->count; i++)
		if (strcmp(keys->keys[i].id, key->id) == 0)
			return "names one key twice";
	if (!read_hex(colon + 1, length - id - 1, key))
		return "holds a key that is not hexadecimal, or longer than 128 bytes";
	if (key->size < KEY_BYTES_MIN)
		return "holds a key that is too short: 64 hexadecimal digits or more are needed";
	keys->count++;
	return NULL;
}

static const char *read_keys(const char *text, struct token_keys *keys)
{
	for (text += strspn(text, ", "); *text != '\0'; text += strspn(text, ", ")) {
		size_t length = strcspn(text, ", ");
		const char *wrong = read_key(text, length, keys);

		if (wrong != NULL)
			return wrong;
		text += length;
	}
	return keys->count > 0 ? NULL : "is not set";
}

struct token_keys *token_keys_new(
    const struct config *config, struct arena *arena, const char **why)
{
	struct token_keys *keys = calloc(1, sizeof *keys);
	const char *wrong;

	if (keys == NULL)
		abort();
	snprintf(keys->issuer, sizeof keys->issuer, "%s", config->auth.issuer);
	wrong = read_keys(config->auth.token_keys, keys);
	*why = NULL;
	if (wrong == NULL)
		return keys;
	*why = arena_printf(arena,
	    "[auth] token_keys %s. Make a key with: echo \"k1:$(openssl rand -hex 32)\"", wrong);
	token_keys_free(&keys);
	return NULL;
}

void token_keys_free(struct token_keys **keys)
{
	if (*keys == NULL)
		return;
	OPENSSL_cleanse(*keys, sizeof **keys);
	free(*keys);
	*keys = NULL;
}

static bool fill(jwt_t *jwt, const struct token_keys *keys, const struct token_claims *claims)
{
	const struct key *key = &keys->keys[0];
	char subject[24];

	snprintf(subject, sizeof subject, "%" PRId64, claims->user_id);
	return jwt_set_alg(jwt, JWT_ALG_HS256, key->bytes, (int)key->size) == 0 &&
	       jwt_add_header(jwt, "kid", key->id) == 0 &&
	       jwt_add_grant(jwt, "iss", keys->issuer) == 0 &&
	       jwt_add_grant(jwt, "sub", subject) == 0 &&
	       jwt_add_grant_int(jwt, "sid", claims->session_id) == 0 &&
	       jwt_add_grant_int(jwt, "iat", claims->issued_at) == 0 &&
	       jwt_add_grant_int(jwt, "exp", claims->expires_at) == 0;
}

const struct error *token_sign(const struct token_keys *keys, struct arena *arena,
    const struct token_claims *claims, const char **token)
{
	jwt_t *jwt = NULL;
	char *text = NULL;

	*token = NULL;
	if (jwt_new(&jwt) == 0 && fill(jwt, keys, claims))
		text = jwt_encode_str(jwt);
	*token = arena_text(arena, text);
	free(text);
	jwt_free(jwt);
	return *token == NULL ? FAIL(INTERNAL) : NULL;
}

/* A whole positive number and nothing else. */
static bool read_subject(const char *text, int64_t *id)
{
	char *end;

	if (text == NULL || *text < '1' || *text > '9')
		return false;
	errno = 0;
	*id = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0';
}

static bool read_number(jwt_t *jwt, const char *name, int64_t *number)
{
	errno = 0;
	*number = jwt_get_grant_int(jwt, name);
	return errno == 0 && *number > 0;
}

static bool is(const char *text, const char *wanted)
{
	return text != NULL && strcmp(text, wanted) == 0;
}

/* The signature was right; here is all that libjwt leaves open. */
static bool acceptable(
    jwt_t *jwt, const struct token_keys *keys, const struct key *key, struct token_claims *claims)
{
	return jwt_get_alg(jwt) == JWT_ALG_HS256 && is(jwt_get_header(jwt, "kid"), key->id) &&
	       is(jwt_get_grant(jwt, "iss"), keys->issuer) &&
	       read_subject(jwt_get_grant(jwt, "sub"), &claims->user_id) &&
	       read_number(jwt, "sid", &claims->session_id) &&
	       read_number(jwt, "iat", &claims->issued_at) &&
	       read_number(jwt, "exp", &claims->expires_at);
}

/* Compared here, in constant time: libjwt before the fix of CVE-2024-25189 uses strcmp().  And so
 * its parsers see nothing that was not signed by one of us. */
static bool signed_by(const struct key *key, struct arena *arena, const char *token)
{
	const char *dot = strrchr(token, '.');
	unsigned char mac[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	const char *wanted;

	if (dot == NULL)
		return false;
	if (HMAC(EVP_sha256(), key->bytes, (int)key->size, (const unsigned char *)token,
		(size_t)(dot - token), mac, &size) == NULL)
		abort();
	wanted = base64_write(arena, BASE64_URL, mac, size);
	return strlen(dot + 1) == strlen(wanted) &&
	       CRYPTO_memcmp(dot + 1, wanted, strlen(wanted)) == 0;
}

static bool read_token(const struct token_keys *keys, const struct key *key, const char *token,
    struct token_claims *claims)
{
	jwt_t *jwt = NULL;
	bool good = jwt_decode(&jwt, token, key->bytes, (int)key->size) == 0 &&
		    acceptable(jwt, keys, key, claims);

	jwt_free(jwt);
	return good;
}

const struct error *token_verify(const struct token_keys *keys, struct arena *arena,
    const char *token, struct token_claims *claims)
{
	bool good = false;

	*claims = (struct token_claims){0};
	if (strnlen(token, TOKEN_LENGTH_MAX + 1) > TOKEN_LENGTH_MAX)
		return FAIL(UNAUTHENTICATED);
	/* Each key is tried and `kid` compared afterwards, so that nothing has to be believed of
	 * a token to know which key it claims. */
	for (size_t i = 0; !good && i < keys->count; i++)
		good = signed_by(&keys->keys[i], arena, token) &&
		       read_token(keys, &keys->keys[i], token, claims);
	if (!good) {
		*claims = (struct token_claims){0};
		return FAIL(UNAUTHENTICATED);
	}
	return claims->expires_at > clock_wall_ms() / 1000 - LEEWAY ? NULL : FAIL(TOKEN_EXPIRED);
}

const char *token_random(struct arena *arena)
{
	unsigned char bytes[32];

	random_bytes(bytes, sizeof bytes);
	return base64_write(arena, BASE64_URL, bytes, sizeof bytes);
}

const char *token_hash(struct arena *arena, const char *token)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	char *hex;

	if (EVP_Digest(token, strlen(token), bytes, &size, EVP_sha256(), NULL) != 1)
		abort();
	hex = arena_alloc(arena, (size_t)size * 2 + 1);
	for (size_t i = 0; i < size; i++)
		snprintf(hex + i * 2, 3, "%02x", bytes[i]);
	return hex;
}

const char *token_derive_with(const struct token_keys *keys, size_t index, struct arena *arena,
    const char *purpose, const char *text)
{
	size_t first = strlen(purpose) + 1;
	size_t length = first + strlen(text);
	unsigned char *input, bytes[EVP_MAX_MD_SIZE];
	unsigned size = 0;

	if (index >= keys->count)
		return NULL;
	input = arena_alloc(arena, length + 1);
	memcpy(input, purpose, first); /* with its NUL: no other pair gives the same bytes */
	memcpy(input + first, text, length - first);
	if (HMAC(EVP_sha256(), keys->keys[index].bytes, (int)keys->keys[index].size, input, length,
		bytes, &size) == NULL)
		abort();
	return base64_write(arena, BASE64_URL, bytes, size);
}

const char *token_derive(
    const struct token_keys *keys, struct arena *arena, const char *purpose, const char *text)
{
	return token_derive_with(keys, 0, arena, purpose, text);
}
