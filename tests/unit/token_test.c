/* Tokens: what is signed verifies, and everything else that looks like a token does not. */
#include "arena.h"
#include "base64.h"
#include "clock.h"
#include "config.h"
#include "token.h"
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define KEY_A "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
#define KEY_B "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff"
#define HEADER "{\"alg\":\"HS256\",\"kid\":\"a\",\"typ\":\"JWT\"}"
#define FOREVER "4000000000"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct token_keys *keys_of(const char *text, const char **why)
{
	struct config config = {.auth = {.token_keys = text, .issuer = "hichat"}};

	return token_keys_new(&config, arena, why);
}

static struct token_keys *good_keys(void)
{
	const char *why;
	struct token_keys *keys = keys_of("a:" KEY_A, &why);

	assert_null(why);
	assert_non_null(keys);
	return keys;
}

static struct token_claims claims_for(int64_t seconds)
{
	int64_t now = clock_wall_ms() / 1000;

	return (struct token_claims){
	    .user_id = 12, .session_id = 881, .issued_at = now, .expires_at = now + seconds};
}

static void assert_error(const struct error *error, const struct error *wanted)
{
	assert_non_null(error);
	assert_string_equal(error->code, wanted->code);
}

static void verifies_what_it_signed(void **state)
{
	struct token_keys *keys = good_keys();
	struct token_claims in = claims_for(600), out;
	const char *token;

	(void)state;
	in.session_id = 9007199254740991;
	assert_null(token_sign(keys, arena, &in, &token));
	assert_null(token_verify(keys, arena, token, &out));
	assert_int_equal(out.user_id, in.user_id);
	assert_int_equal(out.session_id, in.session_id);
	assert_int_equal(out.issued_at, in.issued_at);
	assert_int_equal(out.expires_at, in.expires_at);
	token_keys_free(&keys);
	assert_null(keys);
	token_keys_free(&keys);
}

static void expires_with_some_leeway(void **state)
{
	static const struct {
		int64_t seconds;
		bool good;
	} cases[] = {{1, true}, {-20, true}, {-31, false}, {-100000, false}};
	struct token_keys *keys = good_keys();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct token_claims in = claims_for(cases[i].seconds), out;
		const char *token;

		assert_null(token_sign(keys, arena, &in, &token));
		if (cases[i].good)
			assert_null(token_verify(keys, arena, token, &out));
		else
			assert_error(token_verify(keys, arena, token, &out), FAIL(TOKEN_EXPIRED));
	}
	token_keys_free(&keys);
}

