/* Messages as one person sees them.  Stored is what is the same for everybody: `reactions` as
 * [{"emoji", "count", "user_ids"}] in the order of their first use, naming the earliest
 * REACTION_NAMED of those who react. */
#ifndef HICHAT_MESSAGE_VIEW_H
#define HICHAT_MESSAGE_VIEW_H

#include "stream.h"

#define REACTION_NAMED 20

struct viewed {
	struct message *message;
	int64_t viewer_id;
};

/* Tells of every reaction whether it is the viewer's ("mine"), and takes away the texts of what
 * they have hidden from themselves.  Asks the database only about reactions of more people than
 * are named, and then once for all. */
const struct error *message_view(
    struct db *db, struct arena *arena, const struct viewed *list, size_t count);
/* The caller's view of rows of struct message. */
const struct error *message_view_rows(struct request *req, struct rows *messages);

#endif
