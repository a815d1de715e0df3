/* What may stand for a person or a group where there is no picture. */
#ifndef HICHAT_AVATAR_H
#define HICHAT_AVATAR_H

#include <stdbool.h>

/* "emoji:" and one emoji, see emoji.h. */
bool avatar_valid(const char *avatar);

#endif