/* A token of our own making: any header, any claims, an HMAC by `digest` under KEY_A. */
static const char *forge(const char *header, const char *claims, const EVP_MD *digest)
{
	unsigned char key[32], mac[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	const char *text =
	    arena_printf(arena, "%s.%s", base64_write(arena, BASE64_URL, header, strlen(header)),
		base64_write(arena, BASE64_URL, claims, strlen(claims)));

	for (size_t i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)(0xa0 + i);
	if (digest == NULL)
		return arena_printf(arena, "%s.", text);
	HMAC(digest, key, sizeof key, (const unsigned char *)text, strlen(text), mac, &size);
	return arena_printf(arena, "%s.%s", text, base64_write(arena, BASE64_URL, mac, size));
}

#define CLAIMS(iss, sub, sid, iat, exp) \
	"{\"iss\":" iss ",\"sub\":" sub ",\"sid\":" sid ",\"iat\":" iat ",\"exp\":" exp "}"
#define GOOD CLAIMS("\"hichat\"", "\"12\"", "881", "1000", FOREVER)

#define ENDLESS CLAIMS("\"hichat\"", "\"12\"", "881", "1000", "9223372036854775807")

/* Correctly signed, all of them: only what is in them is wrong. */
static const struct {
	const char *header, *claims;
} signed_wrongly[] = {
    {"{\"alg\":\"none\",\"kid\":\"a\"}", GOOD},
    {"{\"alg\":\"HS512\",\"kid\":\"a\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"HS384\",\"kid\":\"a\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"RS256\",\"kid\":\"a\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"ES256\",\"kid\":\"a\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"XX256\",\"kid\":\"a\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":7,\"kid\":\"a\",\"typ\":\"JWT\"}", GOOD},
    {"{\"kid\":\"a\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"HS256\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"HS256\",\"kid\":\"b\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"HS256\",\"kid\":\"\",\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"HS256\",\"kid\":1,\"typ\":\"JWT\"}", GOOD},
    {"{\"alg\":\"HS256\",\"kid\":[\"a\"],\"typ\":\"JWT\"}", GOOD},
    {"[]", GOOD},
    {"", GOOD},
    {HEADER, ""},
    {HEADER, "{}"},
    {HEADER, "[]"},
    {HEADER, "{\"sub\":\"12\",\"sid\":881,\"iat\":1000,\"exp\":" FOREVER "}"},
    {HEADER, "{\"iss\":\"hichat\",\"sid\":881,\"iat\":1000,\"exp\":" FOREVER "}"},
    {HEADER, "{\"iss\":\"hichat\",\"sub\":\"12\",\"iat\":1000,\"exp\":" FOREVER "}"},
    {HEADER, "{\"iss\":\"hichat\",\"sub\":\"12\",\"sid\":881,\"exp\":" FOREVER "}"},
    {HEADER, "{\"iss\":\"hichat\",\"sub\":\"12\",\"sid\":881,\"iat\":1000}"},
    {HEADER, CLAIMS("\"other\"", "\"12\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("7", "\"12\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "12", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"0\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"-12\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\" 12\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"12x\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"99999999999999999999\"", "881", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "0", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "-1", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "\"881\"", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "881.5", "1000", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "881", "true", FOREVER)},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "881", "1000", "0")},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "881", "1000", "null")},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "881", "1000", "\"" FOREVER "\"")},
    {HEADER, CLAIMS("\"hichat\"", "\"12\"", "881", "1000", "99999999999999999999")},
};

static void refuses_what_is_signed_but_not_ours(void **state)
{
	const EVP_MD *digests[] = {NULL, EVP_sha256(), EVP_sha384(), EVP_sha512()};
	struct token_keys *keys = good_keys();
	struct token_claims out;

	(void)state;
	/* Else every refusal below would prove nothing. */
	assert_null(token_verify(keys, arena, forge(HEADER, GOOD, EVP_sha256()), &out));
	assert_int_equal(out.user_id, 12);
	assert_null(token_verify(keys, arena, forge(HEADER, ENDLESS, EVP_sha256()), &out));
	for (size_t i = 0; i < COUNT(signed_wrongly); i++)
		for (size_t d = 0; d < COUNT(digests); d++) {
			const char *token =
			    forge(signed_wrongly[i].header, signed_wrongly[i].claims, digests[d]);
			const struct error *error = token_verify(keys, arena, token, &out);

			if (error == NULL || !error_is(error, FAIL(UNAUTHENTICATED)))
				fail_msg("%s %s by digest %zu: %s", signed_wrongly[i].header,
				    signed_wrongly[i].claims, d,
				    error == NULL ? "good" : error->code);
			assert_int_equal(out.user_id, 0);
			assert_int_equal(out.session_id, 0);
		}
	assert_error(
	    token_verify(keys, arena, forge(HEADER, GOOD, NULL), &out), FAIL(UNAUTHENTICATED));
	assert_error(token_verify(keys, arena, forge(HEADER, GOOD, EVP_sha512()), &out),
	    FAIL(UNAUTHENTICATED));
	token_keys_free(&keys);
}

