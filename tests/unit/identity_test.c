/* lib/identity: which names are names, and which of them are the same. */
#include "identity.h"

#include "arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define TEN "abcdefghij"

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

static void expect_refused(const struct error *error, const char *field, const char *given)
{
	if (!error_is(error, FAIL(INVALID)))
		fail_msg("%s accepted: \"%s\"", field, given);
	assert_string_equal(error->field, field);
}

static const struct {
	const char *given, *shown, *key;
} usernames[] = {
    {"ab", "ab", "ab"},
    {"Ann_B.c-9", "Ann_B.c-9", "ann_b.c-9"},
    {TEN TEN TEN "kl", TEN TEN TEN "kl", TEN TEN TEN "kl"},
    {"小明", "小明", "小明"},
    {"ＡＮＮ", "ＡＮＮ", "ann"},			   /* full width */
    {"e\xCC\x81t\xCC\x81x", "ét\xCC\x81x", "ét\xCC\x81x"}, /* what composes is composed */
    {"Straße", "Straße", "strasse"},
    {"ΣΑΣ", "ΣΑΣ", "σασ"},
    {"नमस्ते", "नमस्ते", "नमस्ते"},
    {"İx", "İx", "i\xCC\x87x"},
    {"𝐀nn", "𝐀nn", "ann"}, /* mathematical bold: its NFKC is a capital */
    {"٣٤", "٣٤", "٣٤"},	   /* digits of other scripts */
    {"a..", "a..", "a.."},
};

static void usernames_and_their_keys(void **state)
{
	struct identity_name name;

	(void)state;
	for (size_t i = 0; i < COUNT(usernames); i++) {
		if (identity_username(arena, usernames[i].given, &name) != NULL)
			fail_msg("refused: \"%s\"", usernames[i].given);
		assert_string_equal(name.shown, usernames[i].shown);
		assert_string_equal(name.key, usernames[i].key);
	}
}

static const char *const no_usernames[] = {"", "a", TEN TEN TEN "klm", "a b", " ab", "a@b",
    "+8613800138000", "a/b", "a,b", "a\nb", "...", "_-_", "🦊🦊", "①②", "a🦊",
    "\xCC\x81"
    "ab",
    "a.\xCC\x81", "ﷺab" /* unfolds into words */, "ㅤㅤ" /* fillers */,
    "a\xE2\x80\x8B"
    "b" /* zero width */,
    "a\xE2\x80\xAE"
    "b" /* right to left */,
    "a\xC2\xAD"
    "b" /* soft hyphen */,
    "ﬃﬃ½",
    "a\xEF\xB8\x8F"
    "b" /* variation selector */};

static void what_is_no_username(void **state)
{
	struct identity_name name;

	(void)state;
	for (size_t i = 0; i < COUNT(no_usernames); i++)
		expect_refused(
		    identity_username(arena, no_usernames[i], &name), "username", no_usernames[i]);
}

static void nicknames(void **state)
{
	static const struct {
		const char *given, *shown, *key;
	} good[] = {
	    {"A", "A", "a"},
	    {"  Ann \t", "Ann", "ann"},
	    {"小 明　", "小 明", "小 明"},
	    {"👨‍👩‍👧 & co", "👨‍👩‍👧 & co", "👨‍👩‍👧 & co"},
	    {"🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
		"🏴󠁧󠁢󠁥󠁮󠁧󠁿"},
	    {TEN TEN TEN "kl", TEN TEN TEN "kl", TEN TEN TEN "kl"},
	};
	struct identity_name name;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		if (identity_nickname(arena, good[i].given, &name) != NULL)
			fail_msg("refused: \"%s\"", good[i].given);
		assert_string_equal(name.shown, good[i].shown);
		assert_string_equal(name.key, good[i].key);
	}
}

static void what_is_no_nickname(void **state)
{
	static const char *const bad[] = {"", "   ", "　", TEN TEN TEN "klm", "a\nb", "a\tb",
	    "a\xE2\x80\xAE"
	    "b",
	    "a\xE2\x81\xA7"
	    "b",
	    "\xE2\x80\x8B", "\xE2\x80\x8D", "ㅤ",
	    "a\xE2\x80\xA8"
	    "b",
	    "a\xEE\x80\x80" /* private use */};
	struct identity_name name;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		expect_refused(identity_nickname(arena, bad[i], &name), "nickname", bad[i]);
}

static void group_names_are_longer_nicknames(void **state)
{
	static const char *const bad[] = {
	    "", "  ", TEN TEN TEN TEN TEN TEN "klmno", "a\nb", "\xE2\x80\x8B"};
	struct identity_name name;

	(void)state;
	assert_null(identity_group_name(arena, " " TEN TEN TEN TEN TEN TEN "KLMN ", &name));
	assert_string_equal(name.shown, TEN TEN TEN TEN TEN TEN "KLMN");
	assert_string_equal(name.key, TEN TEN TEN TEN TEN TEN "klmn");
	for (size_t i = 0; i < COUNT(bad); i++)
		expect_refused(identity_group_name(arena, bad[i], &name), "name", bad[i]);
}

static void a_key_fits_its_column(void **state)
{
	struct identity_name name;
	char nickname[NICKNAME_MAX * 3 + 1] = "";

	(void)state;
	for (size_t i = 0; i < NICKNAME_MAX; i++)
		memcpy(nickname + 3 * i, "ﷺ", 4); /* 18 code points each */
	assert_null(identity_nickname(arena, nickname, &name));
	assert_int_equal(u8_mbsnlen((const uint8_t *)name.key, strlen(name.key)), 96);
	assert_null(identity_group_name(arena, nickname, &name));
	assert_int_equal(u8_mbsnlen((const uint8_t *)name.key, strlen(name.key)), 192);
}

