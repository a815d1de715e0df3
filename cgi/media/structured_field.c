/* Reading structured fields. */
#include "structured_field.h"

#include <stddef.h>
#include <string.h>

#define DIGITS_MAX 15 /* of an integer there */

bool structured_flag(const char *text, bool *value)
{
	*value = text != NULL && strcmp(text, "?1") == 0;
	return *value || (text != NULL && strcmp(text, "?0") == 0);
}

bool structured_count(const char *text, int64_t *value)
{
	size_t digits = text != NULL ? strspn(text, "0123456789") : 0;

	if (digits == 0 || digits > DIGITS_MAX || text[digits] != '\0')
		return false;
	*value = 0;
	for (; *text != '\0'; text++)
		*value = *value * 10 + *text - '0';
	return true;
}