/* Each byte of a token counts: none can be taken away, added or changed. */
static void refuses_every_damage(void **state)
{
	struct token_keys *keys = good_keys();
	struct token_claims in = claims_for(600), out;
	const char *token;

	(void)state;
	assert_null(token_sign(keys, arena, &in, &token));
	for (size_t i = 0; i < strlen(token); i++) {
		char *damaged = arena_text(arena, token);

		damaged[i] = token[i] == 'A' ? 'B' : 'A';
		assert_error(token_verify(keys, arena, damaged, &out), FAIL(UNAUTHENTICATED));
		damaged[i] = '\0';
		assert_error(token_verify(keys, arena, damaged, &out), FAIL(UNAUTHENTICATED));
	}
	assert_error(token_verify(keys, arena, arena_printf(arena, "%sA", token), &out),
	    FAIL(UNAUTHENTICATED));
	assert_error(token_verify(keys, arena, arena_printf(arena, "%s.A", token), &out),
	    FAIL(UNAUTHENTICATED));
	assert_error(token_verify(keys, arena, arena_printf(arena, "A%s", token), &out),
	    FAIL(UNAUTHENTICATED));
	token_keys_free(&keys);
}

static void refuses_garbage(void **state)
{
	static const char *const texts[] = {"", ".", "..", "...", "a.b.c", "a", "Bearer x",
	    "\xff\xfe.\x80.", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.",
	    "eyJhbGciOiJIUzI1NiJ9..", ".eyJhbGciOiJIUzI1NiJ9.", "=.=.=", "%%%.%%%.%%%"};
	struct token_keys *keys = good_keys();
	struct token_claims out;
	char *large = malloc(100001);

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_error(token_verify(keys, arena, texts[i], &out), FAIL(UNAUTHENTICATED));
	memset(large, 'A', 100000);
	large[100000] = '\0';
	assert_error(token_verify(keys, arena, large, &out), FAIL(UNAUTHENTICATED));
	memset(large, '.', 100000);
	assert_error(token_verify(keys, arena, large, &out), FAIL(UNAUTHENTICATED));
	free(large);
	token_keys_free(&keys);
}

static void keys_can_be_changed(void **state)
{
	const char *why, *old_token, *new_token;
	struct token_keys *old = keys_of("a:" KEY_A, &why);
	struct token_keys *both = keys_of("b:" KEY_B ", a:" KEY_A, &why);
	struct token_keys *new = keys_of("b:" KEY_B, &why);
	/* The same bytes under another name are another key. */
	struct token_keys *renamed = keys_of("c:" KEY_A, &why);
	struct token_claims in = claims_for(600), out;

	(void)state;
	assert_null(token_sign(old, arena, &in, &old_token));
	assert_null(token_sign(both, arena, &in, &new_token));
	assert_null(token_verify(both, arena, old_token, &out));
	assert_null(token_verify(both, arena, new_token, &out));
	assert_null(token_verify(new, arena, new_token, &out));
	assert_error(token_verify(new, arena, old_token, &out), FAIL(UNAUTHENTICATED));
	assert_error(token_verify(old, arena, new_token, &out), FAIL(UNAUTHENTICATED));
	assert_error(token_verify(renamed, arena, old_token, &out), FAIL(UNAUTHENTICATED));
	token_keys_free(&old);
	token_keys_free(&both);
	token_keys_free(&new);
	token_keys_free(&renamed);
}

static void another_issuer_is_another_world(void **state)
{
	struct config config = {.auth = {.token_keys = "a:" KEY_A, .issuer = "elsewhere"}};
	struct token_keys *keys = good_keys(), *others;
	struct token_claims in = claims_for(600), out;
	const char *token, *why;

	(void)state;
	others = token_keys_new(&config, arena, &why);
	assert_non_null(others);
	assert_null(token_sign(others, arena, &in, &token));
	assert_null(token_verify(others, arena, token, &out));
	assert_error(token_verify(keys, arena, token, &out), FAIL(UNAUTHENTICATED));
	token_keys_free(&others);
	token_keys_free(&keys);
}

