/* The picture above what somebody has posted: who sees their posts at all sees it. */
#ifndef HICHAT_COVER_H
#define HICHAT_COVER_H

#include "request.h"

struct cover_choice {
	int64_t media_id;
};
extern const struct record cover_choice_record;

const struct error *cover_put(struct request *req);
const struct error *cover_delete(struct request *req);

/* *cover: as the media of a post, a child without a parent; NULL where there is none for the
 * caller. */
const struct error *cover_view(struct request *req, int64_t user_id, struct json_object **cover);

#endif
