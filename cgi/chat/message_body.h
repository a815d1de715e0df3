/* The bodies of people's messages, by kind: one table says what each may hold. */
#ifndef HICHAT_MESSAGE_BODY_H
#define HICHAT_MESSAGE_BODY_H

#include "media_body.h"

/* What a client may send; `merged` is made by forwarding alone. */
#define MESSAGE_KINDS "text contact " MESSAGE_STICKER " " MEDIA_KINDS
#define MESSAGE_MERGED "merged"
#define MESSAGE_STICKER "sticker"
#define MESSAGE_TEXT_MAX 8000 /* code points */

/* *body: what its kind describes, and nothing else that was sent, so that two bodies which say the
 * same become the same text; in the arena.  422 invalid_field "body". */
const struct error *message_body_read(
    struct request *req, const char *kind, struct json_text sent, struct json_text *body);

/* Whether people write it: it is a message, not an event or a change. */
bool message_body_written(const char *kind);

#endif
