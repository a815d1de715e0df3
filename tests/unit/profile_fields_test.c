/* cgi/account/profile_fields: birthdays and the like. */
#include "profile_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define NOW INT64_C(1772323200000) /* 2026-03-01T00:00:00Z */

struct sample {
	const char *text;
	bool valid;
};

static void expect_all(const struct sample *samples, size_t count, bool (*valid)(const char *text))
{
	for (size_t i = 0; i < count; i++)
		if (valid(samples[i].text) != samples[i].valid)
			fail_msg("wrong about \"%s\"", samples[i].text);
}

static bool birthday_now(const char *birthday)
{
	return birthday_valid(birthday, NOW);
}

static void birthdays(void **state)
{
	static const struct sample samples[] = {{"2000-02-29", true}, {"1900-01-01", true},
	    {"2026-03-01", true}, {"2026-03-02", true} /* tomorrow */, {"1999-12-31", true},
	    {"2026-03-03", false}, {"2027-01-01", false}, {"9999-12-31", false},
	    {"1900-02-29", false}, {"2001-02-29", false}, {"2000-02-30", false},
	    {"2000-04-31", false}, {"2000-00-01", false}, {"2000-13-01", false},
	    {"2000-01-00", false}, {"2000-01-32", false}, {"1899-12-31", false}, {"", false},
	    {"2000-1-1", false}, {"20000101", false}, {"2000-01-01 ", false}, {"2000/01/01", false},
	    {"+200-01-01", false}, {"2000-01-0x", false}};

	(void)state;
	expect_all(samples, COUNT(samples), birthday_now);
}

static void genders_and_regions(void **state)
{
	static const struct sample genders[] = {{"male", true}, {"female", true}, {"other", true},
	    {"", false}, {"Male", false}, {"males", false}};
	static const struct sample regions[] = {
	    {"上海", true}, {"", true}, {"a\nb", false}, {"a\tb", false}};

	(void)state;
	expect_all(genders, COUNT(genders), gender_valid);
	expect_all(regions, COUNT(regions), region_valid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(birthdays),
	    cmocka_unit_test(genders_and_regions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
