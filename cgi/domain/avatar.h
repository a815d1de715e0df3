/* What may stand for a person or a group where there is no picture. */
#ifndef HICHAT_AVATAR_H
#define HICHAT_AVATAR_H

#include <stdbool.h>

#define AVATAR_EMOJI_MAX 32 /* bytes */

/* "emoji:" and one emoji, however many code points that takes. */
bool avatar_valid(const char *avatar);

#endif
