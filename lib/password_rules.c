/* Passwords that are refused: short, the owner's name, counting, repeating, and the famous ones. */
#include "password_rules.h"
#include "arena.h"
#include "identity.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

#define UNIT_MAX 4 /* "abcdabcd" is one unit of four, again and again */

/* As keys (case folded).  Digits and signs behind a word are cut off before it is looked up here,
 * so "welcome" stands for "Welcome2024!" too. */
static const char *const famous[] = {"0987654321", "1029384756", "10203040", "11112222", "11223344",
    "1122334455", "112233445566", "11223344556677", "12121212", "12341234", "123123123",
    "123321123", "12344321", "1234554321", "123454321", "12345678a", "123456789a", "1234567890a",
    "123456abc", "1234abcd", "1234qwer", "123abc123", "123qweasd", "123qwe123", "123qweasdzxc",
    "13145200", "13145201314", "1314521", "1314520520", "147258369", "14725836", "147852369",
    "159357456", "159753", "1q2w3e", "1q2w3e4r", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx",
    "1qaz2wsx3edc", "1qazxsw2", "31415926", "3141592653", "5201314", "520131400", "52013145",
    "5201314520", "741852963", "789456123", "78945612", "87654321a", "963852741", "98765432",
    "a1234567", "a12345678", "a123456789", "a1b2c3d4", "aa123456", "aa12345678", "aaaa1111",
    "abc12345", "abc123456", "abc123abc", "abcd", "abcd1234", "access", "account", "admin",
    "administrator", "ashley", "asd123456", "asdasdasd", "asdf", "asdfasdf", "asdfgh", "asdfghjk",
    "asdfghjkl", "azerty", "azertyuiop", "bailey", "baseball", "basketball", "batman", "beijing",
    "butterfly", "changeme", "charlie", "chocolate", "cocacola", "computer", "dearbook", "default",
    "diamond", "dragon", "family", "flower", "football", "forever", "freedom", "friends", "guest",
    "hello", "helloworld", "hichat", "hunter", "iloveyou", "internet", "jennifer", "jordan",
    "killer", "letmein", "liverpool", "login", "lovely", "loveyou", "master", "michael", "michelle",
    "monkey", "mustang", "naruto", "nihao", "p@ssw0rd", "p@ssword", "pa$$w0rd", "pa$$word", "pass",
    "passw0rd", "password", "passwort", "pokemon", "princess", "q1w2e3r4", "q1w2e3r4t5", "qazwsx",
    "qazwsxedc", "qq123456", "qwe123456", "qweasd", "qweasdzxc", "qweqweqwe", "qwer", "qwer1234",
    "qwert", "qwerty", "qwertyui", "qwertyuiop", "qwertz", "qwertzuiop", "root", "samsung",
    "secret", "security", "shadow", "soccer", "spiderman", "starwars", "summer", "sunshine",
    "superman", "superstar", "taobao", "test", "testtest", "tester", "trustno1", "user", "welcome",
    "whatever", "windows", "winter", "woaini", "woaini1314", "woaini520", "woaiwojia", "wodemima",
    "mima", "zaq12wsx", "zxc123456", "zxcv", "zxcvbn", "zxcvbnm", "zxcvbnma"};

const char *password_form(struct arena *arena, const char *given)
{
	size_t length = 0;
	uint8_t *bytes =
	    u8_normalize(UNINORM_NFC, (const uint8_t *)given, strlen(given), NULL, &length);
	char *form;

	if (bytes == NULL)
		abort();
	form = arena_text_n(arena, (const char *)bytes, length);
	explicit_bzero(bytes, length);
	free(bytes);
	return form;
}

/* One step up or down all the way, 9 followed by 0 as on a keyboard. */
static bool counts(const char *key)
{
	bool up = true, down = true;

	for (; key[0] != '\0' && key[1] != '\0'; key++) {
		int step = key[1] - key[0];

		up = up && (step == 1 || (key[0] == '9' && key[1] == '0'));
		down = down && (step == -1 || (key[0] == '0' && key[1] == '9'));
	}
	return up || down;
}

/* Bytes do for this: equal code points are equal bytes. */
static bool repeats(const char *key)
{
	size_t length = strlen(key);
	const uint8_t *unit = (const uint8_t *)key;
	ucs4_t point;

	for (size_t i = 0; i < UNIT_MAX; i++) {
		unit = u8_next(&point, unit);
		if (unit == NULL)
			return true;
		size_t period = (size_t)(unit - (const uint8_t *)key);
		if (memcmp(key, key + period, length - period) == 0)
			return true;
	}
	return false;
}

static bool is_famous(struct arena *arena, const char *key)
{
	size_t length = strlen(key);
	const char *word;

	while (length > 0 && strchr("0123456789!@#$%&*?.,_-+= ", key[length - 1]) != NULL)
		length--;
	word = arena_text_n(arena, key, length);
	for (size_t i = 0; i < sizeof(famous) / sizeof(famous[0]); i++)
		if (strcmp(famous[i], key) == 0 || strcmp(famous[i], word) == 0)
			return true;
	return false;
}

const struct error *password_accept(struct arena *arena, const char *given,
    const char *username_key, const char *field, const char **password)
{
	const char *form = password_form(arena, given);
	size_t length = u8_mbsnlen((const uint8_t *)form, strlen(form));
	const char *key = identity_key(arena, form, SIZE_MAX);

	if (length > PASSWORD_MAX)
		return error_field(arena, FAIL(INVALID), field);
	if (length < PASSWORD_MIN || strcmp(key, username_key) == 0 || counts(key) ||
	    repeats(key) || is_famous(arena, key))
		return error_field(arena, FAIL(WEAK_PASSWORD), field);
	*password = form;
	return NULL;
}
