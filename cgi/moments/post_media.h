/* The SQL of what posts show: pictures, or one video, each an upload of the author's. */
#ifndef HICHAT_POST_MEDIA_H
#define HICHAT_POST_MEDIA_H

#include "post_store.h"

/* As much as a client needs to make room for it; the address is asked for at /media/urls. */
struct post_media {
	int64_t moment_id;
	int64_t media_id;
	const char *purpose; /* image | video */
	const char *type;
	int64_t size;
	int64_t width;
	int64_t height;
	bool animated;
	int64_t duration_ms;
	const char *placeholder;
};
extern const struct record post_media_record;

#define POST_MEDIA_MAX 9
#define POST_MEDIA_DETAILS                                                          \
	"media.id AS media_id, media.purpose, media.type, media.size, media.width," \
	" media.height, media.animated, media.duration_ms, media.placeholder"

/* Within the transaction that stores the post: *shown false unless all of `ids` are the author's,
 * and pictures, or one video.  Their rows stay locked until the commit, so none is collected
 * meanwhile. */
const struct error *post_media_insert(
    struct db *db, struct arena *arena, const struct post *post, struct id_list ids, bool *shown);
/* Which the post shows, in their order. */
const struct error *post_media_ids(
    struct db *db, struct arena *arena, int64_t post_id, struct id_list *ids);

/* What these posts show, descending by post. */
const struct error *post_media_load(struct request *req, struct id_list posts, struct rows *media);

#endif
