/* lib/password_rules: which passwords are good enough. */
#include "password_rules.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct error *judge(struct arena *arena, const char *given)
{
	const char *password = NULL;

	return password_accept(arena, given, "some.body-1", "new_password", &password);
}

static void good_passwords(void **state)
{
	static const char *const good[] = {"correct horse battery staple", "x7#mQ2!p",
	    "八个汉字也是密码", "pw-0d9a8a24", "password for the river", "ab12cd34ef",
	    "🦊🐼🐻🐨🐯🦁🐮🐷", "        a b c d e f g", "1234abce9",
	    "some.body-1x"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		if (judge(arena, good[i]) != NULL)
			fail_msg("refused: \"%s\"", good[i]);
	arena_free(&arena);
}

static void weak_passwords(void **state)
{
	static const char *const weak[] = {"", "short", "1234567", "七个汉字不够的", /* short */
	    "12345678", "23456789", "1234567890", "0987654321", "87654321", "abcdefgh", "hgfedcba",
	    "aaaaaaaa", "abababab", "abcabcabc", "12341234", "汉字汉字汉字汉字", "哈哈哈哈哈哈哈哈",
	    "password", "PassWord", "password1", "Password2024!", "Ｐａｓｓｗｏｒｄ", "qwertyuiop",
	    "1q2w3e4r", "iloveyou", "ILoveYou520", "5201314520", "hichat2026", "admin123!",
	    "some.body-1", "SOME.BODY-1"};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(weak); i++) {
		const struct error *error = judge(arena, weak[i]);

		if (!error_is(error, FAIL(WEAK_PASSWORD)))
			fail_msg("accepted: \"%s\"", weak[i]);
		assert_string_equal(error->field, "new_password");
	}
	arena_free(&arena);
}

static void the_longest_password(void **state)
{
	struct arena *arena = arena_new();
	char text[3 * PASSWORD_MAX + 2];

	(void)state;
	for (size_t i = 0; i < PASSWORD_MAX; i++)
		memcpy(text + 3 * i, i % 5 == 0 ? "密" : "汉", 4);
	assert_null(judge(arena, text));
	memcpy(text + sizeof(text) - 2, "x", 2);
	assert_true(error_is(judge(arena, text), FAIL(INVALID)));
	arena_free(&arena);
}

static void one_form_for_every_keyboard(void **state)
{
	struct arena *arena = arena_new();
	const char *password;

	(void)state;
	assert_null(
	    password_accept(arena, "cafe\xCC\x81 au lait", "somebody", "password", &password));
	assert_string_equal(password, "café au lait");
	assert_string_equal(password_form(arena, "Ａe\xCC\x81"), "Ａé");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_passwords),
	    cmocka_unit_test(weak_passwords),
	    cmocka_unit_test(the_longest_password),
	    cmocka_unit_test(one_form_for_every_keyboard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
