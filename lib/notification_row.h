/* Notifications as rows: whoever adds one takes its receiver's turn. */
#ifndef HICHAT_NOTIFICATION_ROW_H
#define HICHAT_NOTIFICATION_ROW_H

#include "db.h"

/* Inside the caller's transaction: until it ends, nobody else adds to what this person is told. */
const struct error *notification_take_turn(struct db *db, int64_t user_id);

/* Inside the caller's transaction, which from then on keeps others from adding to the notifications
 * of the same person; *id is the notification's.
 * kind: "friend_request", "friend_accepted", …; subject: a JSON object, or absent. */
const struct error *notification_add(struct db *db, int64_t user_id, const char *kind,
    int64_t actor_id, struct json_text subject, int64_t *id);

#endif
