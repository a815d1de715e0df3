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

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		if (avatar_valid(samples[i].text) != samples[i].valid)
			fail_msg("wrong about \"%s\"", samples[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(avatars),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
