/* Bodies of messages that carry media: what they say of it is read from its row, never from the
 * client, and no address stands in them. */
#ifndef HICHAT_MEDIA_BODY_H
#define HICHAT_MEDIA_BODY_H

#include "request.h"

#define MEDIA_KINDS "image voice video file"

/* Fills `canonical` from the media that `sent` names, which must be the caller's and of this kind;
 * 422 invalid_field "body". */
const struct error *media_body_read(
    struct request *req, const char *kind, struct json_object *sent, struct json_object *canonical);

/* The media that a body carries, in a bundle also those of its items, each once; in the arena. */
struct id_list media_body_ids(struct arena *arena, const char *kind, struct json_text body);
/* Whether messages of this kind may carry any. */
bool media_body_carries(const char *kind);

#endif
