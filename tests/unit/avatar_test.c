/* cgi/domain/avatar: what may stand for somebody. */
#include "avatar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void avatars(void **state)
{
	static const struct {
		const char *text;
		bool valid;
	} samples[] = {{"emoji:🦊", true}, {"emoji:👍🏽", true},
	    {"emoji:👨‍👩‍👧‍👦", true}, {"emoji:🇨🇳", true}, {"emoji:❤️", true},
	    {"emoji:❤", true}, {"emoji:1️⃣", true}, {"emoji:🏴‍☠️", true},
	    {"emoji:🏴󠁧󠁢󠁥󠁮󠁧󠁿", true}, {"", false}, {"🦊", false},
	    {"emoji", false}, {"emoji:", false}, {"emoji:a", false}, {"emoji:1", false},
	    {"emoji:#", false}, {"emoji:🇨", false}, {"emoji:🇨🇳🇨", false}, {"emoji:🦊🦊", false},
	    {"emoji:🦊a", false}, {"emoji:🦊\u0301", false}, {"emoji: 🦊", false},
	    {"emoji:‍🦊", false}, {"Emoji:🦊", false},
	    {"emoji:👨‍👩‍👧‍👦‍👨‍👩‍👧‍👦",
		false} /* one, but too long */,
	    {"https://example.org/", false}};

	int64_t media;

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		if (avatar_read(samples[i].text, &media) != samples[i].valid || media != ABSENT)
			fail_msg("wrong about \"%s\"", samples[i].text);
}

static void pictures(void **state)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t media;
	} samples[] = {{"media:1", true, 1}, {"media:9007199254740991", true, 9007199254740991},
	    {"media:", false, 0}, {"media:0", false, 0}, {"media:01", false, 0},
	    {"media:1 ", false, 0}, {"media:-1", false, 0}, {"media:x", false, 0},
	    {"media:90071992547409911", false, 0}};
	int64_t media;

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		assert_int_equal(avatar_read(samples[i].text, &media), samples[i].valid);
		if (samples[i].valid)
			assert_int_equal(media, samples[i].media);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(avatars),
	    cmocka_unit_test(pictures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
