/* Which pages may connect. */
#include "gate.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
	const char *origins, *origin, *host;
	bool allowed;
} cases[] = {
    {"https://a.org", "https://a.org", "x", true}, {"https://a.org", "https://b.org", "x", false},
    {"https://a.org", "http://a.org", "a.org", false},
    {"https://a.org", "https://a.org:444", "a.org", false},
    {"https://a.org", "https://a.org.evil.net", "a.org", false},
    {"https://a.org", "https://a.or", "a.org", false}, {"https://a.org", "null", "a.org", false},
    {"https://a.org, https://b.org", "https://b.org", "x", true},
    {"https://a.org,https://b.org", "https://b.org", "x", true},
    {"https://a.org, https://b.org", "https://a.org, https://b.org", "x", false},
    {"*", "https://anybody.net", "a.org", true}, {"*", "null", "a.org", true},
    {"", "https://a.org", "a.org", true}, {"", "https://A.org", "a.ORG", true},
    {"", "http://localhost:8080", "localhost:8080", true},
    {"", "http://localhost:8080", "localhost", false}, {"", "https://evil.net", "a.org", false},
    {"", "null", "null", false},
    {"", "://", "",
	true}, /* no browser says so, and no web server lets a request without Host pass */
};

static void origins(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (gate_allows_origin(cases[i].origins, cases[i].origin, cases[i].host) !=
		    cases[i].allowed)
			fail_msg(
			    "%s from %s at %s", cases[i].origins, cases[i].origin, cases[i].host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(origins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
