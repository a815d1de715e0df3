/* Time-based one-time passwords. */
#include "arena.h"
#include "record.h"
#include "totp.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* RFC 6238, appendix B: "12345678901234567890" and SHA-1, the last 6 of the 8 digits. */
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static const struct {
	int64_t time;
	const char *code;
} vectors[] = {
    {59, "287082"},
    {1111111109, "081804"},
    {1111111111, "050471"},
    {1234567890, "005924"},
    {2000000000, "279037"},
    {20000000000, "353130"},
};

static void knows_the_codes_of_the_standard(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		int64_t time = vectors[i].time, step = time / TOTP_STEP;
		const int64_t two = INT64_C(2) * TOTP_STEP;

		assert_int_equal(totp_step(SECRET, vectors[i].code, time), step);
		assert_int_equal(totp_step(SECRET, vectors[i].code, time + TOTP_STEP), step);
		assert_int_equal(totp_step(SECRET, vectors[i].code, time - TOTP_STEP), step);
		assert_int_equal(totp_step(SECRET, vectors[i].code, time + two), ABSENT);
		if (step >= 2) /* there is no time before 0 */
			assert_int_equal(totp_step(SECRET, vectors[i].code, time - two), ABSENT);
	}
}

static void takes_nothing_else(void **state)
{
	static const char *const wrong[] = {
	    "", "28708", "2870822", "28708a", " 87082", "-87082", "94287082"};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(totp_step(SECRET, wrong[i], 59), ABSENT);
	assert_int_equal(totp_step("not base32!", "287082", 59), ABSENT);
}

static void makes_secrets_that_apps_read(void **state)
{
	struct arena *arena = arena_new();
	const char *one = totp_secret(arena), *other = totp_secret(arena);

	(void)state;
	assert_int_equal(strlen(one), 32);
	assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 32);
	assert_string_not_equal(one, other);
	assert_string_equal(totp_uri(arena, "Hi Chat", "小明:a", SECRET),
	    "otpauth://totp/Hi%20Chat:%E5%B0%8F%E6%98%8E%3Aa?secret=" SECRET "&issuer=Hi%20Chat");
	arena_free(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_the_codes_of_the_standard),
	    cmocka_unit_test(takes_nothing_else),
	    cmocka_unit_test(makes_secrets_that_apps_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
