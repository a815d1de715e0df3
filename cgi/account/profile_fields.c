/* Birthdays and other fields of a profile. */
#include "profile_fields.h"
#include <string.h>
#include <time.h>

#define DAY_MS INT64_C(86400000)

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int number(const char *digits, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++)
		value = value * 10 + (digits[i] - '0');
	return value;
}

static bool has_shape(const char *text, const char *shape)
{
	for (; *shape != '\0'; shape++, text++)
		if (*shape == '9' ? *text < '0' || *text > '9' : *text != *shape)
			return false;
	return *text == '\0';
}

bool birthday_valid(const char *birthday, int64_t now_ms)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	time_t tomorrow = (time_t)((now_ms + DAY_MS) / 1000);
	int year, month, day;
	char latest[16];
	struct tm utc;

	if (!has_shape(birthday, "9999-99-99"))
		return false;
	year = number(birthday, 4);
	month = number(birthday + 5, 2);
	day = number(birthday + 8, 2);
	if (year < 1900 || month < 1 || month > 12 || day < 1 ||
	    day > days[month - 1] + (month == 2 && leap(year)))
		return false;
	gmtime_r(&tomorrow, &utc);
	strftime(latest, sizeof(latest), "%Y-%m-%d", &utc);
	return strcmp(birthday, latest) <= 0;
}

bool gender_valid(const char *gender)
{
	return strcmp(gender, "male") == 0 || strcmp(gender, "female") == 0 ||
	       strcmp(gender, "other") == 0;
}

bool region_valid(const char *region)
{
	return strpbrk(region, "\n\t") == NULL;
}
