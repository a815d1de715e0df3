/* What may stand for a person or a group: one emoji, or a picture. */
#ifndef HICHAT_AVATAR_H
#define HICHAT_AVATAR_H

#include "request.h"

#define AVATAR_MEDIA "media:"

/* "emoji:" and one emoji, see emoji.h; or "media:" and the number of a picture that the caller has
 * uploaded as an avatar, which is kept from being collected until it is in use.  422 invalid_field
 * "avatar". */
const struct error *avatar_check(struct request *req, const char *avatar);

/* Its form alone: *media the number, or ABSENT for an emoji. */
bool avatar_read(const char *avatar, int64_t *media);

#endif
