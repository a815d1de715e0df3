/* Stored notifications, with their live event. */
#ifndef HICHAT_NOTIFICATION_H
#define HICHAT_NOTIFICATION_H

#include "request.h"

/* Inside the caller's transaction; returns the id.  kind: "friend_request", "friend_accepted", … */
const struct error *notification_add(struct db *db, int64_t user_id, const char *kind,
    int64_t actor_id, struct json_text subject, int64_t *id);
/* After the commit: {"event":"notification", id, kind, actor:U, subject, created_at, read:false} to the receiver's devices. */
const struct error *notification_deliver(struct request *req, int64_t id);
const struct error *notification_unread(struct db *db, int64_t user_id, int64_t *unread);

#endif