static const struct {
	const char *text, *why;
} unusable[] = {
    {"", "is not set"},
    {" , ", "is not set"},
    {KEY_A, "must be \"name:hexadecimal key\""},
    {":" KEY_A, "must be \"name:hexadecimal key\""},
    {"abcdefghijklmnopqrstuvwxyz1234567:" KEY_A, "with a name of 1 to 32 characters"},
    {"a:", "too short"},
    {"a:a0a1a2a3", "too short"},
    {"a:a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbe", "too short"},
    {"a:" KEY_A "a", "not hexadecimal"},
    {"a:" KEY_A "0g", "not hexadecimal"},
    {"a:" KEY_A KEY_A KEY_A KEY_A "00", "longer than 128 bytes"},
    {"a:" KEY_A ", a:" KEY_B, "names one key twice"},
    {"a:" KEY_A "; b:" KEY_B, "not hexadecimal"},
    {"1:" KEY_A ",2:" KEY_A ",3:" KEY_A ",4:" KEY_A ",5:" KEY_A ",6:" KEY_A ",7:" KEY_A ",8:" KEY_A
     ",9:" KEY_A,
	"more than 8 keys"},
};

static void says_what_is_wrong_with_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(unusable); i++) {
		const char *why = "";

		assert_null(keys_of(unusable[i].text, &why));
		if (strstr(why, unusable[i].why) == NULL)
			fail_msg("for \"%s\" said \"%s\"", unusable[i].text, why);
		assert_non_null(strstr(why, "openssl rand -hex 32"));
		assert_null(strstr(why, "a0a1a2"));
	}
}

static void random_ones_differ(void **state)
{
	const char *tokens[64];

	(void)state;
	for (size_t i = 0; i < COUNT(tokens); i++) {
		tokens[i] = token_random(arena);
		assert_int_equal(strlen(tokens[i]), 43);
		assert_int_equal(
		    strspn(tokens[i],
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
		    43);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(tokens[i], tokens[j]);
	}
}

static void hash_is_sha256(void **state)
{
	(void)state;
	/* FIPS 180-4 */
	assert_string_equal(token_hash(arena, "abc"),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(token_hash(arena, ""),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void derives_by_key_purpose_and_text(void **state)
{
	const char *why;
	struct token_keys *both = keys_of("b:" KEY_B ", a:" KEY_A, &why), *old = good_keys();
	const char *one = token_derive(both, arena, "refresh", "x");

	(void)state;
	/* HMAC-SHA-256 under KEY_B of "refresh\0x", as openssl dgst gives it. */
	assert_string_equal(one, "T5QZJMnqqw6qly7ZJGpyyPEGmJjXXvLQ2j6vYI6CTwM");
	assert_string_equal(token_derive(both, arena, "refresh", "x"), one);
	assert_string_equal(token_derive_with(both, 0, arena, "refresh", "x"), one);
	assert_string_not_equal(token_derive(both, arena, "refresh", "y"), one);
	assert_string_not_equal(token_derive(both, arena, "refreshx", ""), one);
	assert_string_not_equal(token_derive(both, arena, "poll", "x"), one);
	assert_string_equal(token_derive_with(both, 1, arena, "refresh", "x"),
	    token_derive(old, arena, "refresh", "x"));
	assert_null(token_derive_with(both, 2, arena, "refresh", "x"));
	token_keys_free(&both);
	token_keys_free(&old);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(verifies_what_it_signed),
	    TEST(expires_with_some_leeway),
	    TEST(refuses_what_is_signed_but_not_ours),
	    TEST(refuses_every_damage),
	    TEST(refuses_garbage),
	    TEST(keys_can_be_changed),
	    TEST(another_issuer_is_another_world),
	    TEST(says_what_is_wrong_with_keys),
	    TEST(random_ones_differ),
	    TEST(hash_is_sha256),
	    TEST(derives_by_key_purpose_and_text),
	};

	return cmocka_run_group_tests_name("token", tests, NULL, NULL);
}
