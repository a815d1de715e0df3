/* Finding the newest messages that contain a text, in as many conversations as somebody has. */
#ifndef HICHAT_SEARCH_WALK_H
#define HICHAT_SEARCH_WALK_H

#include "search_store.h"

/* Messages are ordered by these three, results from high to low. */
struct search_place {
	int64_t time;
	int64_t conversation_id;
	int64_t seq;
};

struct search_wish {
	struct search_text text;
	struct search_place before; /* only what is lower */
	size_t limit;
};

struct search_found {
	struct rows messages;	 /* of struct message */
	bool more;		 /* maybe */
	struct search_place end; /* where to go on when there is more */
};

/* Looks at the caller's conversations as search_conversations() read them.  Usually a page is
 * full if there is so much.  Who asks for what many blocks seem to contain and few messages do gets
 * what a bounded number of blocks held, and goes on from there. */
const struct error *search_walk(struct request *req, const struct search_wish *wish,
    const struct rows *conversations, struct search_found *found);

#endif
