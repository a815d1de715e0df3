/* Avatars of people and groups. */
#include "avatar.h"
#include "clock.h"
#include "emoji.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 16

static const char EMOJI[] = "emoji:";

/* Whoever collects what nobody uses asks when it was made, under the row's lock: from now on it is
 * new again, and if it was collected already there is no row.  Changes the row in any case. */
static const char SQL_RENEW[] = "UPDATE media SET created_at = GREATEST(created_at + 1, ?)"
				" WHERE id = ? AND owner_id = ? AND purpose = 'avatar'";

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* One spelling for each: what is compared is the text. */
static bool read_number(const char *text, int64_t *number)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > DIGITS_MAX || text[digits] != '\0' || text[0] == '0')
		return false;
	*number = strtoll(text, NULL, 10);
	return true;
}

bool avatar_read(const char *avatar, int64_t *media)
{
	*media = ABSENT;
	if (starts_with(avatar, EMOJI))
		return emoji_valid(avatar + strlen(EMOJI));
	return starts_with(avatar, AVATAR_MEDIA) &&
	       read_number(avatar + strlen(AVATAR_MEDIA), media);
}

const struct error *avatar_check(struct request *req, const char *avatar)
{
	int64_t media;

	if (!avatar_read(avatar, &media))
		return error_field(req->arena, FAIL(INVALID), "avatar");
	if (media == ABSENT)
		return NULL;
	TRY(db_exec(req->db, SQL_RENEW, PARAMS(P(clock_wall_ms()), P(media), P(req->user_id))));
	return db_affected(req->db) > 0 ? NULL : error_field(req->arena, FAIL(INVALID), "avatar");
}
