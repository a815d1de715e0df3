/* Avatars of people and groups: one emoji for now. */
#include "avatar.h"
#include "emoji.h"
#include <string.h>

bool avatar_valid(const char *avatar)
{
	static const char prefix[] = "emoji:";

	return strncmp(avatar, prefix, strlen(prefix)) == 0 && emoji_valid(avatar + strlen(prefix));
}
