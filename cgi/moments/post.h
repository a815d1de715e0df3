/* Posts: making, showing, narrowing and deleting one. */
#ifndef HICHAT_POST_H
#define HICHAT_POST_H

#include "audience.h"

struct post_draft {
	const char *client_key;
	const char *text;
	struct id_list media_ids;
	const char *audience;
	struct id_list user_ids;
	struct text_list tags;
};
extern const struct record post_draft_record;

struct post_change {
	const char *audience;
	struct id_list user_ids;
	struct text_list tags;
};
extern const struct record post_change_record;

const struct error *post_create(struct request *req);
const struct error *post_get(struct request *req);
const struct error *post_patch(struct request *req);
const struct error *post_delete(struct request *req);

#endif
