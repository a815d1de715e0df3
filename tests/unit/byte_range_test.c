/* Range headers: what they ask of how many bytes. */
#include "respond_file.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
	const char *text;
	int64_t size;
	enum byte_range kind;
	int64_t first, last;
} cases[] = {
    {"bytes=0-0", 10, RANGE_PART, 0, 0},
    {"Bytes=2-", 10, RANGE_PART, 2, 9},
    {"bytes=2-100", 10, RANGE_PART, 2, 9},
    {"bytes=-3", 10, RANGE_PART, 7, 9},
    {"bytes=-30", 10, RANGE_PART, 0, 9},
    {"bytes=9-9", 10, RANGE_PART, 9, 9},
    {"bytes=10-", 10, RANGE_OUTSIDE, 0, 0},
    {"bytes=-0", 10, RANGE_OUTSIDE, 0, 0},
    {"bytes=0-", 0, RANGE_OUTSIDE, 0, 0},
    {"bytes=5-1", 10, RANGE_WHOLE, 0, 0},
    {"bytes=", 10, RANGE_WHOLE, 0, 0},
    {"bytes=-", 10, RANGE_WHOLE, 0, 0},
    {"bytes=1-2,4-5", 10, RANGE_WHOLE, 0, 0},
    {"bytes=1-2x", 10, RANGE_WHOLE, 0, 0},
    {"bytes=9999999999999999999-", 10, RANGE_WHOLE, 0, 0},
    {"lines=1-2", 10, RANGE_WHOLE, 0, 0},
    {"", 10, RANGE_WHOLE, 0, 0},
    {NULL, 10, RANGE_WHOLE, 0, 0},
};

static void reads_ranges(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t first = 0, last = 0;

		assert_int_equal(
		    byte_range_read(cases[i].text, cases[i].size, &first, &last), cases[i].kind);
		if (cases[i].kind != RANGE_PART)
			continue;
		assert_int_equal(first, cases[i].first);
		assert_int_equal(last, cases[i].last);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(reads_ranges)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
