/* Whether there is anything to see in a text. */
#include "shown_text.h"
#include <stddef.h>
#include <unictype.h>
#include <unistr.h>

bool shown_text_visible(const char *text)
{
	const uint8_t *next = (const uint8_t *)text;
	ucs4_t letter;

	while ((next = u8_next(&letter, next)) != NULL) {
		if (!uc_is_property_white_space(letter) &&
		    !uc_is_property_default_ignorable_code_point(letter))
			return true;
	}
	return false;
}