static void phones(void **state)
{
	static const struct {
		const char *given, *phone;
	} good[] = {
	    {"+8613800138000", "+8613800138000"},
	    {" +86 138-0013-8000 ", "+8613800138000"},
	    {"+1 (415) 555.2671", "+14155552671"},
	    {"＋８６１３８００１３８０００", "+8613800138000"},
	    {"+1234567", "+1234567"},
	    {"+123456789012345", "+123456789012345"},
	};
	static const char *const bad[] = {"", "+", "13800138000", "0086138", "+123456",
	    "+1234567890123456", "+0123456789", "+86 138x0013", "+86+1380013", "+٣٤٥٦٧٨٩٠"};
	const char *phone;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		if (identity_phone(arena, good[i].given, &phone) != NULL)
			fail_msg("refused: \"%s\"", good[i].given);
		assert_string_equal(phone, good[i].phone);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		expect_refused(identity_phone(arena, bad[i], &phone), "phone", bad[i]);
}

static void emails(void **state)
{
	static const struct {
		const char *given, *shown, *key;
	} good[] = {
	    {"Ann@Example.ORG", "Ann@Example.ORG", "ann@example.org"},
	    {" a+b@c.de ", "a+b@c.de", "a+b@c.de"},
	    {"小明@例子.公司", "小明@例子.公司", "小明@例子.公司"},
	};
	static const char *const bad[] = {"", "a", "a@", "@b.c", "a@b", "a@b@c.de", "a b@c.de",
	    "a@.c", "a@b.", "a@b..c", "<a@b.c>", "a@b.c,d@e.f", "a@b.c;", "a\n@b.c",
	    "a\xE2\x80\x8B@b.c", "a＠b.c" /* only its key has an @ */};
	struct identity_name name;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		if (identity_email(arena, good[i].given, &name) != NULL)
			fail_msg("refused: \"%s\"", good[i].given);
		assert_string_equal(name.shown, good[i].shown);
		assert_string_equal(name.key, good[i].key);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		expect_refused(identity_email(arena, bad[i], &name), "email", bad[i]);
}

static void an_email_fits_its_column(void **state)
{
	struct identity_name name;
	char email[EMAIL_MAX + 2];

	(void)state;
	memset(email, 'a', sizeof(email));
	memcpy(email + EMAIL_MAX - 5, "@b.cd", 6);
	assert_null(identity_email(arena, email, &name));
	memcpy(email + EMAIL_MAX - 5, "a@b.cd", 7);
	expect_refused(identity_email(arena, email, &name), "email", email);
}

static void one_text_names_an_account(void **state)
{
	static const struct {
		const char *given, *username_key, *phone, *email_key, *text;
	} logins[] = {
	    {" Ann ", "ann", NULL, NULL, "ann"},
	    {"+86 138 0013 8000", NULL, "+8613800138000", NULL, "+8613800138000"},
	    {"Ann@Example.org", NULL, NULL, "ann@example.org", "ann@example.org"},
	    {"＋８６１３８００１３８０００", NULL, "+8613800138000", NULL, "+8613800138000"},
	    {"13800138000", "13800138000", NULL, NULL, "13800138000"},
	    {"No Name", NULL, NULL, NULL, "no name"},
	    {"+1", NULL, NULL, NULL, "+1"},
	    {"@", NULL, NULL, NULL, "@"},
	    {"", NULL, NULL, NULL, ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(logins); i++) {
		struct identity_login login = identity_login(arena, logins[i].given);
		const char *pairs[][2] = {{login.username_key, logins[i].username_key},
		    {login.phone, logins[i].phone}, {login.email_key, logins[i].email_key}};

		for (size_t j = 0; j < COUNT(pairs); j++) {
			assert_int_equal(pairs[j][0] == NULL, pairs[j][1] == NULL);
			if (pairs[j][0] != NULL)
				assert_string_equal(pairs[j][0], pairs[j][1]);
		}
		assert_string_equal(
		    identity_login_text(arena, &login, logins[i].given), logins[i].text);
	}
}

static void prefixes(void **state)
{
	(void)state;
	assert_string_equal(identity_prefix(arena, " ＡＮＮ b "), "ann b");
	assert_string_equal(identity_prefix(arena, " \t "), "");
	assert_string_equal(identity_prefix(arena, "100%_\\"), "100%_\\");
}

/* Else a name could be looked for by its key and not be found. */
static void a_key_is_its_own_key(void **state)
{
	uint8_t text[8];

	(void)state;
	for (ucs4_t point = 1; point < 0x30000; point++) {
		int length = u8_uctomb(text, point, sizeof(text) - 1);
		const char *key;

		if (length < 0) /* surrogates */
			continue;
		text[length] = '\0';
		key = identity_key(arena, (const char *)text, SIZE_MAX);
		if (strcmp(identity_key(arena, key, SIZE_MAX), key) != 0)
			fail_msg("the key of U+%04X changes again", (unsigned)point);
		if (point % 4096 == 0)
			arena_reset(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(usernames_and_their_keys),
	    cmocka_unit_test(what_is_no_username),
	    cmocka_unit_test(nicknames),
	    cmocka_unit_test(what_is_no_nickname),
	    cmocka_unit_test(group_names_are_longer_nicknames),
	    cmocka_unit_test(a_key_fits_its_column),
	    cmocka_unit_test(phones),
	    cmocka_unit_test(emails),
	    cmocka_unit_test(an_email_fits_its_column),
	    cmocka_unit_test(one_text_names_an_account),
	    cmocka_unit_test(prefixes),
	    cmocka_unit_test(a_key_is_its_own_key),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
