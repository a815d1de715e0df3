/* Texts that people write to be read. */
#ifndef HICHAT_SHOWN_TEXT_H
#define HICHAT_SHOWN_TEXT_H

#include <stdbool.h>

/* Something that a reader would see: more than space, joiners and marks of direction.  Valid UTF-8
 * is expected. */
bool shown_text_visible(const char *text);

#endif
