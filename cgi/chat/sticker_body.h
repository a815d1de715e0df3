/* Bodies of stickers.  They carry the sticker's picture, as those of images do, so that it stays to
 * be seen there whatever becomes of the sticker. */
#ifndef HICHAT_STICKER_BODY_H
#define HICHAT_STICKER_BODY_H

#include "request.h"

/* Fills `canonical` from the sticker that `sent` names, which must be at the caller's hand;
 * 422 invalid_field "body". */
const struct error *sticker_body_read(
    struct request *req, const char *kind, struct json_object *sent, struct json_object *canonical);

/* The caller has sent it: it is among their latest. */
const struct error *sticker_body_note(struct request *req, struct json_text body);

#endif
