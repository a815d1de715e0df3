/* What clients say of what they upload, to be shown before it is there: whether it is of the form
 * that they make. */
#ifndef HICHAT_HINT_H
#define HICHAT_HINT_H

#include <stdbool.h>

bool hint_is_waveform(const char *text);    /* a hexadecimal digit for each bar */
bool hint_is_placeholder(const char *text); /* a BlurHash */

#endif
