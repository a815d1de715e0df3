/* What is one emoji, and nothing else. */
#ifndef HICHAT_EMOJI_H
#define HICHAT_EMOJI_H

#include <stdbool.h>

#define EMOJI_MAX 32 /* bytes */

/* One that is shown as a whole, however many code points that takes; `text` is valid UTF-8. */
bool emoji_valid(const char *text);

#endif
